from uuid import UUID

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import Clip, Correction, Finding, WorkoutSet
from sessions.models.sets import SetQuerySet

NO_SET = _("There is no such set of yours.")
FINDINGS = Prefetch("findings", Finding.objects.select_related("rep"))
WORDS = Prefetch(
    "corrections",
    Correction.objects.live()
    .select_related("author")
    .order_by("created_at", "id")
    .annotate(athlete_id=F("set__workout__athlete_id")),
    to_attr="live_corrections",
)


def sets_with_words() -> SetQuerySet:
    """Sets with what was found in them and said of them, `live_corrections`, newest last."""
    return WorkoutSet.objects.prefetch_related(FINDINGS, WORDS)


def own_set(*, actor: User, set_id: UUID) -> WorkoutSet:
    """The set alone. Raises NotFound."""
    return _own(WorkoutSet.objects.all(), actor, set_id)


def set_get(*, actor: User, set_id: UUID) -> WorkoutSet:
    """The set with its reps and attempts. Raises NotFound."""
    return _own(sets_with_words().prefetch_related("reps", "attempts"), actor, set_id)


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
