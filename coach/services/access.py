"""The log of what coaches have looked at."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from coach.models import Access


def access_log(
    *, coach: User, athletes: Iterable[User], what: Access.What, target: UUID | None = None
) -> None:
    """One look at each of the athletes. Called before anything is shown, so that none is missed."""
    now = timezone.now()
    Access.objects.bulk_create(
        Access(coach=coach, athlete=athlete, what=what, target=target, at=now)
        for athlete in athletes
    )
