from django.conf import settings
from django.db import models

from sessions.models.catalogue import Exercise


class TrendDay(models.Model):
    """Figures of one athlete, exercise, local day and model version; made by `sessions.trends`.

    All after corrections. rom_left_deg, rom_right_deg: usual range of each side, where both were
    seen. fatigue_speed, fatigue_rom: share lost within a usual set. travel_deg: the ranges of all
    repetitions added up. load_effort: perceived effort times minutes, where effort was given.
    one_rm_kg: the best estimate of the day.
    """

    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trend_days"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    model_version = models.CharField(max_length=64)
    sets = models.PositiveIntegerField()
    reps = models.PositiveIntegerField()
    attempts = models.PositiveIntegerField()
    active_s = models.FloatField()
    hold_s = models.FloatField(null=True, blank=True)
    rom_deg = models.FloatField(null=True, blank=True)
    tempo_s = models.FloatField(null=True, blank=True)
    reps_per_min = models.FloatField(null=True, blank=True)
    rom_left_deg = models.FloatField(null=True, blank=True)
    rom_right_deg = models.FloatField(null=True, blank=True)
    fatigue_speed = models.FloatField(null=True, blank=True)
    fatigue_rom = models.FloatField(null=True, blank=True)
    travel_deg = models.FloatField(null=True, blank=True)
    load_effort = models.FloatField(null=True, blank=True)
    one_rm_kg = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("athlete", "exercise", "day", "model_version")
        constraints = (
            models.UniqueConstraint(
                fields=("athlete", "exercise", "day", "model_version"), name="trend_day_once"
            ),
        )
        indexes = (models.Index(fields=("athlete", "day"), name="trend_athlete_day"),)

    def __str__(self) -> str:
        return f"{self.athlete}, {self.exercise}, {self.day}"
