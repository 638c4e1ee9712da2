"""Reads for coaches, and for athletes about their coaches."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import CoachLink

NO_ATHLETE: Final = _("There is no such athlete of yours.")


def athletes_visible_to(
    *, coach: User, scope: str | None = None, at: datetime | None = None
) -> QuerySet[User]:
    """Athletes whose link to the coach holds, and covers the scope where one is asked for."""
    links = CoachLink.objects.current(at or timezone.now()).filter(coach=coach)
    # SQLite cannot search inside JSON lists; a coach has few links.
    athletes = [link.athlete_id for link in links if scope is None or scope in link.scopes]
    return User.objects.filter(pk__in=athletes, is_active=True)


def current_link(*, coach: User, athlete_id: UUID, at: datetime | None = None) -> CoachLink | None:
    """The link of the two that holds, with its athlete; none of an athlete who is not active."""
    links = CoachLink.objects.current(at or timezone.now()).select_related("athlete", "coach")
    return links.filter(coach=coach, athlete_id=athlete_id, athlete__is_active=True).first()


def athlete_for(*, coach: User, athlete_id: UUID, scope: str | None) -> User:
    """The athlete, if the coach may see what the scope covers; None: any link is enough.

    Raises NotFound: who may not look is not told that there is somebody.
    """
    link = current_link(coach=coach, athlete_id=athlete_id)
    if link is None or (scope is not None and scope not in link.scopes):
        raise NotFound(NO_ATHLETE)
    return link.athlete


def links_of(*, athlete: User) -> QuerySet[CoachLink]:
    """Every link the athlete ever granted, newest first."""
    return CoachLink.objects.filter(athlete=athlete).select_related("coach")
