"""PoseNet's errors on real films: how sure it is of a keypoint, and how far off it then is.

The logit of a score wanders, as a first-order autoregression, about a level of the film plus what
is usual for the keypoint. The size of the error follows the score: a part of it stays for the whole
film, a part wanders, and now and then the keypoint is found somewhere else altogether, often where
its mirror image is. `estimator_fit` finds the numbers; lengths are in trunk lengths, rates in
frames of 1/12 s.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.skeleton import KEYPOINTS, MIRROR, K

Doubles = NDArray[np.float64]

GROUPS: Final = ("nose", "eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
GROUP_OF: Final = np.array([GROUPS.index(name.rsplit("_", 1)[-1]) for name in KEYPOINTS])
FPS: Final = 12.0  # of the films that the numbers are from
_FITTED: Final = json.loads(
    Path(__file__).with_name("weights").joinpath("posenet_noise.json").read_text()
)
_BOX: Final = 4.0  # trunk lengths: nothing is found farther off than the picture is wide
_MIRROR: Final = np.array(MIRROR)
_SWAPPED: Final = 0.2  # of the keypoints that go elsewhere go to their mirror image
_PROBIT: Final = 1.702  # a logistic as steep as this is nearly the normal distribution


def logit(share: Any) -> Any:
    """Of shares kept off 0 and 1, where PoseNet's scores carry no more meaning."""
    kept = np.clip(share, 0.005, 0.995)
    return np.log(kept / (1 - kept))


def _per_keypoint(name: str) -> Doubles:
    values = np.array([_FITTED["groups"][group][name] for group in GROUPS], float)
    return np.asarray(values[GROUP_OF])


_SCORE, _PLACE, _WAVE = (_per_keypoint(name) for name in ("score", "score_place", "score_wave"))
_KEPT, _SPREAD, _FAR = (_per_keypoint(name).T for name in ("kept", "spread", "far"))
_AWAY: Final = _per_keypoint("far_away")
_MEMORY: Final = float(np.mean(_per_keypoint("memory")))
_SCORE_MEMORY: Final = float(_FITTED["score_memory"])


def level(rng: np.random.Generator, lying: bool) -> float:
    """How sure the estimator is on the whole of one film (a logit): less of bodies that lie."""
    return float(rng.normal(*_FITTED["level" if lying else "upright_level"]))


def seen(
    points: NDArray[np.floating],
    trunk: float,
    film_level: float,
    rate_hz: float,
    rng: np.random.Generator,
) -> tuple[Doubles, Doubles]:
    """Points (T, 17, 2) as PoseNet finds them, and its scores (T, 17).

    trunk: length in the unit of the points. rate_hz: frames a second.
    """
    count = len(points)
    noise = rng.normal(size=(count, 3, K)).astype(np.float32)
    surest = film_level + _SCORE + _PLACE * rng.normal(size=K)
    wander = _memory(count, _SCORE_MEMORY ** (FPS / rate_hz)) @ noise[:, 0]
    sure = surest + _WAVE * wander
    stays = rng.normal(size=(K, 2)) * np.exp(_KEPT[0] + _KEPT[1] * surest)[:, None]
    blurred = _memory(count, _MEMORY ** (FPS / rate_hz)) @ noise[:, 1:].reshape(count, -1)
    spread = np.exp(_SPREAD[0] + _SPREAD[1] * sure)
    blur = blurred.reshape(count, 2, K).transpose(0, 2, 1)
    near = points + np.clip(stays + spread[:, :, None] * blur, -_BOX, _BOX) * trunk
    # Where a keypoint goes, and when: the unsurer, the likelier. The scores' own wandering decides.
    lured = _PROBIT * (0.6 * rng.normal(size=K) + 0.8 * wander[:, _OTHER])
    elsewhere = lured < _FAR[0] + _FAR[1] * sure
    shift = rng.normal(size=(K, 2)) + 0.2 * blur
    away = points + shift * (_AWAY[:, None] / 1.177 * trunk)
    swapped = rng.random(K) < _SWAPPED
    away[:, swapped] = points[:, _MIRROR[swapped]]
    return np.where(elsewhere[:, :, None], away, near), 1 / (1 + np.exp(-sure))


# Another keypoint's wandering, as if drawn anew: it is independent, and costs nothing.
_OTHER: Final = (np.arange(K) + 7) % K


@lru_cache(maxsize=64)
def _memory_of(count: int, hundredths: int) -> NDArray[np.float32]:
    kept = hundredths / 100
    gap = np.arange(count)[:, None] - np.arange(count)
    weights = np.where(gap >= 0, kept ** np.maximum(gap, 0), 0) * np.sqrt(1 - kept**2)
    weights[:, 0] /= np.sqrt(1 - kept**2)
    return np.asarray(weights, np.float32)


def _memory(count: int, kept: float) -> NDArray[np.float32]:
    """(T, T) that turns white noise into noise of unit size that keeps this share from frame to
    frame."""
    return _memory_of(count, min(97, max(0, round(100 * kept))))
