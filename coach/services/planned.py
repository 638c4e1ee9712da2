"""Writes about one planned workout: moved, skipped, begun."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coach.models import PlannedItem, PlannedWorkout
from coach.selectors.done import has_workout
from coach.selectors.progress import Progress
from coach.services.locks import planned_locked
from coach.services.plans import FURTHEST
from coach.services.status import status_due
from sessions.errors import Conflict
from sessions.models import WorkoutSession
from sessions.selectors.trends import local_day
from sessions.services.locks import athlete_locked

FROZEN: Final = ("asked_reps", "asked_hold_s", "asked_load_kg", "reason", "step")


@transaction.atomic
def planned_change(
    *,
    athlete: User,
    planned_id: UUID,
    now: datetime,
    day: date | None = None,
    following: bool = False,
    skipped: bool | None = None,
) -> None:
    """Moves the workout to the day, with following those after it too; skips it, or does not.

    The same change backwards undoes it. Raises NotFound, ValidationError, Conflict once it began.
    """
    planned = planned_locked(athlete=athlete, planned_id=planned_id)
    if has_workout(planned):
        raise Conflict(_("This workout has begun already."))
    if skipped is not None:
        planned.skipped_at = now if skipped else None
        planned.save(update_fields=["skipped_at", "changed_at"])
    if day is not None and day != planned.day:
        check_day("day", day, local_day(athlete, now))
        rows = PlannedWorkout.objects.filter(plan_id=planned.plan_id).open()
        moving = rows.filter(index__gte=planned.index) if following else rows.filter(id=planned.id)
        rows_shift(moving, day - planned.day, now=now)
    status_due(athlete.pk)


def check_day(field: str, day: date, today: date) -> None:
    if abs(day - today) > FURTHEST:
        raise ValidationError({field: _("Choose a day within a year from today.")})


def rows_shift(rows: Iterable[PlannedWorkout], by: timedelta, *, now: datetime) -> int:
    """Moves the rows, which the caller has locked by their plan; returns how many."""
    moved = list(rows)
    for row in moved:
        row.day += by
        row.changed_at = now
    PlannedWorkout.objects.bulk_update(moved, ["day", "changed_at"])
    return len(moved)


@transaction.atomic
def planned_begin(*, athlete: User, planned_id: UUID, workout_id: UUID) -> None:
    """This workout is the planned one; what is asked stays as it is from now on.

    May be called again; another workout takes the place. Raises NotFound, ValidationError,
    Conflict for a workout that was done for another plan's.
    """
    athlete_locked(athlete)  # two plans could be sent the same workout at once
    planned = planned_locked(athlete=athlete, planned_id=planned_id)
    workout = WorkoutSession.objects.alive().filter(id=workout_id, athlete=athlete).first()
    if workout is None:
        raise ValidationError({"workout": _("There is no such workout of yours.")})
    if planned.workout_id == workout.id:
        return
    if PlannedWorkout.objects.filter(workout=workout).exists():
        raise Conflict(_("This workout was done for another planned one."))
    if not has_workout(planned):
        _freeze(planned)
    planned.workout, planned.skipped_at = workout, None
    planned.save(update_fields=["workout", "skipped_at", "changed_at"])
    status_due(athlete.pk)


def _freeze(planned: PlannedWorkout) -> None:
    progress = Progress.of([planned.plan_id])
    items = list(planned.items.all())
    for item in items:
        now = progress.next(item, planned.plan_id)
        item.asked_reps = now.target.reps
        item.asked_hold_s = now.target.hold_s
        item.asked_load_kg = now.target.load_kg
        item.reason, item.step = now.reason, now.step
    PlannedItem.objects.bulk_update(items, FROZEN)


@transaction.atomic
def planned_unlink(*, athlete: User, planned_id: UUID) -> None:
    """The workout was not for this plan after all; it stays in the history. Raises NotFound."""
    planned = planned_locked(athlete=athlete, planned_id=planned_id)
    if planned.workout_id is not None:
        planned.workout = None
        planned.save(update_fields=["workout", "changed_at"])
        status_due(athlete.pk)
