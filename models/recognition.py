"""From class logits at several rates to one answer, "unknown" and "nobody exercised" included."""

from typing import Final

import numpy as np

from models.dataset import REST
from models.results import UNKNOWN
from models.tempo import Reading

HOLD: Final = "plank"
_POSTURES: Final = 0.5  # weight of the postures of the whole set; the rest is the network's
_RARE: Final = ("pommel_horse",)  # at home; among recorded sets there are many
_RARELY: Final = 0.02
_MIN_CONFIDENCE: Final = 0.08
_MIN_HOLD_S: Final = 2.0
_LEAST: Final = 1e-4  # probability of what the postures rule out


def probabilities(
    readings: list[Reading],
    classes: tuple[str, ...],
    postures: dict[str, float],
    filmed: bool = False,
) -> dict[str, float]:
    """Class probabilities: a weighted geometric mean of what the network says and of `postures`.

    Every reading has one vote, whatever its rate. The network follows the movement for seconds,
    the postures tell what the whole set looked like: they err on different sets. filmed: by the
    athlete's own camera, before which some exercises are rare.
    """
    logits = np.mean([reading.logits for reading in readings], axis=0)
    own = logits - np.log(np.exp(logits - logits.max()).sum()) - logits.max()
    others = np.log([max(postures.get(slug, 0.0), _LEAST) for slug in classes])
    mixed = _POSTURES * others + (1 - _POSTURES) * own
    if filmed:
        mixed = mixed + np.log([_RARELY if slug in _RARE else 1.0 for slug in classes])
    odds = np.exp(mixed - mixed.max())
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
