"""An athlete's planned workouts as a calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from accounts.languages import in_language_of
from accounts.models import User
from coach.ical import Event, calendar
from coach.selectors.planned import Planned, planned_list
from coach.states import PlannedState
from coach.words import description, feed_name, summary
from sessions.selectors.trends import local_day

PAST: Final = timedelta(days=60)
FUTURE: Final = timedelta(days=366)


def calendar_of(*, athlete: User, site: str, now: datetime) -> str:
    """iCalendar in the athlete's language and time zone; site: the page's address, no slash."""
    today = local_day(athlete, now)
    planned = planned_list(actor=athlete, since=today - PAST, until=today + FUTURE, now=now)
    with in_language_of(athlete):
        return calendar(feed_name(), _events(planned, athlete, site))


def _events(planned: Iterable[Planned], athlete: User, site: str) -> list[Event]:
    zone = ZoneInfo(athlete.time_zone)
    return [_event(one, zone, site, athlete.units) for one in planned]


def _event(planned: Planned, zone: ZoneInfo, site: str, units: str) -> Event:
    row, at = planned.row, planned.row.plan.at
    return Event(
        uid=f"{row.id}@posecoach",
        start=row.day if at is None else datetime.combine(row.day, at, zone),
        minutes=planned.minutes,
        summary=summary(planned),
        description=description(planned.items, units),
        url=f"{site}/plan",
        changed_at=row.changed_at,
        cancelled=planned.state is PlannedState.SKIPPED,
    )
