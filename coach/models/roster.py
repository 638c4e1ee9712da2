"""What a coach keeps about athletes, and what triage knows of each of them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AthleteStatus(models.Model):
    """Derived, one row an athlete, whoever coaches them; a reader sees the reasons of their scopes.

    day: the athlete's local day it was made for. reasons: as `coach.reasons` tells them, worst
    first. week: seven days of `coach.week`, Monday first. percent: of what was planned in the last
    four weeks. due: something has happened since.
    """

    athlete = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="status",
    )
    day = models.DateField()
    reasons = models.JSONField(default=list)
    week = models.JSONField(default=list)
    last_day = models.DateField(null=True, blank=True)
    workouts_28d = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    due = models.BooleanField(default=False)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "athlete statuses"
        ordering = ("athlete",)
        indexes = (
            models.Index(fields=("day",), name="status_day"),
            models.Index(fields=("athlete",), name="status_due", condition=models.Q(due=True)),
        )

    def __str__(self) -> str:
        return f"{self.athlete} on {self.day}"


class AthleteGroup(models.Model):
    """A coach's own name for some athletes. Who ends their link is not shown in it any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="athlete_groups"
    )
    name = models.CharField(max_length=60)
    athletes = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("coach", "name"),
                name="group_name_once_a_coach",
                violation_error_message=_("You already have a group of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class NoteQuerySet(models.QuerySet["CoachNote"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class CoachNote(models.Model):
    """What a coach writes down about an athlete, for themselves alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coach_notes"
    )
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("coach", "athlete", "-created_at"), name="note_of_coach"),)

    def __str__(self) -> str:
        return f"{self.coach} on {self.athlete}"
