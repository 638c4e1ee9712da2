"""Counting a stretch of history again with another version, beside what was counted then."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.sets import WorkoutSet
from sessions.models.versions import ModelVersion


class Rescore(models.Model):
    """An order of an admin, carried out in slices. athletes: none named means all.

    since, until: local days, both included. total, done, failed: sets of the step that runs.
    touched_at: when the last slice ended; a running one that is silent was cut off.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        SCORED = "scored"
        ADOPTING = "adopting"
        ADOPTED = "adopted"
        REVERTING = "reverting"
        STOPPED = "stopped"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="rescores")
    since = models.DateField()
    until = models.DateField()
    athletes = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    failed = models.PositiveIntegerField(default=0, editable=False)
    error = models.TextField(blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "re-score"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="rescore_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        )
        indexes = (
            models.Index(
                fields=("touched_at",),
                name="rescore_under_way",
                condition=Q(state__in=("waiting", "running", "adopting", "reverting")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}, {self.since} to {self.until}"


class SetResult(models.Model):
    """What one version makes of a whole set, whether or not it is the result that counts.

    revision: of the set, when it was read. rows: repetitions, attempts and findings as
    `sessions.alternatives` packs them. in_place_of: the version whose result it took the place
    of; empty while it is only an alternative. error: why there is none.
    """

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="results")
    model_version = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    exercise = models.CharField(max_length=32, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    visible = models.FloatField(null=True, blank=True)
    rep_count = models.PositiveIntegerField(default=0)
    attempt_count = models.PositiveIntegerField(default=0)
    hold_s = models.FloatField(null=True, blank=True)
    rows = models.JSONField(default=dict, blank=True)
    in_place_of = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "result of another version"
        verbose_name_plural = "results of other versions"
        ordering = ("set", "model_version")
        constraints = (
            models.UniqueConstraint(
                fields=("set", "model_version"), name="result_once_a_set_and_version"
            ),
        )
        indexes = (models.Index(fields=("model_version",), name="result_version"),)

    def __str__(self) -> str:
        return f"{self.set_id} by {self.model_version}"
