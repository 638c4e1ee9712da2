from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from sessions.arithmetic.load import CHRONIC_DAYS, Load, LoadKind, holding, load, movement
from sessions.arithmetic.regularity import WEEK, monday
from sessions.models import TrendDay

WEEKS: Final = 12  # shown
_REACH: Final = WEEKS * WEEK + timedelta(days=CHRONIC_DAYS)


@dataclass(frozen=True, slots=True)
class LoadWeek:
    """chronic: an average week of the four up to its end, None before there are four."""

    start: date
    load: float
    chronic: float | None


@dataclass(frozen=True, slots=True)
class LoadReport:
    """kind: which of the two measures all loads of one answer are in. weeks: the oldest first."""

    kind: LoadKind
    now: Load
    weeks: list[LoadWeek]


@dataclass(frozen=True, slots=True)
class LoadBook:
    """Loads of an athlete's trend days, all in one measure."""

    kind: LoadKind
    by_row: dict[int, float | None]
    by_day: dict[date, float]

    def report(self, today: date) -> LoadReport:
        return LoadReport(self.kind, load(self.by_day, today), list(self._weeks(today)))

    def _weeks(self, today: date) -> Iterator[LoadWeek]:
        this_week = monday(today)
        begun = min(map(monday, self.by_day), default=this_week)
        first = max(begun, this_week - (WEEKS - 1) * WEEK)
        for nth in range((this_week - first) // WEEK + 1):
            start = first + nth * WEEK
            found = load(self.by_day, start + WEEK - timedelta(days=1))
            chronic = None if found.words == "too_few" else found.chronic
            yield LoadWeek(start, found.acute, chronic)


def load_book(*, rows: list[TrendDay], today: date, since: date) -> LoadBook:
    """Of all rows of an athlete. Perceived effort is the measure where it is known of every day
    that is shown, from since or from the weeks of the report on, so that no line mixes measures."""
    shown = [row for row in rows if row.day >= min(since, today - _REACH)]
    by_effort = bool(shown) and all(row.load_effort is not None for row in shown)
    if by_effort:
        by_row = {row.pk: row.load_effort for row in rows}
    else:
        usual_deg = _usual_deg(rows)
        by_row = {row.pk: _movement(row, usual_deg) for row in rows}
    by_day: dict[date, float] = defaultdict(float)
    for row in sorted(rows, key=lambda row: (row.day, row.exercise_id, row.model_version)):
        by_day[row.day] += by_row[row.pk] or 0.0
    return LoadBook("effort" if by_effort else "movement", by_row, dict(by_day))


def _movement(row: TrendDay, usual_deg: dict[tuple[str, str], float]) -> float:
    if row.hold_s is not None:
        return holding(row.hold_s)
    usual = usual_deg.get((row.exercise_id, row.model_version))
    return movement(row.travel_deg, usual) if usual and row.travel_deg else float(row.reps)


def _usual_deg(rows: list[TrendDay]) -> dict[tuple[str, str], float]:
    """The athlete's usual range by exercise and model version, which measure it differently."""
    ranges: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        if row.rom_deg is not None:
            ranges[row.exercise_id, row.model_version].append(row.rom_deg)
    return {key: median(known) for key, known in ranges.items()}
