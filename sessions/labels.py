"""Corrected and reviewed sets as labels to train with, of athletes who share them."""

import hmac
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from models.clip_store import unpack
from models.labels import FOLDS, LabelledSet
from models.results import UNKNOWN
from models.sequence import Sequence
from sessions.finals import is_hold
from sessions.models import Correction, LabelReview, WorkoutSet


def labelled_sets() -> Iterator[LabelledSet]:
    """One at a time, since keypoints are large; the order and the words say nobody's name."""
    for workout_set in sorted_by_word(reviewed()):
        sequence = _sequence(workout_set)
        if len(sequence):
            yield _labelled(workout_set, sequence)


def reviewed() -> QuerySet[WorkoutSet]:
    """Finished sets with keypoints that somebody has corrected, every live correction accepted,
    whose athlete shares them."""
    live = Correction.objects.live().filter(set=OuterRef("pk"))
    unsure = live.exclude(review__state=LabelReview.State.ACCEPTED)
    return WorkoutSet.objects.alive().filter(
        Exists(live),
        ~Exists(unsure),
        ~Q(final_exercise__in=("", UNKNOWN)),
        ended_at__isnull=False,
        frames_removed_at=None,
        workout__athlete__shares_for_training=True,
        workout__athlete__is_active=True,
    )


def sorted_by_word(sets: QuerySet[WorkoutSet]) -> list[WorkoutSet]:
    return sorted(sets.select_related("workout"), key=lambda one: word(one.pk))


def word(key: object) -> str:
    """Stands for a set or an athlete; whoever lacks the secret key cannot go back."""
    return hmac.new(settings.SECRET_KEY.encode(), str(key).encode(), sha256).hexdigest()[:16]


def _labelled(workout_set: WorkoutSet, sequence: Sequence) -> LabelledSet:
    performer = word(workout_set.workout.athlete_id)
    count = None if is_hold(workout_set.final_exercise) else workout_set.final_rep_count
    spans = _spans(workout_set)
    return LabelledSet(
        name=word(workout_set.pk),
        sequence=sequence,
        exercise=workout_set.final_exercise,
        count=count,
        spans=spans if len(spans) == count else (),
        performer=performer,
        fold=str(int(performer, 16) % FOLDS),
    )


def _spans(workout_set: WorkoutSet) -> tuple[tuple[int, int], ...]:
    """Of the machine's repetitions that stand, and of the attempts that are some."""
    reps = workout_set.reps.filter(correction=None).values_list("start_ms", "end_ms")
    counted = workout_set.attempts.exclude(correction=None).values_list("start_ms", "end_ms")
    return tuple(sorted([*reps, *counted]))


def _sequence(workout_set: WorkoutSet) -> Sequence:
    clips = workout_set.clips.order_by("index").values_list("payload", flat=True)
    return Sequence.join(unpack(bytes(payload)).sequence for payload in clips)
