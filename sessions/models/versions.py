"""Versions of the discriminator that this server knows, with the files that make them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.history import Changes
from models.features import FEATURES_VERSION
from models.skeleton import SKELETON_HASH


class VersionQuerySet(models.QuerySet["ModelVersion"]):
    def running(self) -> Self:
        """The promoted one, if any: without one, the weights beside the code count."""
        return self.filter(promoted_at__isnull=False, retired_at=None)


class ModelVersion(models.Model):
    """A set of weights that was checked when it came, kept as rows so that every worker has it.

    digest: sha256 over names and contents of its files. shipped: it came with the code.
    promoted_at, retired_at: of the last time; promoted and not retired is the one that counts.
    """

    version = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    skeleton_hash = models.CharField(max_length=32)
    features_version = models.CharField(max_length=16)
    shipped = models.BooleanField(default=False)
    facts = models.JSONField(default=dict, help_text="What its card says to the code.")
    metrics = models.JSONField(default=dict, blank=True, help_text="What it was measured at.")
    card = models.TextField(blank=True, help_text="The model card, as Markdown.")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    promoted_at = models.DateTimeField(null=True, blank=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()
    history = Changes(excluded_fields=["facts", "metrics", "card"])

    class Meta:
        verbose_name = "model version"
        ordering = ("-registered_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(promoted_at__isnull=False),
                name="model_retired_after_it_was_promoted",
            ),
        )

    def __str__(self) -> str:
        return self.version

    @property
    def is_running(self) -> bool:
        return self.promoted_at is not None and self.retired_at is None

    @property
    def fits(self) -> bool:
        """Whether it was made for the skeleton and the features of this code."""
        made_for = (self.skeleton_hash, self.features_version)
        return made_for == (SKELETON_HASH, FEATURES_VERSION)


class ModelFile(models.Model):
    """name: its path inside the folder of the weights, such as `tfjs/model.json`."""

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    payload = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "model file"
        ordering = ("version", "name")
        constraints = (models.UniqueConstraint(fields=("version", "name"), name="model_file_once"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.version}"
