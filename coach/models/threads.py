"""Comments: what a coach and an athlete say to each other about a set."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from sessions.models import WorkoutSet


class Thread(models.Model):
    """Of exactly two people, about a set; other coaches of the athlete do not see it.

    rep_start_ms: of the repetition that is meant; an analysis may move it, so it is found again by
    time. t_ms: the moment of the replay. Both empty: the set as a whole. …_read_at: up to when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="threads"
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="threads_as_coach"
    )
    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="threads")
    rep_start_ms = models.PositiveIntegerField(null=True, blank=True)
    t_ms = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_at = models.DateTimeField()
    athlete_read_at = models.DateTimeField(null=True, blank=True)
    coach_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-last_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(rep_start_ms=None) | Q(t_ms__isnull=False),
                name="thread_of_a_repetition_has_a_moment",
            ),
        )
        indexes = (
            models.Index(fields=("athlete", "-last_at"), name="thread_of_athlete"),
            models.Index(fields=("coach", "athlete", "-last_at"), name="thread_of_coach"),
            models.Index(fields=("set",), name="thread_of_set"),
        )

    def __str__(self) -> str:
        return f"{self.coach} and {self.athlete} on {self.set_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class Message(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("thread", "created_at", "id")

    def __str__(self) -> str:
        return f"{self.author} at {self.created_at:%Y-%m-%d %H:%M}"
