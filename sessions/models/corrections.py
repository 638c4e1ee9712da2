import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sessions.models.catalogue import Exercise
from sessions.models.sets import MAX_REPS, WorkoutSet


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def live(self) -> Self:
        return self.filter(undone_at=None)


class Correction(models.Model):
    """What a person says about a set, kept beside the machine's answer (docs/decisions/0015).

    start_ms, end_ms: of the movement that is no repetition, or is one; start_ms as it was said.
    An analysis finds the movement again by its time, since indices change.
    """

    class Kind(models.TextChoices):
        COUNT = "count"
        EXERCISE = "exercise"
        NOT_A_REP = "not_a_rep"
        IS_A_REP = "is_a_rep"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    rep_count = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MAX_REPS)]
    )
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    start_ms = models.PositiveIntegerField(null=True, blank=True)
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("set", "created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="count", rep_count__isnull=False, exercise=None, start_ms=None)
                | Q(kind="exercise", rep_count=None, exercise__isnull=False, start_ms=None)
                | Q(
                    kind__in=("not_a_rep", "is_a_rep"),
                    rep_count=None,
                    exercise=None,
                    start_ms__isnull=False,
                    end_ms__gte=F("start_ms"),
                ),
                name="correction_says_what_its_kind_says",
            ),
        )

    def __str__(self) -> str:
        said = self.rep_count if self.kind == self.Kind.COUNT else self.exercise_id or self.start_ms
        return f"{self.kind} {said}"
