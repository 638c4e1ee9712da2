import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone


class PainArea(models.TextChoices):
    NECK = "neck"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    WRIST = "wrist"
    BACK = "back"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    OTHER = "other"


class WorkoutQuerySet(models.QuerySet["WorkoutSession"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class WorkoutSession(models.Model):
    """Sets between "start" and "finish" of one athlete.

    day: the local day, in `time_zone`, on which it started; a workout past midnight stays whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workouts"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    day = models.DateField(editable=False)
    note = models.TextField(max_length=2000, blank=True)
    pain_level = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(10)],
        help_text="0 for none to 10 for the worst; empty when nothing was said.",
    )
    pain_area = models.CharField(max_length=10, choices=PainArea.choices, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = WorkoutQuerySet.as_manager()

    class Meta:
        verbose_name = "workout"
        ordering = ("-started_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="workout_ends_after_it_starts",
                violation_error_message=_("A workout cannot end before it starts."),
            ),
        )
        indexes = (
            models.Index(
                fields=("athlete", "-started_at", "-id"),
                name="workout_newest",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=("athlete", "day"), name="workout_day"),
            models.Index(fields=("-started_at", "-id"), name="workout_newest_of_all"),
        )

    def __str__(self) -> str:
        return f"{self.athlete}, {self.day}"
