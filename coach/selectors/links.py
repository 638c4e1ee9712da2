"""Reads for coaches, and for athletes about their coaches."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from coach.models import CoachLink


def athletes_visible_to(
    *, coach: User, scope: str | None = None, at: datetime | None = None
) -> QuerySet[User]:
    """Athletes whose link to the coach holds, and covers the scope where one is asked for."""
    links = CoachLink.objects.current(at or timezone.now()).filter(coach=coach)
    # SQLite cannot search inside JSON lists; a coach has few links.
    athletes = [link.athlete_id for link in links if scope is None or scope in link.scopes]
    return User.objects.filter(pk__in=athletes, is_active=True)


def links_of(*, athlete: User) -> QuerySet[CoachLink]:
    """Every link the athlete ever granted, newest first."""
    return CoachLink.objects.filter(athlete=athlete).select_related("coach")
