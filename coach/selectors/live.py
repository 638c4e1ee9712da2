"""Whom a coach may see train."""

from uuid import UUID

from django.utils import timezone

from accounts.models import User
from coach.models import CoachLink, Scope


def live_links(*, coach: User) -> dict[UUID, CoachLink]:
    """By athlete: the coach's links that hold now and cover live view, each with its athlete."""
    links = CoachLink.objects.current(timezone.now()).filter(coach=coach, athlete__is_active=True)
    return {
        link.athlete_id: link
        for link in links.select_related("athlete")
        if Scope.LIVE in link.scopes
    }
