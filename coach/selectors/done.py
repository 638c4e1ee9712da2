"""The real workouts behind planned ones."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from coach.compliance import shared_out
from coach.models import PlannedItem, PlannedWorkout
from coach.progression import DoneSet
from sessions.models import WorkoutSet


def with_done(rows: QuerySet[PlannedWorkout]) -> QuerySet[PlannedWorkout]:
    """The rows with items, plan, workout and its finished sets; a fixed number of queries."""
    sets = WorkoutSet.objects.filter(deleted_at=None, ended_at__isnull=False).order_by("index")
    return rows.select_related("plan", "workout").prefetch_related(
        "items__exercise", Prefetch("workout__sets", sets, to_attr="finished_sets")
    )


def items_of(row: PlannedWorkout) -> list[PlannedItem]:
    return sorted(row.items.all(), key=lambda item: item.position)


def has_workout(row: PlannedWorkout) -> bool:
    """Whether it has a workout that was not deleted."""
    return row.workout is not None and row.workout.deleted_at is None


def done_of(row: PlannedWorkout, items: Sequence[PlannedItem]) -> list[list[DoneSet]]:
    """What was done for each item, of a row of `with_done` that has a workout."""
    sets: list[WorkoutSet] = row.workout.finished_sets  # type: ignore[union-attr]  # prefetched
    wanted = [(item.exercise_id, item.sets) for item in items]
    return shared_out(wanted, [(one.final_exercise, _done_set(one)) for one in sets])


def _done_set(one: WorkoutSet) -> DoneSet:
    return DoneSet(one.final_rep_count, one.hold_s, one.rpe, one.weight_kg)
