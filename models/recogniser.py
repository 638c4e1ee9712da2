"""Tells exercises apart by how all postures of a set are distributed.

A linear discriminant over the statistics of all postures in the set. The network that counts looks
at a few seconds at a time; what is told apart here shows in the whole set.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.features import Floats, Track
from models.posture_statistics import RATE_HZ, channels, sampled, statistics
from models.registry import WEIGHTS, RegistryError
from models.tempo import Reading

Doubles = NDArray[np.float64]

FILE: Final = "recognition.npz"
FAR: Final = 5.0  # spreads from the mean; farther is an estimator's error
_ACTIVE: Final = 0.5
_LEAST_ACTIVE_S: Final = 2.5
_ARRAYS: Final = ("mean", "spread", "weights", "bias", "temperature")


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """Classes by a linear function of statistics (D,).

    mean, spread: (D,) of what it was fitted to. weights (C, D) and bias (C,) give logits, which
    `temperature` makes probabilities.
    """

    classes: tuple[str, ...]
    mean: Doubles
    spread: Doubles
    weights: Doubles
    bias: Doubles
    temperature: float

    def logits(self, described: NDArray[np.floating]) -> Doubles:
        """(N, C) of statistics (N, D)."""
        standard = ((described - self.mean) / self.spread).clip(-FAR, FAR)
        return np.asarray(standard @ self.weights.T + self.bias, np.float64)

    def probabilities(self, described: NDArray[np.floating]) -> Doubles:
        """(N, C) of statistics (N, D)."""
        return softmax(self.logits(described) / self.temperature)


def softmax(logits: Doubles) -> Doubles:
    """(N, C) to (N, C)."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def save(recogniser: Recogniser, folder: Path) -> str:
    """Writes FILE; returns its sha256 for the card."""
    values = {name: np.float32(getattr(recogniser, name)) for name in _ARRAYS}
    stored: dict[str, Any] = {"classes": np.array(recogniser.classes), **values}
    np.savez_compressed(folder / FILE, **stored)
    return digest(folder)


def load(folder: Path = WEIGHTS, sha256: str | None = None) -> Recogniser:
    """Raises RegistryError where FILE is missing, unreadable or not the one of this checksum."""
    path = folder / FILE
    if not path.exists():
        raise RegistryError(f"{path}: the weights are missing; run make train")
    if sha256 is not None and digest(folder) != sha256:
        raise RegistryError(f"{path}: not the file that the card names; run make train")
    try:
        with np.load(path) as stored:
            arrays = {name: stored[name].astype(np.float64) for name in _ARRAYS}
            classes = tuple(str(slug) for slug in stored["classes"])
    except (OSError, ValueError, KeyError) as error:
        raise RegistryError(f"{path}: no readable weights ({error!r})") from error
    return Recogniser(
        classes,
        mean=arrays["mean"],
        spread=arrays["spread"],
        weights=arrays["weights"],
        bias=arrays["bias"],
        temperature=float(arrays["temperature"]),
    )


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()


def describe(source: Track, aspect: float | None, readings: list[Reading]) -> Floats:
    """(D,) statistics of the part of the set in which the network sees exercise."""
    poses, times = sampled(source, aspect)
    return statistics(channels(poses[_active(times, readings)], aspect is not None))


def probabilities(
    source: Track, aspect: float | None, readings: list[Reading], recogniser: Recogniser
) -> dict[str, float]:
    """Class probabilities.

    aspect: width / height of the picture, None where unknown. readings: what the network says of
    the set at several rates; its activity tells where to look.
    """
    described = describe(source, aspect, readings)
    found = recogniser.probabilities(described[None])[0]
    return dict(zip(recogniser.classes, found.tolist(), strict=True))


def _active(times: Doubles, readings: list[Reading]) -> NDArray[np.bool_]:
    """(N,) of these times: those with exercise, or the likeliest where there are too few."""
    shares = [
        np.interp(times, reading.times, 1 / (1 + np.exp(-reading.phases.activity)))
        for reading in readings
    ]
    activity = np.mean(shares, axis=0) if shares else np.ones(len(times))
    fewest = min(len(times), round(_LEAST_ACTIVE_S * RATE_HZ))
    return np.asarray(activity >= min(_ACTIVE, float(np.sort(activity)[-fewest])))
