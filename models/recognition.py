"""From class logits at several rates to one answer, "unknown" and "nobody exercised" included."""

from typing import Final

import numpy as np

from models.dataset import REST
from models.results import UNKNOWN
from models.tempo import Reading

HOLD: Final = "plank"
LYING: Final = ("push_up", "bench_press", "mountain_climber", "plank")
UPRIGHT: Final = (
    *("squat", "pull_up", "lunge", "jumping_jack", "bicep_curl", "shoulder_press"),
    *("front_raise", "high_knees"),
)
_BENT: Final = ("deadlift",)  # upright with moments near the horizontal
_RARE: Final = ("pommel_horse",)  # before a camera; only recorded sets have many
_EITHER: Final = 0.5  # for exercises that are neither, as sit-ups
_DOUBT: Final = 0.1  # that the trunk was seen as it is
_MIN_CONFIDENCE: Final = 0.2
_MIN_HOLD_S: Final = 2.0


def probabilities(
    readings: list[Reading], classes: tuple[str, ...], level: float | None
) -> dict[str, float]:
    """Class probabilities: every reading has one vote, whatever its rate.

    level: share of the time in which the trunk was near the horizontal, None where the picture's
    aspect is unknown. The network sees bodies stretched to a square and cannot tell.
    """
    logits = np.mean([reading.logits for reading in readings], axis=0)
    odds = np.exp(logits - logits.max())
    if level is not None:
        fit = {**dict.fromkeys(LYING, level), **dict.fromkeys(UPRIGHT, 1 - level)}
        fit |= dict.fromkeys(_BENT, min(1.0, 4 * level) * (1 - level))
        fit |= dict.fromkeys(_RARE, 0.0)
        odds = odds * np.array([_DOUBT + fit.get(slug, _EITHER) for slug in classes])
    return dict(zip(classes, (odds / odds.sum()).tolist(), strict=True))


def likeliest(probabilities: dict[str, float]) -> str:
    """The exercise with the highest probability, rest, holds and unknown aside."""
    named = {slug: p for slug, p in probabilities.items() if slug not in (REST, UNKNOWN, HOLD)}
    return max(named, key=named.__getitem__)


def name(probabilities: dict[str, float], rep_count: int, held_s: float) -> str | None:
    """The exercise; None when nothing was counted and nothing was held."""
    if rep_count == 0:
        return HOLD if held_s >= _MIN_HOLD_S else None
    best = likeliest(probabilities)
    return best if probabilities[best] >= _MIN_CONFIDENCE else UNKNOWN
