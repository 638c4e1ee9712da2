"""The log of what coaches have looked at."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from coach.models import Access

PAGE_LASTS: Final = timedelta(hours=1)


def access_log(
    *, coach: User, athletes: Iterable[User], what: Access.What, target: UUID | None = None
) -> None:
    """One look at each of the athletes. Called before anything is shown, so that none is missed."""
    now = timezone.now()
    Access.objects.bulk_create(
        Access(coach=coach, athlete=athlete, what=what, target=target, at=now)
        for athlete in athletes
    )


def access_log_part(*, coach: User, athlete: User, what: Access.What) -> None:
    """A look at a part of a page: none of its own within PAGE_LASTS of any look at such a page."""
    since = timezone.now() - PAGE_LASTS
    looks = Access.objects.filter(athlete=athlete, coach=coach, what=what, at__gt=since)
    if not looks.exists():
        access_log(coach=coach, athletes=[athlete], what=what)
