"""The best there has been, by exercise: of live, finished sets, after corrections."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from sessions.arithmetic.regularity import Streak
from sessions.arithmetic.strength import one_rm_kg
from sessions.finals import is_hold
from sessions.models import Exercise, WorkoutSet
from sessions.selectors.trends import local_day
from sessions.selectors.weeks import consistency

FEWEST_FOR_ROM: Final = 3  # repetitions; below, one odd frame makes a range
COLUMNS: Final = (
    "id",
    "workout_id",
    "workout__day",
    "final_exercise",
    "final_rep_count",
    "rom_deg",
    "hold_s",
    "weight_kg",
    "model_version",
)


@dataclass(frozen=True, slots=True)
class Done:
    """The columns of a set that a record may be made of."""

    set: UUID
    workout: UUID
    day: date
    exercise: str
    reps: int
    rom_deg: float | None
    hold_s: float | None
    weight_kg: float | None
    model_version: str


@dataclass(frozen=True, slots=True)
class Record:
    """previous: the best of earlier days, None where this was the first."""

    value: float
    set: UUID
    workout: UUID
    day: date
    model_version: str
    previous: float | None


@dataclass(frozen=True, slots=True)
class ExerciseRecords:
    """best_rom_deg: of the medians of sets of three repetitions or more."""

    exercise: str
    most_reps: Record | None
    best_rom_deg: Record | None
    longest_hold_s: Record | None
    heaviest_kg: Record | None
    best_one_rm_kg: Record | None


@dataclass(frozen=True, slots=True)
class Records:
    streak: Streak
    exercises: list[ExerciseRecords]


def records(*, actor: User, now: datetime) -> Records:
    """Streak and records. An exercise without any is left out; they come in order of the slug."""
    streak = consistency(actor=actor, today=local_day(actor, now)).streak
    by_exercise: dict[str, list[Done]] = defaultdict(list)
    for done in _all_done(actor):
        by_exercise[done.exercise].append(done)
    found = [_of_exercise(slug, sets) for slug, sets in sorted(by_exercise.items())]
    return Records(streak, [one for one in found if _has_any(one)])


def _all_done(actor: User) -> Iterable[Done]:
    """Of exercises of the catalogue, in order of time: of equals the first holds the record."""
    own = WorkoutSet.objects.alive().filter(
        workout__athlete=actor,
        ended_at__isnull=False,
        final_exercise__in=Exercise.objects.values("slug"),
    )
    ordered = own.order_by("workout__day", "started_at", "id")
    return (Done(*row) for row in ordered.values_list(*COLUMNS))


def _of_exercise(slug: str, sets: Sequence[Done]) -> ExerciseRecords:
    return ExerciseRecords(
        exercise=slug,
        most_reps=_best(sets, lambda one: one.reps),
        best_rom_deg=_best(sets, lambda one: one.rom_deg if one.reps >= FEWEST_FOR_ROM else None),
        longest_hold_s=_best(sets, lambda one: one.hold_s) if is_hold(slug) else None,
        heaviest_kg=_best(sets, _lifted_kg),
        best_one_rm_kg=_best(sets, lambda one: one_rm_kg(one.weight_kg, one.reps)),
    )


def _lifted_kg(one: Done) -> float | None:
    return one.weight_kg if one.reps or (is_hold(one.exercise) and one.hold_s) else None


def _best(sets: Sequence[Done], value_of: Callable[[Done], float | None]) -> Record | None:
    """The first of the largest; nothing, or none, is no record."""
    valued = [(value, one) for one in sets if (value := value_of(one))]
    if not valued:
        return None
    value, best = max(valued, key=lambda pair: pair[0])
    earlier = [other for other, one in valued if one.day < best.day]
    return Record(
        value=value,
        set=best.set,
        workout=best.workout,
        day=best.day,
        model_version=best.model_version,
        previous=max(earlier, default=None),
    )


def _has_any(found: ExerciseRecords) -> bool:
    each = (found.most_reps, found.best_rom_deg, found.longest_hold_s, found.heaviest_kg)
    return any(record is not None for record in each)
