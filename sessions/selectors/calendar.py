from dataclasses import dataclass
from datetime import date
from itertools import groupby

from accounts.models import User
from sessions.models import WorkoutSet


@dataclass(frozen=True, slots=True)
class TrainedDay:
    """What was done on one local day, after corrections. A workout without a set does not count."""

    day: date
    workouts: int
    sets: int
    reps: int
    active_s: float
    exercises: list[str]


def calendar(*, actor: User, first: date, last: date) -> list[TrainedDay]:
    """Days with training from first to last, both included, in order."""
    own = WorkoutSet.objects.alive().filter(
        workout__athlete=actor, workout__day__gte=first, workout__day__lte=last
    )
    ordered = own.select_related("workout").order_by("workout__day", "started_at", "id")
    return [_day(day, list(sets)) for day, sets in groupby(ordered, lambda one: one.workout.day)]


def _day(day: date, sets: list[WorkoutSet]) -> TrainedDay:
    named = [one.final_exercise for one in sets]
    return TrainedDay(
        day=day,
        workouts=len({one.workout_id for one in sets}),
        sets=len(sets),
        reps=sum(one.final_rep_count for one in sets),
        active_s=sum(one.active_s for one in sets),
        exercises=list(dict.fromkeys(filter(None, named))),
    )
