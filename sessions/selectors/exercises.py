"""Which exercises there are for whom: the catalogue, one's own, and those that a coach has shared.

Somebody else's does not exist, under whatever name it is asked for.
"""

from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from models.sequence import Sequence
from sessions.models import Exercise, OwnExercise, WorkoutSet
from sessions.references import clips
from sessions.selectors.frames import StoredFrames

OWN: Final = "own-"  # how the slug of an own exercise begins, and none of the catalogue
NO_EXERCISE: Final = _("There is no such exercise of yours.")


def exercises_offered(*, actor: User) -> QuerySet[Exercise]:
    """What the actor can train and plan."""
    return _granted(actor).filter(is_active=True)


def exercises_known(*, actor: User) -> QuerySet[Exercise]:
    """What a set of the actor's may be of: a set can come late, when its exercise has retired."""
    retired = Q(slug__startswith=OWN) & Q(Exists(_granted(actor).filter(pk=OuterRef("pk"))))
    return Exercise.objects.filter(Q(pk__in=exercises_offered(actor=actor).values("pk")) | retired)


def exercises_list(*, actor: User) -> QuerySet[Exercise]:
    """What is offered, and what else the actor's sets are of, with `offered` and `own`."""
    trained = WorkoutSet.objects.filter(workout__athlete=actor).exclude(final_exercise="")
    chosen = WorkoutSet.objects.filter(workout__athlete=actor, exercise_chosen__isnull=False)
    offered = exercises_offered(actor=actor).values("pk")
    remembered = Q(slug__startswith=OWN) & (
        Q(pk__in=trained.values("final_exercise"))
        | Q(pk__in=chosen.values("exercise_chosen"))
        | Q(own__author=actor)
    )
    found = Exercise.objects.filter(Q(pk__in=offered) | remembered)
    return (
        found.annotate(offered=Exists(exercises_offered(actor=actor).filter(pk=OuterRef("pk"))))
        .select_related("own__author")
        .defer("own__reference")
        .order_by(F("own__created_at").asc(nulls_first=True), "name")
    )


def own_list(*, author: User) -> QuerySet[OwnExercise]:
    """The author's exercises that have not retired, newest first."""
    return (
        OwnExercise.objects.alive()
        .filter(author=author)
        .select_related("exercise", "author")
        .prefetch_related("shared_with")
        .defer("reference")
    )


def own_get(*, author: User, own_id: UUID) -> OwnExercise:
    """Raises NotFound."""
    found = own_list(author=author).filter(id=own_id).first()
    if found is None:
        raise NotFound(NO_EXERCISE)
    return found


def _granted(actor: User) -> QuerySet[Exercise]:
    shared = OwnExercise.shared_with.through.objects.filter(user=actor)
    own = OwnExercise.objects.filter(Q(author=actor) | Q(id__in=shared.values("ownexercise")))
    return Exercise.objects.filter(~Q(slug__startswith=OWN) | Q(pk__in=own.values("exercise")))


def own_frames(*, author: User, own_id: UUID) -> StoredFrames:
    """The reference; no frames where its author wants none kept any more. Raises NotFound."""
    found = OwnExercise.objects.filter(author=author, id=own_id).values_list("reference", flat=True)
    data = found.first()
    if data is None:
        raise NotFound(NO_EXERCISE)
    parts = list(clips(bytes(data)))
    sequence = Sequence.join(part.sequence for part in parts)
    return StoredFrames(sequence, parts[0] if parts else None, next_ms=None)
