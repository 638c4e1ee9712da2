from django.db import models
from django.db.models import F, Q

from sessions.models.corrections import Correction
from sessions.models.sets import WorkoutSet


class Rep(models.Model):
    """One whole repetition. Times are ms since the set started.

    rom_left_deg, rom_right_deg: range of each side, where the two could be compared.
    correction: by which somebody says that it is none; it stays, and counts no more.
    """

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="reps")
    index = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    turn_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    rom_deg = models.FloatField(null=True, blank=True)
    rom_left_deg = models.FloatField(null=True, blank=True)
    rom_right_deg = models.FloatField(null=True, blank=True)
    down_s = models.FloatField()
    pause_s = models.FloatField()
    up_s = models.FloatField()
    confidence = models.FloatField()
    model_version = models.CharField(max_length=64)
    correction = models.ForeignKey(
        Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("set", "index")
        constraints = (
            models.UniqueConstraint(fields=("set", "index"), name="rep_index_once"),
            models.CheckConstraint(
                condition=Q(turn_ms__gte=F("start_ms"), end_ms__gte=F("turn_ms")),
                name="rep_turns_between_start_and_end",
            ),
        )

    def __str__(self) -> str:
        return f"rep {self.index + 1}"


class Attempt(models.Model):
    """A movement that did not qualify as a repetition, with the reason.

    rom_deg, needed_deg: how far the driving joint moved, and how far a repetition would have.
    correction: by which somebody says that it is a repetition all the same.
    """

    class Reason(models.TextChoices):
        INCOMPLETE = "incomplete"
        TOO_SMALL = "too_small"
        TOO_FAST = "too_fast"
        NOT_VISIBLE = "not_visible"

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="attempts")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    rom_deg = models.FloatField(null=True, blank=True)
    needed_deg = models.FloatField(null=True, blank=True)
    model_version = models.CharField(max_length=64)
    correction = models.ForeignKey(
        Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("set", "start_ms")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_ms__gte=F("start_ms")), name="attempt_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} at {self.start_ms} ms"


class Finding(models.Model):
    """A fault of form as `models.form` measured it. rep: None when it is of no single one."""

    class Unit(models.TextChoices):
        DEG = "deg"
        S = "s"
        RATIO = "ratio"

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="findings")
    rep = models.ForeignKey(
        Rep, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    fault = models.CharField(max_length=32)
    joint = models.CharField(max_length=32, blank=True)
    phase = models.CharField(max_length=16, blank=True)
    measured = models.FloatField()
    limit = models.FloatField()
    unit = models.CharField(max_length=5, choices=Unit.choices)
    severity = models.FloatField(help_text="0 barely … 1 far beyond the limit.")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    model_version = models.CharField(max_length=64)

    class Meta:
        ordering = ("set", "start_ms", "fault", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_ms__gte=F("start_ms")), name="finding_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=0, severity__lte=1), name="finding_severity_is_a_share"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fault} at {self.start_ms} ms"
