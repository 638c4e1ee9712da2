from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.errors import Conflict
from sessions.models import WorkoutSet
from sessions.models.sets import FINISH_FIELDS
from sessions.services.catalogue import known_exercise
from sessions.services.checks import check_consent, check_not_in_future, check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import NO_SET, set_locked, workout_locked
from sessions.services.queue import enqueue_analysis, enqueue_trend

START_FIELDS: Final = (
    "workout_id",
    "exercise_chosen_id",
    "source",
    "started_at",
    "target_reps",
    "target_hold_s",
)


@transaction.atomic
def set_start(
    *,
    athlete: User,
    set_id: UUID,
    workout_id: UUID,
    exercise: str | None,
    source: str,
    started_at: datetime,
    target_reps: int | None = None,
    target_hold_s: int | None = None,
) -> WorkoutSet:
    """The set of this id, made if it is new; may be called again with the same values.

    exercise: a slug, or None to have it recognised. target_reps, target_hold_s: what was set out
    to do, where something was.
    Raises ValidationError, NotFound for ids that are not the athlete's, Conflict for other values,
    ConsentWithdrawn.
    """
    check_consent(athlete)
    check_not_in_future("started_at", started_at)
    asked = WorkoutSet(
        id=set_id,
        workout_id=workout_id,
        exercise_chosen=known_exercise(exercise, athlete),
        source=source,
        started_at=started_at,
        target_reps=target_reps,
        target_hold_s=target_hold_s,
    )
    asked.workout = workout_locked(athlete=athlete, workout_id=workout_id)
    asked.index = _next_index(workout_id)
    asked.full_clean(validate_unique=False)
    if insert_or_stored(asked) is None:
        return asked
    return _same_set(athlete, asked)


def _next_index(workout_id: UUID) -> int:
    last = WorkoutSet.objects.filter(workout_id=workout_id).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def _same_set(athlete: User, asked: WorkoutSet) -> WorkoutSet:
    own = WorkoutSet.objects.alive().filter(id=asked.id, workout__athlete=athlete)
    stored = own.select_related("workout").first()
    if stored is None:
        raise NotFound(NO_SET)
    for name in START_FIELDS:
        if getattr(stored, name) != getattr(asked, name):
            field = name.removesuffix("_id").removesuffix("_chosen")
            told = _("This set was started with another %(field)s.")
            raise Conflict(told % {"field": field})
    return stored


@transaction.atomic
def set_finish(*, athlete: User, set_id: UUID, clip_count: int, ended_at: datetime) -> WorkoutSet:
    """Says how many clips the set has; those that are missing may still come.

    Raises ValidationError, NotFound, Conflict when it was finished with other values.
    """
    workout_set = set_locked(athlete=athlete, set_id=set_id)
    workout_set.reopen()
    # A clock that was set back meanwhile is no reason to lose a set.
    ended_at = max(ended_at, workout_set.started_at)
    if workout_set.is_finished:
        if (workout_set.clip_count, workout_set.ended_at) != (clip_count, ended_at):
            count = workout_set.clip_count or 0
            told = ngettext(
                "This set was finished with %(n)d clip.",
                "This set was finished with %(n)d clips.",
                count,
            )
            raise Conflict(told % {"n": count})
        return workout_set
    check_not_in_future("ended_at", ended_at)
    _check_clip_count(workout_set, clip_count)
    workout_set.clip_count, workout_set.ended_at = clip_count, ended_at
    workout_set.revision += 1
    workout_set.changed_at = timezone.now()
    workout_set.full_clean()
    workout_set.save(update_fields=[*FINISH_FIELDS, "revision", "changed_at"])
    enqueue_analysis(set_id)
    return workout_set


def _check_clip_count(workout_set: WorkoutSet, clip_count: int) -> None:
    last = workout_set.clips.aggregate(last=Max("index"))["last"]
    if last is not None and clip_count <= last:
        told = _("Clip %(last)s is already stored, so this must be %(least)s or more.")
        raise ValidationError({"clip_count": told % {"last": last, "least": last + 1}})


@transaction.atomic
def set_describe(*, athlete: User, set_id: UUID, **details: Any) -> WorkoutSet:
    """Writes those of weight_kg, rpe and note that are given. Raises ValidationError, NotFound."""
    workout_set = set_locked(athlete=athlete, set_id=set_id)
    for name, value in details.items():
        setattr(workout_set, name, value)
    workout_set.trend_due = True
    workout_set.full_clean()
    workout_set.save(update_fields=[*details, "trend_due"])
    enqueue_trend(workout_set.workout)
    return workout_set


@transaction.atomic
def set_delete(*, athlete: User, set_id: UUID) -> None:
    """Hides the set and takes it out of the trends. Raises NotFound."""
    _set_deleted(set_locked(athlete=athlete, set_id=set_id), timezone.now())


@transaction.atomic
def set_restore(*, athlete: User, set_id: UUID) -> WorkoutSet:
    """Brings a deleted set back. Raises NotFound, ValidationError when it is too late."""
    own = WorkoutSet.objects.filter(
        id=set_id, workout__athlete=athlete, workout__deleted_at=None
    ).select_related("workout")
    workout_set = own.select_for_update(of=("self",)).first()
    if workout_set is None:
        raise NotFound(NO_SET)
    if workout_set.deleted_at is not None:
        check_undo(workout_set.deleted_at)
        _set_deleted(workout_set, None)
    return workout_set


def _set_deleted(workout_set: WorkoutSet, deleted_at: datetime | None) -> None:
    workout_set.deleted_at, workout_set.trend_due = deleted_at, True
    workout_set.save(update_fields=["deleted_at", "trend_due"])
    enqueue_analysis(workout_set.id)
    enqueue_trend(workout_set.workout)
