"""What one exercise of one day asks for; the same columns in a programme and in a plan."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import Exercise

MAX_REPS: Final = 200
MAX_HOLD_S: Final = 1800
MAX_LOAD_KG: Final = 500
TEMPO: Final = r"^\d{1,2}-\d{1,2}-\d{1,2}$"
FIGURES: Final = (
    "position", "exercise_id", "sets", "reps", "hold_s", "rest_s", "tempo", "load_kg", "rom_deg",
    "rule", "ceiling",
)  # fmt: skip


class Rule(models.TextChoices):
    """How the next time differs from the last one; `coach.progression` works it out."""

    NONE = "none", "The same every time"
    ADD_REP = "add_rep", "One repetition more when all sets were done"
    ADD_HOLD = "add_hold", "Five seconds more when all holds were done"
    ADD_LOAD = "add_load", "2.5 kg more when all sets were done and felt like 8 or less"
    DOUBLE = "double", "Repetitions up to the ceiling, then 2.5 kg more and fewer repetitions"


def _between(low: float, high: float) -> tuple[MinValueValidator, MaxValueValidator]:
    return MinValueValidator(low), MaxValueValidator(high)


class Asked(models.Model):
    """reps or hold_s, never both; both empty: as many as go.

    tempo: seconds down, paused and up, as "3-1-1". ceiling: reps, s or kg where the rule stops.
    """

    position = models.PositiveSmallIntegerField()
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField(validators=_between(1, 20))
    reps = models.PositiveSmallIntegerField(null=True, blank=True, validators=_between(1, MAX_REPS))
    hold_s = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(1, MAX_HOLD_S)
    )
    rest_s = models.PositiveSmallIntegerField(default=60, validators=_between(0, 900))
    tempo = models.CharField(
        max_length=8,
        blank=True,
        validators=[RegexValidator(TEMPO, "Write the tempo as 3-1-1: seconds down, paused, up.")],
    )
    load_kg = models.FloatField(null=True, blank=True, validators=_between(0, MAX_LOAD_KG))
    rom_deg = models.FloatField(null=True, blank=True, validators=_between(5, 180))
    rule = models.CharField(max_length=8, choices=Rule.choices, default=Rule.NONE)
    ceiling = models.FloatField(null=True, blank=True, validators=_between(1, MAX_HOLD_S))

    class Meta:
        abstract = True

    def clean(self) -> None:
        is_hold = self.exercise.kind == Exercise.Kind.HOLD
        if is_hold and self.reps is not None:
            raise ValidationError({"reps": _("This exercise is held: give hold_s, not reps.")})
        if not is_hold and self.hold_s is not None:
            raise ValidationError({"hold_s": _("This exercise is counted: give reps, not hold_s.")})
        self._clean_rule()

    def _clean_rule(self) -> None:
        """Raises ValidationError unless the rule finds the figures that it moves."""
        if self.rule == Rule.ADD_HOLD and self.hold_s is None:
            raise ValidationError({"rule": _("Five seconds more need a hold_s to start from.")})
        if self.rule in {Rule.ADD_REP, Rule.ADD_LOAD, Rule.DOUBLE} and self.reps is None:
            raise ValidationError({"rule": _("This rule needs reps to start from.")})
        if self.rule in {Rule.ADD_LOAD, Rule.DOUBLE} and self.load_kg is None:
            raise ValidationError({"rule": _("More weight needs a load_kg to start from.")})
        if self.rule == Rule.DOUBLE and (self.ceiling is None or self.ceiling <= (self.reps or 0)):
            raise ValidationError({"ceiling": _("Give the repetitions to reach, more than reps.")})
