"""Planned workouts as an athlete meets them: what is asked, why, and what was done for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.compliance import Bucket, bucket, item_percent, workout_percent
from coach.models import PlannedItem, PlannedWorkout
from coach.progression import DoneSet, Next
from coach.schedule import minutes_of
from coach.selectors.done import done_of, has_workout, items_of, with_done
from coach.selectors.progress import Progress, frozen
from coach.states import PlannedState
from sessions.selectors.trends import local_day


@dataclass(frozen=True, slots=True)
class Done:
    sets: int
    reps: int
    hold_s: float


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a planned workout. done, percent and bucket: None before anything began."""

    row: PlannedItem
    next: Next
    done: Done | None = None
    percent: int | None = None
    bucket: Bucket | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """percent, bucket: of a workout that is done, or was missed (0), else None."""

    row: PlannedWorkout
    state: PlannedState
    items: Sequence[Item]
    percent: int | None
    bucket: Bucket | None

    @property
    def workout(self) -> UUID | None:
        return self.row.workout_id if has_workout(self.row) else None

    @property
    def minutes(self) -> int:
        return minutes_of(
            [(item.next.target, item.row.rest_s, item.row.tempo) for item in self.items]
        )


def planned_of(*, actor: User) -> QuerySet[PlannedWorkout]:
    """The actor's planned workouts, by day."""
    own = PlannedWorkout.objects.standing().filter(plan__athlete=actor)
    return with_done(own).order_by("day", "plan__created_at", "index")


def planned_list(*, actor: User, since: date, until: date, now: datetime) -> list[Planned]:
    """Of the days from since to until."""
    return read(actor, planned_of(actor=actor).filter(day__range=(since, until)), now)


def planned_get(*, actor: User, planned_id: UUID, now: datetime) -> Planned:
    """Raises NotFound."""
    found = read(actor, planned_of(actor=actor).filter(id=planned_id), now)
    if not found:
        raise NotFound(_("There is no such planned workout of yours."))
    return found[0]


def read(actor: User, rows: QuerySet[PlannedWorkout], now: datetime) -> list[Planned]:
    """Rows of `planned_of` with their state, targets and compliance, at that time."""
    planned = list(rows)
    progress = Progress.of({row.plan_id for row in planned if not has_workout(row)})
    return judge(planned, progress, local_day(actor, now))


def judge(rows: Sequence[PlannedWorkout], progress: Progress, today: date) -> list[Planned]:
    return [_judge(row, progress, today) for row in rows]


def _judge(row: PlannedWorkout, progress: Progress, today: date) -> Planned:
    rows, state = items_of(row), state_of(row, today)
    if has_workout(row):
        shares = done_of(row, rows)
        items = [_with_done(item, done) for item, done in zip(rows, shares, strict=True)]
    else:
        items = [Item(item, progress.next(item, row.plan_id)) for item in rows]
    percent = _percent(state, items)
    return Planned(row, state, items, percent, None if percent is None else bucket(percent))


def state_of(row: PlannedWorkout, today: date) -> PlannedState:
    """A workout that nobody ended is over the day after."""
    if has_workout(row) and row.workout is not None:
        is_over = row.workout.ended_at is not None or row.workout.day < today
        return PlannedState.DONE if is_over else PlannedState.STARTED
    if row.skipped_at is not None:
        return PlannedState.SKIPPED
    return PlannedState.MISSED if row.day < today else PlannedState.PLANNED


def _percent(state: PlannedState, items: Sequence[Item]) -> int | None:
    match state:
        case PlannedState.DONE:
            return workout_percent([item.percent or 0 for item in items])
        case PlannedState.MISSED:
            return 0
    return None


def _with_done(item: PlannedItem, done: Sequence[DoneSet]) -> Item:
    asked = frozen(item)
    percent = item_percent(asked.target, done)
    sums = Done(
        sets=len(done),
        reps=sum(one.reps for one in done),
        hold_s=round(sum(one.hold_s or 0 for one in done), 1),
    )
    return Item(item, asked, sums, percent, bucket(percent))
