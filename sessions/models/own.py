"""Exercises that a coach has shown: recorded once, marked, and counted against that."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from sessions.models.catalogue import Exercise


class OwnExerciseQuerySet(models.QuerySet["OwnExercise"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class OwnExercise(models.Model):
    """Stands beside the row of the catalogue that sets, plans and trends refer to.

    reference: keypoints as clips (docs/clip-format.md), one after another. marks: repetitions in
    it, {start_ms, turn_ms, end_ms}. cues: {text, moment}. template: what `models.own` made of
    these. shared_with: who may train it beside its author. deleted_at: retired; sets of it stay.
    When the author goes, the keypoints go too, and the row of the catalogue stays for sets of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="own")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_exercises"
    )
    reference = models.BinaryField(editable=False)
    marks = models.JSONField(default=list)
    cues = models.JSONField(default=list, blank=True)
    template = models.JSONField(default=dict, editable=False)
    shared_with = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="exercises_shared_with_me"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OwnExerciseQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(
                fields=("author",), name="own_exercise_alive", condition=Q(deleted_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.exercise.name
