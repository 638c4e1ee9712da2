from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import CalendarFeed

SIGNER: Final = Signer(salt="coach.calendar-feed", sep=".")


def feed_of(*, actor: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(athlete=actor).first()


def token_of(feed: CalendarFeed) -> str:
    """What is secret in its address. Nothing in the database is enough to make it."""
    return SIGNER.sign(feed.id.hex)


def athlete_of(*, token: str) -> User:
    """Whose planned workouts the token opens. Raises NotFound for any other token."""
    try:
        feed_id = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        raise NotFound from None
    feed = CalendarFeed.objects.filter(id=feed_id, athlete__is_active=True).first()
    if feed is None:
        raise NotFound
    return feed.athlete
