"""What a person agreed to, and who was erased: the one is kept by name, the other by a digest."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Consent(models.Model):
    """One agreement to one version of a text. Those withdrawn or overtaken stay as the proof.

    version, language: of the words that were on the page; `accounts.consents` has all of them.
    """

    class Document(models.TextChoices):
        MOVEMENT = "movement", "Keypoints are stored and counted"
        TRAINING = "training", "Corrected sets make counting better"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    document = models.CharField(max_length=8, choices=Document.choices)
    version = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-agreed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "document"),
                condition=Q(ended_at=None),
                name="consent_stands_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} on {self.document} {self.version}"


class Erased(models.Model):
    """Somebody who was erased: SHA-256 of an id that nobody could guess, so it names nobody.

    A restored backup that still has them is recognised by it, and they are erased again.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "erased people"
        ordering = ("-erased_at",)

    def __str__(self) -> str:
        return f"{self.digest[:12]}…"
