"""Plans: a programme given to one athlete, as workouts on days."""

import uuid
from typing import Final, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from coach.models.prescriptions import Asked
from coach.models.programmes import Programme
from sessions.models import WorkoutSession


class Plan(models.Model):
    """A copy of the programme at the time: a programme that changes later changes no plan.

    weekdays: 0 for Monday … 6. at: local time of day, None for any. slug: of a built-in programme.
    ended_on: the athlete's day on which it was ended; what was open from then on is not planned.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plans"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    slug = models.SlugField(max_length=32, blank=True)
    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    weekdays = models.JSONField()
    weeks = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    at = models.TimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_on=None)
                | Q(ended_at__isnull=False, ended_on__isnull=False),
                name="plan_ended_at_and_on",
            ),
        )
        indexes = (models.Index(fields=("athlete", "-created_at"), name="plan_of_athlete"),)

    def __str__(self) -> str:
        return self.title


HAS_WORKOUT: Final = Q(workout__isnull=False, workout__deleted_at=None)


class PlannedQuerySet(models.QuerySet["PlannedWorkout"]):
    def standing(self) -> Self:
        """Without what the end of its plan has taken away."""
        return self.filter(Q(plan__ended_on=None) | Q(day__lt=F("plan__ended_on")) | HAS_WORKOUT)

    def open(self) -> Self:
        """Those without a workout, or with one that was deleted."""
        return self.exclude(HAS_WORKOUT)


class PlannedWorkout(models.Model):
    """A workout of a plan on a day. workout: the real one that was done for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="planned")
    index = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    skipped_at = models.DateTimeField(null=True, blank=True)
    workout = models.OneToOneField(
        WorkoutSession,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="planned",
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        ordering = ("day", "plan", "index")
        constraints = (
            models.UniqueConstraint(fields=("plan", "index"), name="planned_index_once"),
        )
        indexes = (models.Index(fields=("plan", "day"), name="planned_day"),)

    def __str__(self) -> str:
        return f"{self.title or self.plan} on {self.day}"


class PlannedItem(Asked):
    """asked_…, reason, step: what the rule made of it, fixed when the workout began; see `Rule`."""

    planned = models.ForeignKey(PlannedWorkout, on_delete=models.CASCADE, related_name="items")
    asked_reps = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_hold_s = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_load_kg = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    step = models.FloatField(default=0)

    class Meta:
        ordering = ("planned", "position")
        constraints = (
            models.UniqueConstraint(fields=("planned", "position"), name="planned_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.sets} × {self.exercise_id}"
