from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import Clip, Exercise, WorkoutSession, WorkoutSet


@dataclass(frozen=True, slots=True)
class WorkoutPage:
    """next_before: the id to ask for the page after this one, or None at the end."""

    results: list[WorkoutSession]
    next_before: UUID | None


def exercises_list(*, actor: User) -> QuerySet[Exercise]:  # noqa: ARG001 (the same for everybody)
    return Exercise.objects.filter(is_active=True)


def workouts_of(*, actor: User) -> QuerySet[WorkoutSession]:
    """The actor's workouts with their sets, newest first."""
    sets = WorkoutSet.objects.filter(deleted_at=None).order_by("index")
    own = WorkoutSession.objects.alive().filter(athlete=actor)
    return own.prefetch_related(Prefetch("sets", sets, to_attr="live_sets"))


def workouts_page(*, actor: User, before: UUID | None, limit: int) -> WorkoutPage:
    """At most limit workouts, older than the one with the id before. Raises NotFound."""
    found = workouts_of(actor=actor)
    if before is not None:
        last = WorkoutSession.objects.filter(athlete=actor, id=before).first()
        if last is None:
            raise NotFound("There is no such workout of yours.")
        found = found.filter(
            Q(started_at__lt=last.started_at) | Q(started_at=last.started_at, id__lt=last.id)
        )
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return WorkoutPage(rows[:limit], rows[limit - 1].id if more else None)


def workout_get(*, actor: User, workout_id: UUID) -> WorkoutSession:
    """Raises NotFound."""
    workout = workouts_of(actor=actor).filter(id=workout_id).first()
    if workout is None:
        raise NotFound("There is no such workout of yours.")
    return workout


def set_get(*, actor: User, set_id: UUID) -> WorkoutSet:
    """The set with its reps and attempts. Raises NotFound."""
    own = WorkoutSet.objects.alive().filter(workout__athlete=actor)
    workout_set = own.prefetch_related("reps", "attempts").filter(id=set_id).first()
    if workout_set is None:
        raise NotFound("There is no such set of yours.")
    return workout_set


def missing_clips(*, actor: User, workout_set: WorkoutSet) -> list[int]:
    """Indices of clips that have not come: below the count, or before the newest while open."""
    own = Clip.objects.filter(set=workout_set, set__workout__athlete=actor)
    stored = set(own.values_list("index", flat=True))
    count = workout_set.clip_count
    if count is None:
        count = max(stored, default=-1) + 1
    return [index for index in range(count) if index not in stored]
