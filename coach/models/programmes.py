"""Programmes: what a plan is made from. Written by us, by an athlete, or by a coach."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.history import Changes
from coach.models.prescriptions import Asked, Rule

__all__ = ["Prescription", "Programme", "ProgrammeDay", "Rule"]


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class Programme(models.Model):
    """Days that take turns, and for how many weeks they are meant.

    cycle_weeks: after how many weeks it begins anew; 1: its days take turns, whatever the week.
    slug: of a built-in one, under which a page finds its words; others have an author.
    """

    class Level(models.TextChoices):
        BEGINNER = "beginner"
        INTERMEDIATE = "intermediate"
        ADVANCED = "advanced"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=32, unique=True, null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="programmes",
    )
    title = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    weeks = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    days_per_week = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    cycle_weeks = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()
    history = Changes()

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(slug=None, author__isnull=False) | Q(slug__isnull=False, author=None),
                name="programme_is_built_in_or_has_an_author",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ProgrammeDay(models.Model):
    """One workout of a programme. week: in which of its weeks it stands, from 0."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="days")
    index = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(51)])
    title = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("programme", "index")
        constraints = (
            models.UniqueConstraint(fields=("programme", "index"), name="programme_day_once"),
        )

    def __str__(self) -> str:
        return self.title or f"day {self.index + 1}"


class Prescription(Asked):
    day = models.ForeignKey(ProgrammeDay, on_delete=models.CASCADE, related_name="items")

    class Meta:
        ordering = ("day", "position")
        constraints = (
            models.UniqueConstraint(fields=("day", "position"), name="prescription_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.sets} × {self.exercise_id}"
