"""Keys with which a person's own programs ask the API."""

import uuid

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """prefix: the beginning of the secret, by which its owner knows it. digest: SHA-256 of the
    whole; the secret itself is kept nowhere.

    used_on, used_from: the last day on which it was used, and the shortened address of then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=60)
    scopes = models.JSONField()
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    used_from = models.CharField(max_length=43, blank=True)

    class Meta:
        verbose_name = "API token"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="api_token_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
