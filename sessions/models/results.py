from django.db import models
from django.db.models import F, Q

from sessions.models.sets import WorkoutSet


class Rep(models.Model):
    """One whole repetition. Times are ms since the set started."""

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="reps")
    index = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    turn_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    rom_deg = models.FloatField(null=True, blank=True)
    down_s = models.FloatField()
    pause_s = models.FloatField()
    up_s = models.FloatField()
    confidence = models.FloatField()
    model_version = models.CharField(max_length=64)

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
    """A movement that did not qualify as a repetition, with the reason."""

    class Reason(models.TextChoices):
        INCOMPLETE = "incomplete"
        TOO_SMALL = "too_small"
        TOO_FAST = "too_fast"
        NOT_VISIBLE = "not_visible"

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="attempts")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    model_version = models.CharField(max_length=64)

    class Meta:
        ordering = ("set", "start_ms")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_ms__gte=F("start_ms")), name="attempt_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} at {self.start_ms} ms"
