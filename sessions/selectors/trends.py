from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal
from zoneinfo import ZoneInfo

from accounts.models import User
from sessions.models import Exercise, TrendDay

Period = Literal["week", "month", "year", "all"]
PERIOD_DAYS: Final[dict[Period, int]] = {"week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """unit: of what the exercise is counted in, "reps" or "s"."""

    exercise: str
    unit: Literal["reps", "s"]
    model_versions: list[str]
    points: list[TrendDay]


def local_day(actor: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(actor.time_zone)).date()


def trends_list(
    *, actor: User, now: datetime, period: Period, exercise: str | None = None
) -> list[TrendSeries]:
    """One series an exercise, its points in order of day, over the period up to now."""
    found = TrendDay.objects.filter(athlete=actor).select_related("exercise")
    if period != "all":
        since = local_day(actor, now) - timedelta(days=PERIOD_DAYS[period] - 1)
        found = found.filter(day__gte=since)
    if exercise is not None:
        found = found.filter(exercise_id=exercise)
    ordered = found.order_by("exercise_id", "day", "model_version")
    return [
        _series(slug, list(points))
        for slug, points in groupby(ordered, key=lambda point: point.exercise_id)
    ]


def _series(slug: str, points: list[TrendDay]) -> TrendSeries:
    is_hold = points[0].exercise.kind == Exercise.Kind.HOLD
    versions = sorted({point.model_version for point in points})
    return TrendSeries(slug, "s" if is_hold else "reps", versions, points)
