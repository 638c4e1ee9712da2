"""Writes about the calendar feed."""

from django.db import transaction

from accounts.models import User
from coach.models import CalendarFeed
from sessions.services.locks import athlete_locked


@transaction.atomic
def feed_renew(*, athlete: User) -> CalendarFeed:
    """A new address; the one before leads nowhere from now on."""
    athlete_locked(athlete)
    feed_withdraw(athlete=athlete)
    return CalendarFeed.objects.create(athlete=athlete)


def feed_withdraw(*, athlete: User) -> None:
    CalendarFeed.objects.filter(athlete=athlete).delete()
