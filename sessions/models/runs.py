"""Runs of tasks that nobody waits for: those of the clock, and long ones."""

import uuid

from django.db import models
from django.db.models import Q


class TaskRun(models.Model):
    """id: of the message, so that a task that is delivered again is seen as the same."""

    class Outcome(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        LOST = "lost"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.RUNNING)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = "task run"
        ordering = ("-started_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="running", ended_at=None)
                | (~Q(outcome="running") & Q(ended_at__isnull=False)),
                name="run_ended_with_a_time",
            ),
        )
        indexes = (models.Index(fields=("name", "-started_at"), name="run_newest"),)

    def __str__(self) -> str:
        return f"{self.name} {self.outcome}"
