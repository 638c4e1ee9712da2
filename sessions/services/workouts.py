from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.errors import Conflict
from sessions.hooks import athlete_changed
from sessions.models import WorkoutSession
from sessions.services.checks import check_consent, check_not_in_future, check_time_zone, check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import NO_WORKOUT, workout_locked
from sessions.services.queue import enqueue_trend


def workout_start(
    *, athlete: User, workout_id: UUID, started_at: datetime, time_zone: str
) -> WorkoutSession:
    """The workout of this id, made if it is new; may be called again with the same values.

    Raises ValidationError, NotFound for an id that is not the athlete's, Conflict for other values,
    ConsentWithdrawn.
    """
    check_consent(athlete)
    check_time_zone("time_zone", time_zone)
    check_not_in_future("started_at", started_at)
    workout = WorkoutSession(
        id=workout_id,
        athlete=athlete,
        started_at=started_at,
        time_zone=time_zone,
        day=started_at.astimezone(ZoneInfo(time_zone)).date(),
    )
    workout.full_clean(validate_unique=False)
    stored = insert_or_stored(workout)
    return workout if stored is None else _same(stored, workout)


def _same(stored: WorkoutSession, asked: WorkoutSession) -> WorkoutSession:
    if stored.athlete_id != asked.athlete_id or stored.deleted_at is not None:
        raise NotFound(NO_WORKOUT)
    if (stored.started_at, stored.time_zone) != (asked.started_at, asked.time_zone):
        raise Conflict(_("This workout was started with another time or time zone."))
    return stored


@transaction.atomic
def workout_describe(*, athlete: User, workout_id: UUID, **details: Any) -> WorkoutSession:
    """Writes those of note, pain_level and pain_area that are given; None takes away.

    Without pain there is no area. Raises ValidationError, NotFound.
    """
    workout = workout_locked(athlete=athlete, workout_id=workout_id)
    for name, value in details.items():
        setattr(workout, name, value)
    workout.pain_area = workout.pain_area or ""
    if not workout.pain_level:
        if details.get("pain_area"):
            raise ValidationError({"pain_area": _("Say with it how strong it is, from 1 to 10.")})
        workout.pain_area = ""
    workout.full_clean()
    workout.save(update_fields=["note", "pain_level", "pain_area"])
    athlete_changed.send(WorkoutSession, athlete_id=workout.athlete_id)
    return workout


@transaction.atomic
def workout_finish(*, athlete: User, workout_id: UUID, ended_at: datetime) -> WorkoutSession:
    """Ends the workout; ending it again changes the time. Clips of its sets may still arrive.

    Raises ValidationError, NotFound.
    """
    workout = workout_locked(athlete=athlete, workout_id=workout_id)
    check_not_in_future("ended_at", ended_at)
    # A clock that was set back meanwhile is no reason to lose a workout.
    workout.ended_at = max(ended_at, workout.started_at)
    workout.full_clean()
    workout.save(update_fields=["ended_at"])
    athlete_changed.send(WorkoutSession, athlete_id=workout.athlete_id)
    return workout


@transaction.atomic
def workout_delete(*, athlete: User, workout_id: UUID) -> None:
    """Hides the workout and takes it out of the trends. Raises NotFound."""
    workout = workout_locked(athlete=athlete, workout_id=workout_id)
    _set_deleted(workout, timezone.now())


@transaction.atomic
def workout_restore(*, athlete: User, workout_id: UUID) -> WorkoutSession:
    """Brings a deleted workout back. Raises NotFound, ValidationError when it is too late."""
    own = WorkoutSession.objects.filter(id=workout_id, athlete=athlete)
    workout = own.select_for_update().first()
    if workout is None:
        raise NotFound(NO_WORKOUT)
    if workout.deleted_at is not None:
        check_undo(workout.deleted_at)
        _set_deleted(workout, None)
    return workout


def _set_deleted(workout: WorkoutSession, deleted_at: datetime | None) -> None:
    workout.deleted_at = deleted_at
    workout.save(update_fields=["deleted_at"])
    workout.sets.update(trend_due=True)
    enqueue_trend(workout)
