"""What reviewers think of corrections, as labels to train with."""

from django.conf import settings
from django.db import models

from sessions.models.corrections import Correction


class LabelReview(models.Model):
    """A correction without a row waits for its review."""

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    correction = models.OneToOneField(
        Correction, on_delete=models.CASCADE, primary_key=True, related_name="review"
    )
    state = models.CharField(max_length=8, choices=State.choices)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = "label review"
        ordering = ("-decided_at",)

    def __str__(self) -> str:
        return f"{self.correction}: {self.state}"
