"""Rows of the athlete, locked until the transaction ends. Anybody else's row does not exist."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import WorkoutSession, WorkoutSet

NO_WORKOUT: Final = _("There is no such workout of yours.")
NO_SET: Final = _("There is no such set of yours.")


def athlete_locked(athlete: User) -> None:
    """One writer an athlete, so that a write that is sent twice at once is done once."""
    User.objects.select_for_update(no_key=True).get(pk=athlete.pk)


def workout_locked(*, athlete: User, workout_id: UUID) -> WorkoutSession:
    """Raises NotFound."""
    own = WorkoutSession.objects.alive().filter(id=workout_id, athlete=athlete)
    workout = own.select_for_update().first()
    if workout is None:
        raise NotFound(NO_WORKOUT)
    return workout


def set_locked(*, athlete: User, set_id: UUID) -> WorkoutSet:
    """Raises NotFound."""
    own = WorkoutSet.objects.alive().filter(id=set_id, workout__athlete=athlete)
    workout_set = own.select_related("workout").select_for_update(of=("self",)).first()
    if workout_set is None:
        raise NotFound(NO_SET)
    return workout_set
