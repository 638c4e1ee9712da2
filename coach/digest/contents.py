"""What a digest tells: of one's own last week, and of the athletes as their coach may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from accounts.models import User
from coach.reasons import Bucket
from coach.selectors.planned import planned_list
from coach.selectors.roster import Entry, roster
from coach.states import PlannedState
from sessions.models import WorkoutSession
from sessions.selectors.calendar import calendar
from sessions.selectors.trends import local_day

MOST: Final = 20  # athletes that a mail names
SILENT: Final = timedelta(days=28)  # who has not trained for longer is left in peace


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """From Monday to Sunday. planned: of that week, with those missed; ahead: of the one now."""

    monday: date
    workouts: int
    goal: int
    sets: int
    reps: int
    active_s: float
    planned: int
    missed: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Digest:
    """own: None where there is nothing to say. attention: the first of those who need the coach,
    more: how many were left out. counts: of the roster's buckets, empty of who coaches nobody."""

    own: OwnWeek | None
    attention: Sequence[Entry]
    more: int
    counts: dict[str, int]


def digest_of(user: User, now: datetime) -> Digest | None:
    """None where there is nothing to tell at all."""
    own = _own_week(user, now)
    attention, counts = _roster(user, now) if user.is_coach else ([], {})
    if own is None and not counts.get("all"):
        return None
    more = max(0, counts.get(Bucket.ATTENTION, 0) - len(attention))
    return Digest(own=own, attention=attention, more=more, counts=counts)


def _roster(coach: User, now: datetime) -> tuple[list[Entry], dict[str, int]]:
    found = roster(coach=coach, now=now, bucket=Bucket.ATTENTION)
    return list(found.entries[:MOST]), dict(found.counts)


def _own_week(user: User, now: datetime) -> OwnWeek | None:
    today = local_day(user, now)
    this = today - timedelta(days=today.weekday())
    monday, sunday = this - timedelta(days=7), this - timedelta(days=1)
    planned = planned_list(actor=user, since=monday, until=sunday, now=now)
    ahead = planned_list(actor=user, since=this, until=this + timedelta(days=6), now=now)
    lately = WorkoutSession.objects.alive().filter(athlete=user, day__gte=today - SILENT)
    if not planned and not ahead and not lately.exists():
        return None
    days = calendar(actor=user, first=monday, last=sunday)
    asked = [one for one in planned if one.state is not PlannedState.SKIPPED]
    return OwnWeek(
        monday=monday,
        workouts=sum(day.workouts for day in days),
        goal=user.weekly_goal,
        sets=sum(day.sets for day in days),
        reps=sum(day.reps for day in days),
        active_s=sum(day.active_s for day in days),
        planned=len(asked),
        missed=sum(one.state is PlannedState.MISSED for one in planned),
        ahead=sum(one.state is PlannedState.PLANNED for one in ahead),
    )
