"""From class logits at several rates to one answer, "unknown" and "nobody exercised" included."""

from typing import Final

import numpy as np

from models.dataset import REST
from models.results import UNKNOWN
from models.tempo import Reading

HOLD: Final = "plank"
_MIN_CONFIDENCE: Final = 0.2
_MIN_HOLD_S: Final = 2.0


def probabilities(readings: list[Reading], classes: tuple[str, ...]) -> dict[str, float]:
    """Class probabilities: every reading has one vote, whatever its rate."""
    logits = np.mean([reading.logits for reading in readings], axis=0)
    odds = np.exp(logits - logits.max())
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
