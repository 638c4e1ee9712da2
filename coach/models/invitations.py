"""An invitation: how a coach asks, before anybody has granted anything."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coach.models.links import validate_scopes


class Invitation(models.Model):
    """Of its code only the digest is kept: who reads the table cannot use it.

    scopes: what the coach asks for; the athlete grants what they like. email: to whom it was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(validators=[validate_scopes])
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_ends_after_it_is_made",
            ),
        )
        indexes = (models.Index(fields=("coach", "-created_at"), name="invitation_of_coach"),)

    def __str__(self) -> str:
        return f"{self.coach} invites {self.email or 'somebody'}"
