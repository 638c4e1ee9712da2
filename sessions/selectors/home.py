from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum
from typing import Literal

from django.db.models import Count, Max, Sum

from accounts.models import User
from sessions.models import WorkoutSession, WorkoutSet
from sessions.selectors.exercises import exercises_offered
from sessions.selectors.trends import TrendSeries, local_day, trends
from sessions.selectors.workouts import workouts_of

FIRST_EXERCISE = "squat"  # needs no equipment and no floor
RECENT = 3


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday in the athlete's time zone. A workout without a set does not count."""

    start: date
    workouts: int
    goal: int
    sets: int
    reps: int
    active_s: float


@dataclass(frozen=True, slots=True)
class Next:
    kind: Literal["start_first", "keep_going", "goal_reached"]
    exercise: str | None


@dataclass(frozen=True, slots=True)
class Home:
    week: Week
    next: Next
    trend: TrendSeries | None
    recent: list[WorkoutSession]


def home(*, actor: User, now: datetime) -> Home:
    """Where the athlete stands this week, one thing to do next, and one trend."""
    week = _week(actor, local_day(actor, now))
    return Home(
        week=week,
        next=_next(actor, week),
        trend=_trend(actor, now),
        recent=list(workouts_of(actor=actor)[:RECENT]),
    )


def _week(actor: User, today: date) -> Week:
    start = today - timedelta(days=today.weekday())
    sets = WorkoutSet.objects.alive().filter(
        workout__athlete=actor, workout__day__gte=start, workout__day__lt=start + timedelta(days=7)
    )
    sums = sets.aggregate(
        workouts=Count("workout", distinct=True),
        sets=Count("id"),
        reps=Sum("final_rep_count", default=0),
    )
    # Exact, so that the order in which the database has its rows is no matter.
    active_s = fsum(sets.values_list("active_s", flat=True))
    return Week(start=start, goal=actor.weekly_goal, active_s=active_s, **sums)


def _next(actor: User, week: Week) -> Next:
    """The exercise that the athlete knows and has left alone for the longest."""
    offered = exercises_offered(actor=actor).values("slug")
    done = WorkoutSet.objects.alive().filter(workout__athlete=actor, final_exercise__in=offered)
    by_exercise = done.values("final_exercise").annotate(last=Max("started_at"))
    oldest = by_exercise.order_by("last").first()
    if oldest is None:
        return Next("start_first", FIRST_EXERCISE)
    reached = week.workouts >= week.goal
    return Next("goal_reached" if reached else "keep_going", oldest["final_exercise"])


def _trend(actor: User, now: datetime) -> TrendSeries | None:
    """The exercise with the most days in the last month; a line needs two."""
    found = trends(actor=actor, now=now, period="month").series
    series = [one for one in found if one.points[1:]]
    return max(series, key=lambda one: (len(one.points), one.exercise), default=None)
