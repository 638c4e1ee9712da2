"""Points of a trend: the figures of a day, or of the days of a week, month or year together.

A point is of one model version. Totals of days are added up; what describes a usual repetition or
set is the median of the days; strength is the best of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from statistics import median
from typing import Any, Final, Literal, get_args

from sessions.arithmetic.regularity import monday
from sessions.arithmetic.slope import Slope, slope

Span = Literal["day", "week", "month", "year"]
Measure = Literal[
    "reps",
    "sets",
    "active_s",
    "hold_s",
    "rom_deg",
    "tempo_s",
    "reps_per_min",
    "symmetry",
    "fatigue_speed",
    "fatigue_rom",
    "load",
    "one_rm_kg",
]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
TOTALS: Final = frozenset({"days", "sets", "reps", "attempts", "active_s", "hold_s", "load"})
BEST: Final = frozenset({"one_rm_kg"})
MOST: Final = 400  # points of a slope, which compares every two: a year of days and more
STARTS: Final[dict[Span, Callable[[date], date]]] = {
    "day": lambda day: day,
    "week": monday,
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """day: the first of the span. days: with training, in it. load: as `sessions.arithmetic.load`.

    symmetry: smaller over larger range of the sides. fatigue_speed, fatigue_rom: share lost within
    a set.
    """

    day: date
    model_version: str
    days: int
    sets: int
    reps: int
    attempts: int
    active_s: float
    hold_s: float | None = None
    rom_deg: float | None = None
    tempo_s: float | None = None
    reps_per_min: float | None = None
    rom_left_deg: float | None = None
    rom_right_deg: float | None = None
    symmetry: float | None = None
    fatigue_speed: float | None = None
    fatigue_rom: float | None = None
    load: float | None = None
    one_rm_kg: float | None = None


@dataclass(frozen=True, slots=True)
class MeasureSlope:
    """The slope of one measure, over the points of one model version, from since to until."""

    measure: Measure
    model_version: str
    since: date
    until: date
    slope: Slope


def together(days: Iterable[TrendPoint], by: Span) -> list[TrendPoint]:
    """Points of days as points of spans, in order of day and model version."""

    def key(point: TrendPoint) -> tuple[date, str]:
        return STARTS[by](point.day), point.model_version

    spans = groupby(sorted(days, key=lambda point: (key(point), point.day)), key)
    return [_point(*start, list(members)) for start, members in spans]


def slopes(points: Sequence[TrendPoint], by: Span, today: date) -> list[MeasureSlope]:
    """Of every measure that has values, over the last MOST points of the newest model version.

    A week, month or year that is not over is left out of totals, which would seem to fall.
    """
    version = newest_version(points)
    found = []
    for measure in MEASURES:
        known = [
            point
            for point in points
            if point.model_version == version and getattr(point, measure) is not None
        ][-MOST:]
        if by != "day" and measure in TOTALS:
            known = [point for point in known if point.day < STARTS[by](today)]
        if known:
            days = [point.day.toordinal() for point in known]
            line = slope(days, [float(getattr(point, measure)) for point in known])
            found.append(MeasureSlope(measure, version, known[0].day, known[-1].day, line))
    return found


def newest_version(points: Sequence[TrendPoint]) -> str:
    """Of the last day's the one that came in last; points in order of day.

    One that only earlier days are of, which were scored again by it, is not what counts now.
    """
    order = list(dict.fromkeys(point.model_version for point in points))
    last = [point.model_version for point in points if point.day == points[-1].day]
    return max(last, key=order.index, default="")


def _point(start: date, model_version: str, members: list[TrendPoint]) -> TrendPoint:
    if len(members) == 1 and members[0].day == start:
        return members[0]
    figures: dict[str, Any] = {
        field.name: _figure(field.name, [getattr(one, field.name) for one in members])
        for field in fields(TrendPoint)
        if field.name not in ("day", "model_version")
    }
    return TrendPoint(day=start, model_version=model_version, **figures)


def _figure(name: str, values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    if name in TOTALS:
        return sum(known)
    return max(known) if name in BEST else median(known)
