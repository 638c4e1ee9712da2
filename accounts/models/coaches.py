"""Becoming a coach: asked for by a user, decided by an admin."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class CoachRequest(models.Model):
    """One open request a user; those that were decided or withdrawn stay as the history."""

    class State(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coach_requests"
    )
    about = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(state="open"), name="coach_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="coach_request_decided_with_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.state}"
