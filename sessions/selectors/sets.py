from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import Attempt, Clip, Correction, Finding, Rep, WorkoutSet
from sessions.models.sets import SetQuerySet

_RECENT_MS = 120_000  # an older repetition is no news to an open page
NO_SET = _("There is no such set of yours.")


def sets_with_words() -> SetQuerySet:
    """Sets with what was found in them and said of them, `live_corrections`, newest last."""
    said = Correction.objects.live().select_related("author").order_by("created_at", "id")
    said = said.annotate(athlete_id=F("set__workout__athlete_id"))
    return WorkoutSet.objects.prefetch_related(
        Prefetch("findings", Finding.objects.select_related("rep")),
        Prefetch("corrections", said, to_attr="live_corrections"),
    )


def own_set(*, actor: User, set_id: UUID) -> WorkoutSet:
    """The set alone. Raises NotFound."""
    return _own(WorkoutSet.objects.all(), actor, set_id)


def set_get(*, actor: User, set_id: UUID) -> WorkoutSet:
    """The set with its reps and attempts. Raises NotFound."""
    return _own(sets_with_words().prefetch_related("reps", "attempts"), actor, set_id)


def sets_for_pages(set_ids: Collection[UUID], athlete_ids: Collection[UUID]) -> list[WorkoutSet]:
    """Those of these sets that are alive and belong to one of these athletes, with `last_reps` and
    `last_attempts`, one or none each.

    Whoever asks is to be one of the athletes, and is told their own alone.
    """
    recent = F("set__analyzed_to_ms") - _RECENT_MS
    reps = Rep.objects.filter(end_ms__gte=recent).order_by("-index")[:1]
    attempts = Attempt.objects.filter(end_ms__gte=recent).order_by("-start_ms")[:1]
    sets = sets_with_words().prefetch_related(
        Prefetch("reps", reps, to_attr="last_reps"),
        Prefetch("attempts", attempts, to_attr="last_attempts"),
    )
    alive = sets.alive().filter(pk__in=set_ids, workout__athlete__in=athlete_ids)
    return list(alive.select_related("workout"))


def missing_clips(*, actor: User, workout_set: WorkoutSet) -> list[int]:
    """Indices of clips that have not come: below the count, or before the newest while open."""
    own = Clip.objects.filter(set=workout_set, set__workout__athlete=actor)
    stored = set(own.values_list("index", flat=True))
    count = workout_set.clip_count
    if count is None:
        count = max(stored, default=-1) + 1
    return [index for index in range(count) if index not in stored]


def _own(sets: SetQuerySet, actor: User, set_id: UUID) -> WorkoutSet:
    workout_set = sets.alive().filter(workout__athlete=actor, id=set_id).first()
    if workout_set is None:
        raise NotFound(NO_SET)
    return workout_set
