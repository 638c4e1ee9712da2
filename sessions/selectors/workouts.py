from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import WorkoutSession, WorkoutSet
from sessions.selectors.sets import sets_with_words


@dataclass(frozen=True, slots=True)
class WorkoutPage:
    """next_before: the id to ask for the page after this one, or None at the end."""

    results: list[WorkoutSession]
    next_before: UUID | None


def workouts_of(
    *, actor: User, sets: QuerySet[WorkoutSet] | None = None
) -> QuerySet[WorkoutSession]:
    """The actor's workouts with their sets, newest first. sets: how to read them."""
    live = (WorkoutSet.objects if sets is None else sets).filter(deleted_at=None).order_by("index")
    own = WorkoutSession.objects.alive().filter(athlete=actor)
    return own.prefetch_related(Prefetch("sets", live, to_attr="live_sets"))


def workouts_page(*, actor: User, before: UUID | None, limit: int) -> WorkoutPage:
    """At most limit workouts, older than the one with the id before. Raises NotFound."""
    found = workouts_of(actor=actor)
    if before is not None:
        last = WorkoutSession.objects.filter(athlete=actor, id=before).first()
        if last is None:
            raise NotFound(_("There is no such workout of yours."))
        found = found.filter(
            Q(started_at__lt=last.started_at) | Q(started_at=last.started_at, id__lt=last.id)
        )
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return WorkoutPage(rows[:limit], rows[limit - 1].id if more else None)


def workout_get(*, actor: User, workout_id: UUID) -> WorkoutSession:
    """The workout with all that is told of its sets. Raises NotFound."""
    workout = workouts_of(actor=actor, sets=sets_with_words()).filter(id=workout_id).first()
    if workout is None:
        raise NotFound(_("There is no such workout of yours."))
    return workout
