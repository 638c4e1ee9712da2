from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal
from zoneinfo import ZoneInfo

from accounts.models import User
from sessions.arithmetic.points import STARTS, MeasureSlope, Span, TrendPoint, slopes, together
from sessions.arithmetic.symmetry import Sides, symmetry
from sessions.models import Exercise, TrendDay
from sessions.selectors.loads import LoadBook, LoadReport, load_book
from sessions.selectors.weeks import Consistency, consistency

Period = Literal["week", "month", "year", "all"]
PERIOD_DAYS: Final[dict[Period, int]] = {"week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """unit: of what the exercise is counted in, "reps" or "s". slopes: one a measure."""

    exercise: str
    unit: Literal["reps", "s"]
    model_versions: list[str]
    points: list[TrendPoint]
    slopes: list[MeasureSlope]


@dataclass(frozen=True, slots=True)
class Trends:
    """load and consistency are of all exercises, up to now."""

    series: list[TrendSeries]
    load: LoadReport
    consistency: Consistency


def local_day(actor: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(actor.time_zone)).date()


def trends(
    *, actor: User, now: datetime, period: Period, by: Span = "day", exercise: str | None = None
) -> Trends:
    """One series an exercise over the period up to now, its points in order of day."""
    today = local_day(actor, now)
    since = _since(today, period, by)
    rows = _rows(actor)
    book = load_book(rows=rows, today=today, since=since)
    asked = [row for row in rows if row.day >= since and exercise in (None, row.exercise_id)]
    series = _all_series(asked, book, by, today)
    return Trends(series, book.report(today), consistency(actor=actor, today=today))


def trends_between(*, actor: User, since: date, until: date, by: Span = "day") -> list[TrendSeries]:
    """One series an exercise, of the days from since to until."""
    rows = [row for row in _rows(actor) if row.day <= until]
    book = load_book(rows=rows, today=until, since=since)
    return _all_series([row for row in rows if row.day >= since], book, by, until)


def _rows(actor: User) -> list[TrendDay]:
    own = TrendDay.objects.filter(athlete=actor).select_related("exercise")
    return list(own.order_by("exercise_id", "day", "model_version"))


def _all_series(rows: list[TrendDay], book: LoadBook, by: Span, today: date) -> list[TrendSeries]:
    return [
        _series(list(members), book, by, today)
        for _, members in groupby(rows, key=lambda row: row.exercise_id)
    ]


def _since(today: date, period: Period, by: Span) -> date:
    """The first day of the week, month or year in which the period begins."""
    if period == "all":
        return date.min
    return STARTS[by](today - timedelta(days=PERIOD_DAYS[period] - 1))


def _series(rows: list[TrendDay], book: LoadBook, by: Span, today: date) -> TrendSeries:
    is_hold = rows[0].exercise.kind == Exercise.Kind.HOLD
    points = together([_point(row, book.by_row[row.pk]) for row in rows], by)
    return TrendSeries(
        exercise=rows[0].exercise_id,
        unit="s" if is_hold else "reps",
        model_versions=sorted({point.model_version for point in points}),
        points=points,
        slopes=slopes(points, by, today),
    )


def _point(row: TrendDay, load: float | None) -> TrendPoint:
    """A day's figures as the first of its span."""
    sides = None
    if row.rom_left_deg is not None and row.rom_right_deg is not None:
        sides = Sides(row.rom_left_deg, row.rom_right_deg)
    return TrendPoint(
        day=row.day,
        model_version=row.model_version,
        days=1,
        sets=row.sets,
        reps=row.reps,
        attempts=row.attempts,
        active_s=row.active_s,
        hold_s=row.hold_s,
        rom_deg=row.rom_deg,
        tempo_s=row.tempo_s,
        reps_per_min=row.reps_per_min,
        rom_left_deg=row.rom_left_deg,
        rom_right_deg=row.rom_right_deg,
        symmetry=None if sides is None else symmetry(sides),
        fatigue_speed=row.fatigue_speed,
        fatigue_rom=row.fatigue_rom,
        load=load,
        one_rm_kg=row.one_rm_kg,
    )
