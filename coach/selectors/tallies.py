"""How plans go, counted in the database: a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from coach.compliance import item_percent, shared_out, workout_percent
from coach.models import PlannedItem, PlannedWorkout
from coach.models.plans import HAS_WORKOUT
from coach.progression import DoneSet, Target
from sessions.models import WorkoutSet

JUDGED: Final = timedelta(weeks=53)  # before today: longer than any plan
OPEN: Final = Q(workout=None) | Q(workout__deleted_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Workouts of a plan by state, and the last day of them.

    judged: those done and missed within `JUDGED`; percents: of the done ones among them. All the
    plans that there ever were cost no more than a year of sets.
    """

    last_day: date
    planned: int
    started: int
    done: int
    missed: int
    skipped: int
    judged: int
    percents: list[int]

    @property
    def coming(self) -> int:
        return self.planned - self.started - self.done - self.missed - self.skipped


def counts_of(rows: QuerySet[PlannedWorkout], today: date) -> dict[UUID, Counts]:
    """Of the rows, by plan; states as `selectors.planned.state_of` has them."""
    over = HAS_WORKOUT & (Q(workout__ended_at__isnull=False) | Q(workout__day__lt=today))
    missed = OPEN & Q(skipped_at=None, day__lt=today)
    recent = Q(day__gte=today - JUDGED)
    sums = rows.order_by().values("plan_id").annotate(
        last_day=Max("day"),
        planned=Count("id"),
        have=Count("id", filter=HAS_WORKOUT),
        done=Count("id", filter=over),
        missed=Count("id", filter=missed),
        skipped=Count("id", filter=OPEN & Q(skipped_at__isnull=False)),
        judged=Count("id", filter=(over | missed) & recent),
    )  # fmt: skip
    percents: dict[UUID, list[int]] = defaultdict(list)
    for plan_id, percent in _percents(rows.filter(over & recent)):
        percents[plan_id].append(percent)
    return {
        one["plan_id"]: Counts(
            last_day=one["last_day"],
            planned=one["planned"],
            started=one["have"] - one["done"],
            done=one["done"],
            missed=one["missed"],
            skipped=one["skipped"],
            judged=one["judged"],
            percents=percents[one["plan_id"]],
        )
        for one in sums
    }


def _percents(done: QuerySet[PlannedWorkout]) -> Iterator[tuple[UUID, int]]:
    """Plan and percent of each of these workouts, read as bare columns."""
    items: dict[tuple[UUID, UUID], list[tuple[str, Target]]] = defaultdict(list)
    columns = ("exercise_id", "sets", "asked_reps", "asked_hold_s")
    asked = PlannedItem.objects.filter(planned__in=done.order_by().values("id"))
    for plan_id, workout_id, exercise, sets, reps, hold_s in asked.order_by("position").values_list(
        "planned__plan_id", "planned__workout_id", *columns
    ):
        items[plan_id, workout_id].append((exercise, Target(sets, reps, hold_s)))
    trained = _sets(done)
    for (plan_id, workout_id), wanted in items.items():
        slots = [(exercise, target.sets) for exercise, target in wanted]
        shares = shared_out(slots, trained[workout_id])
        each = [
            item_percent(target, share)
            for (_exercise, target), share in zip(wanted, shares, strict=True)
        ]
        yield plan_id, workout_percent(each)


def _sets(done: QuerySet[PlannedWorkout]) -> dict[UUID, list[tuple[str, DoneSet]]]:
    """The finished sets of each workout, in order."""
    finished = WorkoutSet.objects.filter(
        deleted_at=None, ended_at__isnull=False, workout__in=done.order_by().values("workout_id")
    )
    sets: dict[UUID, list[tuple[str, DoneSet]]] = defaultdict(list)
    for workout_id, exercise, reps, hold_s in finished.order_by("index").values_list(
        "workout_id", "final_exercise", "final_rep_count", "hold_s"
    ):
        sets[workout_id].append((exercise, DoneSet(reps, hold_s)))
    return sets
