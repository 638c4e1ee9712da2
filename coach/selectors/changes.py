"""What has surely risen or fallen in an athlete's last three weeks, exercise by exercise."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from accounts.models import User
from coach.facts import ChangeFact
from coach.reasons import Target
from sessions.arithmetic.slope import Slope, slope
from sessions.arithmetic.symmetry import Sides, symmetry
from sessions.models import Finding, Rep, TrendDay, WorkoutSet

WINDOW_DAYS: Final = 21


@dataclass(frozen=True, slots=True)
class Changes:
    range_falls: list[ChangeFact]
    symmetry_falls: list[ChangeFact]
    finding_rises: list[ChangeFact]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one exercise by day, of one model version."""

    exercise: str
    days: Sequence[date]
    values: Sequence[float]

    def change(self, words: str, target: Target, detail: str = "") -> ChangeFact | None:
        """Where the slope is as sure as the words say."""
        found = slope([day.toordinal() for day in self.days], self.values)
        if found.words != words:
            return None
        span = (max(self.days) - min(self.days)).days
        before, now = _ends(found, span)
        return ChangeFact(self.exercise, before, now, span, target, detail)


def changes(*, athlete: User, today: date) -> Changes:
    """Of the model version that each exercise was last measured with: a figure of two versions is
    no change of the athlete."""
    since = today - timedelta(days=WINDOW_DAYS)
    own = TrendDay.objects.filter(athlete=athlete, day__gt=since).order_by("day", "model_version")
    by_exercise: dict[str, list[TrendDay]] = defaultdict(list)
    for row in own:
        by_exercise[row.exercise_id].append(row)
    newest = {
        slug: [row for row in rows if row.model_version == rows[-1].model_version]
        for slug, rows in by_exercise.items()
    }
    book = _SetBook(athlete, since)
    return Changes(
        range_falls=_known(_range(slug, rows, book) for slug, rows in newest.items()),
        symmetry_falls=_known(_symmetry(slug, rows, book) for slug, rows in newest.items()),
        finding_rises=_known(_findings(slug, rows, book) for slug, rows in newest.items()),
    )


class _SetBook:
    """Sets of the last weeks, and their findings: one query each, the second when it is needed."""

    def __init__(self, athlete: User, since: date) -> None:
        sets = WorkoutSet.objects.alive().filter(
            workout__athlete=athlete, workout__day__gt=since, ended_at__isnull=False
        )
        rows = sets.select_related("workout").order_by("started_at", "index")
        self.by_exercise: dict[str, list[WorkoutSet]] = defaultdict(list)
        for one in rows:
            if one.final_exercise == one.exercise:  # else another joint was measured
                self.by_exercise[one.exercise].append(one)
        found = Finding.objects.filter(set__in=sets, rep__isnull=False).order_by("start_ms", "id")
        self.findings: dict[object, list[Finding]] = defaultdict(list)
        for finding in found.select_related("rep"):
            self.findings[finding.set_id].append(finding)

    def last(self, exercise: str, model_version: str) -> WorkoutSet | None:
        fitting = [one for one in self.by_exercise[exercise] if one.model_version == model_version]
        return fitting[-1] if fitting else None


def _range(slug: str, rows: Sequence[TrendDay], book: _SetBook) -> ChangeFact | None:
    known = [(row.day, row.rom_deg) for row in rows if row.rom_deg is not None]
    fall = _line(slug, known).change("falling", Target("trends"))
    return fall and _at(fall, _smallest(book.last(slug, rows[-1].model_version)), "")


def _symmetry(slug: str, rows: Sequence[TrendDay], book: _SetBook) -> ChangeFact | None:
    sided = [
        (row.day, Sides(row.rom_left_deg, row.rom_right_deg))
        for row in rows
        if row.rom_left_deg is not None and row.rom_right_deg is not None
    ]
    known = [(day, even) for day, sides in sided if (even := symmetry(sides)) is not None]
    fall = _line(slug, known).change("falling", Target("trends"))
    if fall is None:
        return None
    last = sided[-1][1]
    side = "left" if last.left_deg < last.right_deg else "right"
    return _at(fall, _most_uneven(book.last(slug, rows[-1].model_version)), side)


def _findings(slug: str, rows: Sequence[TrendDay], book: _SetBook) -> ChangeFact | None:
    """Share of a day's repetitions with a finding."""
    version = rows[-1].model_version
    sets = [one for one in book.by_exercise[slug] if one.model_version == version]
    counted: Counter[date] = Counter()
    faulty: Counter[date] = Counter()
    for one in sets:
        counted[one.workout.day] += one.rep_count
        faulty[one.workout.day] += len({finding.rep_id for finding in book.findings[one.id]})
    shares = [(day, faulty[day] / counted[day]) for day in counted if counted[day]]
    rise = _line(slug, shares).change("rising", Target("trends"))
    if rise is None:
        return None
    with_some = [one for one in sets if book.findings[one.id]]
    names = Counter(finding.fault for one in with_some for finding in book.findings[one.id])
    fault = names.most_common(1)[0][0]
    last = next(
        finding
        for one in reversed(with_some)
        for finding in sorted(book.findings[one.id], key=lambda each: -each.severity)
        if finding.fault == fault
    )
    of = next(one for one in with_some if one.id == last.set_id)
    return _at(rise, _to(of, last.rep), fault)


def _smallest(last: WorkoutSet | None) -> Target | None:
    """The repetition of the last set that went least far."""
    if last is None:
        return None
    return _to(
        last, last.reps.filter(correction=None, rom_deg__isnull=False).order_by("rom_deg").first()
    )


def _most_uneven(last: WorkoutSet | None) -> Target | None:
    if last is None:
        return None
    apart = {
        rep: abs(rep.rom_left_deg - rep.rom_right_deg)
        for rep in last.reps.filter(correction=None)
        if rep.rom_left_deg is not None and rep.rom_right_deg is not None
    }
    return _to(last, max(apart, key=lambda rep: apart[rep], default=None))


def _to(one: WorkoutSet, rep: Rep | None) -> Target:
    """The repetition, at its turn."""
    if rep is None:
        return Target("set", one.workout_id, one.id)
    return Target("set", one.workout_id, one.id, rep.index + 1, rep.turn_ms)


def _at(change: ChangeFact, target: Target | None, detail: str) -> ChangeFact:
    return ChangeFact(
        change.exercise, change.before, change.now, change.days, target or change.target, detail
    )


def _line(slug: str, known: Sequence[tuple[date, float]]) -> Line:
    return Line(slug, [day for day, _ in known], [value for _, value in known])


def _ends(found: Slope, span_days: int) -> tuple[float, float]:
    """Of the line, at its first and its last day."""
    if found.at_middle is None or found.per_week is None:
        raise ValueError("a slope in words has figures")
    half = found.per_week * span_days / 14
    return found.at_middle - half, found.at_middle + half


def _known(found: Iterable[ChangeFact | None]) -> list[ChangeFact]:
    return [one for one in found if one is not None]
