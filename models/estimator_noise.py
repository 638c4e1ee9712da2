"""PoseNet's errors on real films: how sure it is of a keypoint, and how far off it then is.

The logit of a score wanders, as a first-order autoregression, about a level of the film plus what
is usual for the keypoint. The size of the error follows the score: a part of it stays for the whole
film, a part wanders, and now and then the keypoint is found somewhere else altogether, often where
its mirror image is. `estimator_fit` finds the numbers, on people who lie. Of people who stand, only
scores were taken (eight recorded clips), and their legs are as well found as their elbows: checked
against a better estimator, not fitted. Lengths are in trunk lengths.
"""

import json
from dataclasses import dataclass
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
_UPRIGHT_LEVEL: Final = (2.3, 1.1)  # mean and deviation over films, of the logit of the score
_TURNED_LEVEL: Final = (0.6, 1.0)  # of pictures turned so that a lying body stands
_UPRIGHT_SCORE: Final = (0.0, -0.8, -1.5, 1.35, 0.2, -0.6, 1.7, 0.4, -0.7)  # of GROUPS, beside it
_FOUND_LIKE: Final = {"hip": "elbow", "knee": "elbow", "ankle": "elbow"}  # where people stand
_BLOCK: Final = 128  # frames whose noise is made at once
_BOX: Final = 4.0  # trunk lengths: nothing is found farther off than the picture is wide
_MIRROR: Final = np.array(MIRROR)
_SWAPPED: Final = 0.2  # of the keypoints that go elsewhere go to their mirror image
_PROBIT: Final = 1.702  # a logistic as steep as this is nearly the normal distribution


def logit(share: Any) -> Any:
    """Of shares kept off 0 and 1, where PoseNet's scores carry no more meaning."""
    kept = np.clip(share, 0.005, 0.995)
    return np.log(kept / (1 - kept))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Of each keypoint (17,), or offset and slope over the logit of the score (2, 17)."""

    score: Doubles
    place: Doubles
    wave: Doubles
    kept: Doubles
    spread: Doubles
    far: Doubles
    away: Doubles


def _numbers(lying: bool) -> _Numbers:
    groups = _FITTED["groups"]
    like = {group: group if lying else _FOUND_LIKE.get(group, group) for group in GROUPS}

    def values(name: str, of: dict[str, str]) -> Doubles:
        found = np.array([groups[of[group]][name] for group in GROUPS], float)
        return np.asarray(found[GROUP_OF].T)

    own = {group: group for group in GROUPS}
    standing = np.array(_UPRIGHT_SCORE)[GROUP_OF]
    return _Numbers(
        values("score", own) if lying else standing,
        values("score_place", own),
        values("score_wave", own),
        *(values(name, like) for name in ("kept", "spread", "far", "far_away")),
    )


_LYING, _UPRIGHT = (_numbers(lying) for lying in (True, False))
MEMORY: Final = float(np.mean([group["memory"] for group in _FITTED["groups"].values()]))
_SCORE_MEMORY: Final = float(_FITTED["score_memory"])


def level(rng: np.random.Generator, lying: bool, turned: bool = False) -> float:
    """How sure the estimator is on the whole of one film (a logit): less of bodies that lie.

    turned: the picture was turned for it, so that the body stands.
    """
    if lying and not turned:
        return float(rng.normal(*_FITTED["level"]))
    return float(rng.normal(*(_TURNED_LEVEL if lying else _UPRIGHT_LEVEL)))


def seen(
    points: NDArray[np.floating],
    trunk: float,
    film_level: float | Doubles,
    rate_hz: float,
    rng: np.random.Generator,
    lying: bool = False,
) -> tuple[Doubles, Doubles]:
    """Points (T, 17, 2) as PoseNet finds them, and its scores (T, 17).

    trunk: length in the unit of the points. film_level: of all keypoints, or of each (17,).
    rate_hz: frames a second. lying: before PoseNet, which knows upright people best.
    """
    of, count = _LYING if lying else _UPRIGHT, len(points)
    noise = rng.normal(size=(count, 3, K)).astype(np.float32)
    surest = film_level + of.score + of.place * rng.normal(size=K)
    wander = _wander(noise[:, 0], _SCORE_MEMORY ** (FPS / rate_hz))
    sure = surest + of.wave * wander
    stays = rng.normal(size=(K, 2)) * np.exp(of.kept[0] + of.kept[1] * surest)[:, None]
    blurred = _wander(noise[:, 1:].reshape(count, -1), MEMORY ** (FPS / rate_hz))
    blur = blurred.reshape(count, 2, K).transpose(0, 2, 1)
    spread = np.exp(of.spread[0] + of.spread[1] * sure)
    near = points + np.clip(stays + spread[:, :, None] * blur, -_BOX, _BOX) * trunk
    # Where a keypoint goes, and when: the unsurer, the likelier.
    lured = _PROBIT * (0.6 * rng.normal(size=K) + 0.8 * wander[:, _OTHER])
    elsewhere = lured < of.far[0] + of.far[1] * sure
    shift = rng.normal(size=(K, 2)) + 0.2 * blur
    away = points + shift * (of.away[:, None] / 1.177 * trunk)
    swapped = rng.random(K) < _SWAPPED
    away[:, swapped] = points[:, _MIRROR[swapped]]
    return np.where(elsewhere[:, :, None], away, near), 1 / (1 + np.exp(-sure))


# Another keypoint's wandering serves as a draw of its own: it is independent, and costs nothing.
_OTHER: Final = (np.arange(K) + 7) % K


def _wander(white: NDArray[np.float32], kept: float) -> NDArray[np.float32]:
    """(T, D) noise of unit size that keeps this share from frame to frame, out of white noise."""
    kept = min(0.99, round(kept, 2))
    blocks, powers = _recursion(kept)
    drawn = np.sqrt(1 - kept**2) * white
    drawn[0] = white[0]
    noise: NDArray[np.float32] = np.empty_like(drawn)
    for begin in range(0, len(drawn), _BLOCK):
        part = drawn[begin : begin + _BLOCK]
        now = blocks[: len(part), : len(part)] @ part
        noise[begin : begin + _BLOCK] = now
        if begin:
            noise[begin : begin + _BLOCK] += powers[: len(part), None] * noise[begin - 1]
    return noise


@lru_cache(maxsize=128)
def _recursion(kept: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a block of frames is of its own white noise, and of the last frame before it."""
    gap = np.arange(_BLOCK)[:, None] - np.arange(_BLOCK)
    own = np.where(gap >= 0, kept ** np.maximum(gap, 0), 0)
    return own.astype(np.float32), (kept ** np.arange(1, _BLOCK + 1)).astype(np.float32)
