"""What a coach has changed in a plan: for the athlete to read, and for the coach to take back."""

import uuid

from django.conf import settings
from django.db import models

from coach.models.plans import Plan


class PlanChange(models.Model):
    """given: as it was asked for. told: the figures of the sentence that a page makes of it.

    rows: `{planned workout: {was, now}}`, of each only what differs; null where there is none.
    """

    class Kind(models.TextChoices):
        MOVE = "move", "A workout moved to another day"
        SHIFT = "shift", "What is to come moved by some days"
        SKIP = "skip", "A workout left out"
        UNSKIP = "unskip", "A workout asked for after all"
        EDIT = "edit", "What a workout asks for"
        ADD = "add", "A workout added"
        REMOVE = "remove", "A workout taken away"
        COPY_WEEK = "copy_week", "A week copied onto another"
        END = "end", "The plan ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(max_length=9, choices=Kind.choices)
    given = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("plan", "-at"), name="change_of_plan"),)

    def __str__(self) -> str:
        return f"{self.kind} in {self.plan}"
