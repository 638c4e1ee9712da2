"""From class logits at several rates to one answer, "unknown" and "nobody exercised" included."""

from typing import Final

import numpy as np

from models.dataset import REST
from models.results import UNKNOWN
from models.tempo import Reading

_MIN_CONFIDENCE: Final = 0.25


def probabilities(
    readings: list[Reading], best: Reading, classes: tuple[str, ...]
) -> dict[str, float]:
    """Class probabilities, readings near the best rate weighing most."""
    near = np.array([np.exp(-(np.log(r.rate_hz / best.rate_hz) ** 2)) for r in readings])
    logits = np.average([reading.logits for reading in readings], axis=0, weights=near)
    odds = np.exp(logits - logits.max())
    return dict(zip(classes, (odds / odds.sum()).tolist(), strict=True))


def likeliest(probabilities: dict[str, float]) -> str:
    """The exercise with the highest probability, rest and unknown aside."""
    named = {slug: p for slug, p in probabilities.items() if slug not in (REST, UNKNOWN)}
    return max(named, key=named.__getitem__)


def name(probabilities: dict[str, float], rep_count: int) -> str | None:
    """The exercise; None when nothing was counted and nothing was held."""
    best = likeliest(probabilities)
    if rep_count == 0:
        return best if best == "plank" and probabilities[best] > 0.5 else None
    return best if probabilities[best] >= _MIN_CONFIDENCE else UNKNOWN
