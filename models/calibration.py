"""Confidence that means what it says: of answers at .8, eight of ten are right.

A raw confidence orders answers but is no probability. Two numbers, fitted on people whom the
network has not seen, turn one into the other (Platt, Probabilities for SV machines, 2000).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

BINS: Final = 10
_EDGE: Final = 1e-3  # as sure as any answer may be
_STEPS: Final = 30
_DRAWS: Final = 200
_PRIOR: Final = 0.5  # weight of the belief, in answers, that raw confidences are right


@dataclass(frozen=True, slots=True)
class Platt:
    """From a raw confidence to the probability of being right, both in [0, 1]; as is by default."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, confidence: float) -> float:
        if self == _AS_IS:
            return confidence
        return float(self.apply(np.array([confidence]))[0])

    def apply(self, confidence: Doubles) -> Doubles:
        """(N,) of (N,)."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * _log_odds(confidence) + self.offset))))


_AS_IS: Final = Platt()


@dataclass(frozen=True, slots=True)
class Calibration:
    """recognition: of the exercise's name. repetition: that a counted one was one."""

    recognition: Platt = _AS_IS
    repetition: Platt = _AS_IS

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Calibration":
        """From the card's facts; raw confidences where nothing was measured.

        Raises KeyError, TypeError or ValueError for facts that are not two numbers each.
        """
        return cls(
            **{
                name: Platt(float(facts[name]["slope"]), float(facts[name]["offset"]))
                for name in ("recognition", "repetition")
                if name in facts
            }
        )

    def facts(self) -> dict[str, dict[str, float]]:
        """What `of` reads."""
        return asdict(self)


AS_IS: Final = Calibration()


def fit(confidence: Doubles, right: NDArray[np.bool_]) -> Platt:
    """The most likely slope and offset, by Newton's method; as is where there is nothing to learn.

    A weak prior keeps them finite where all answers are right.
    """
    if not len(confidence):
        return _AS_IS
    x = np.stack([_log_odds(confidence), np.ones(len(confidence))], axis=1)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - right) + _PRIOR * (weights - start)
        curve = (x * (p * (1 - p))[:, None]).T @ x + _PRIOR * np.eye(2)
        weights = weights - np.linalg.solve(curve, slope)
    return Platt(float(weights[0]), float(weights[1]))


def cross_fitted(confidence: Doubles, right: NDArray[np.bool_], folds: list[str]) -> Doubles:
    """(N,) calibrated, each fold by what was fitted on the others."""
    fold = np.array(folds)
    found = confidence.copy()
    for one in set(folds):
        found[fold == one] = fit(confidence[fold != one], right[fold != one]).apply(
            confidence[fold == one]
        )
    return found


def ece(confidence: Doubles, right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error: mean of |said - true| over equal bins, weighted by answers."""
    groups = reliability(confidence, right, bins)
    apart = [n * abs(said - true) for n, said, true in groups]
    return float(sum(apart) / max(len(confidence), 1))


def ece_by_chance(confidence: Doubles) -> float:
    """The error that this many answers show on average if each confidence is true."""
    rng = np.random.default_rng(0)
    draws = [rng.random(len(confidence)) < confidence for _ in range(_DRAWS)]
    return float(np.mean([ece(confidence, right) for right in draws]))


def reliability(
    confidence: Doubles, right: NDArray[np.bool_], bins: int = BINS
) -> list[tuple[int, float, float]]:
    """Of each bin that has any: answers, mean confidence, share that was right."""
    place = np.clip((confidence * bins).astype(int), 0, bins - 1)
    return [
        (int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
        for inside in (place == one for one in range(bins))
        if inside.any()
    ]


def _log_odds(confidence: Doubles) -> Doubles:
    p = np.clip(confidence, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(p / (1 - p)))
