"""What a set comes to: the machine's answer, and what people have said about it since.

The only place where the two meet. Everything that sums, compares or shows progress reads the final
columns; an analysis and a correction bring them up to date, each with the set locked.
"""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, Protocol, TypeVar

from django.db.models import QuerySet

from models.exercises import BY_SLUG
from sessions.models import Attempt, Correction, Rep, WorkoutSet

FINAL_FIELDS: Final = ("final_rep_count", "final_exercise", "rom_deg")
_SAME: Final = 0.5  # of the shorter of two spans lies within the other
_Kind = Correction.Kind


class Span(Protocol):
    """Of a movement, ms since the set started; None counts as 0."""

    @property
    def start_ms(self) -> int | None: ...
    @property
    def end_ms(self) -> int | None: ...


_Spans = TypeVar("_Spans", bound=Span)


def settle(workout_set: WorkoutSet) -> None:
    """Brings the final columns up to result and corrections; the caller saves FINAL_FIELDS.

    The result columns of the set are those of its rows, and the set is locked.
    """
    said = list(workout_set.corrections.all())
    live = [one for one in said if one.undone_at is None]
    taken_out = 0
    added: list[Correction] = []
    if said:  # else no row can be marked
        reps, attempts = list(workout_set.reps.all()), list(workout_set.attempts.all())
        taken_out = _mark(workout_set.reps.all(), matched(_of(live, _Kind.NOT_A_REP), reps))
        added = _not_counted_anyway(_of(live, _Kind.IS_A_REP), reps)
        _mark(workout_set.attempts.all(), matched(added, attempts))
    workout_set.final_exercise = final_exercise(workout_set.exercise, live)
    found = workout_set.rep_count - taken_out + _movements(added)
    has_reps = not is_hold(workout_set.final_exercise)
    workout_set.final_rep_count = final_rep_count(found, live) if has_reps else 0
    workout_set.rom_deg = _rom_deg(workout_set)


def final_exercise(answer: str, live: Iterable[Correction]) -> str:
    """The last that was said, or the machine's answer. live: in the order they were made."""
    said = [one.exercise_id for one in _of(live, _Kind.EXERCISE)]
    return said[-1] or "" if said else answer


def final_rep_count(found: int, live: Sequence[Correction]) -> int:
    """The last number that was said and what was said of single movements since; else found.

    found: repetitions of the machine, less and more what was said of single ones.
    live: in the order they were made.
    """
    numbers = [i for i, one in enumerate(live) if one.kind == _Kind.COUNT]
    if not numbers:
        return max(0, found)
    since = live[numbers[-1] :]
    less, more = (_movements(_of(since, kind)) for kind in (_Kind.NOT_A_REP, _Kind.IS_A_REP))
    return max(0, (since[0].rep_count or 0) - less + more)


def measured(workout_set: WorkoutSet) -> list[Rep]:
    """Repetitions that count, where they were measured as those of the exercise that it was: the
    range of another exercise is another joint's."""
    if workout_set.final_exercise != workout_set.exercise:
        return []
    return [rep for rep in workout_set.reps.all() if rep.correction_id is None]


def matched(said: Iterable[Correction], rows: Sequence[_Spans]) -> list[tuple[Correction, _Spans]]:
    """Each correction with the movement it means: the one it shares most time with, if any."""
    nearest = [(one, max(rows, key=lambda row: shared_ms(one, row), default=None)) for one in said]
    return [(one, row) for one, row in nearest if row is not None and _is_same(one, row)]


def shared_ms(one: Span, other: Span) -> int:
    """Time that two movements share; below 0 where they are apart."""
    return min(one.end_ms or 0, other.end_ms or 0) - max(one.start_ms or 0, other.start_ms or 0)


def is_hold(slug: str) -> bool:
    return slug in BY_SLUG and BY_SLUG[slug].kind == "hold"


def _of(live: Iterable[Correction], kind: Correction.Kind) -> list[Correction]:
    return [one for one in live if one.kind == kind]


def _movements(said: Iterable[Correction]) -> int:
    """The same twice is once, wherever within it was pointed at."""
    different: list[Correction] = []
    for one in said:
        if not any(_is_same(one, other) for other in different):
            different.append(one)
    return len(different)


def _is_same(one: Span, other: Span) -> bool:
    shorter = min((span.end_ms or 0) - (span.start_ms or 0) for span in (one, other))
    return shared_ms(one, other) >= max(_SAME * shorter, 1)


def _not_counted_anyway(said: list[Correction], reps: list[Rep]) -> list[Correction]:
    """Without those that a later analysis has found to be repetitions too."""
    counted = {one.id for one, _ in matched(said, reps)}
    return [one for one in said if one.id not in counted]


def _mark(
    rows: QuerySet[Rep] | QuerySet[Attempt],
    meant: list[tuple[Correction, Rep]] | list[tuple[Correction, Attempt]],
) -> int:
    """Writes on each row by which correction it is meant; returns how many rows are."""
    corrections = {row.pk: one.id for one, row in meant}
    rows.exclude(pk__in=corrections).exclude(correction=None).update(correction=None)
    for pk, correction_id in corrections.items():
        rows.filter(pk=pk).update(correction=correction_id)
    return len(corrections)


def _rom_deg(workout_set: WorkoutSet) -> float | None:
    ranges = [rep.rom_deg for rep in measured(workout_set) if rep.rom_deg is not None]
    return median(ranges) if ranges else None
