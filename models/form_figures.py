"""Films of synthetic people who do an exercise in a given manner, with what is true of them.

Everybody has a body, a camera and a way of moving of their own; the keypoints are as PoseNet would
find them, or exact.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from models import body, estimator_noise
from models.body import FACE, GAIT, HANG, Camera, Doubles, P
from models.faults import View
from models.film import LYING
from models.form_changes import change_for
from models.form_manners import HOLD, Manner, good
from models.results import Rep, Tempo
from models.sequence import Sequence
from models.skeleton import KEYPOINTS
from models.stance import mirrored

_ASPECTS: Final = (16 / 9, 9 / 16, 4 / 3, 3 / 4)
_FPS: Final = (10.0, 30.0)
_YAW: Final[dict[View, tuple[float, float]]] = {
    "profile": (0, 15),
    "side": (0, 45),
    "front": (65, 90),
    "any": (0, 90),
}
_OWN: Final = 2.0  # degrees, by which everybody's postures differ
_OWN_COLUMNS: Final = np.array([c not in (FACE, GAIT, HANG) for c in range(P)])
_UNSTEADY: Final = 0.04  # of the logarithm of durations
_LATE: Final = 0.15  # of a repetition, see `reps`
_SLACK: Final = 0.08  # of a repetition, by which its span is off
_SIDES: Final = ("left", "right")


@dataclass(frozen=True, slots=True)
class Clip:
    """sequence, and reps as the discriminator would find them. guilty: which of them show the
    fault. yaw_deg: 0 from the side. true_points: (T, 17, 3) in space, in statures."""

    sequence: Sequence
    reps: tuple[Rep, ...]
    guilty: frozenset[int]
    yaw_deg: float
    true_points: Doubles


def clip(
    slug: str, fault: str | None, view: View, rng: np.random.Generator, noisy: bool = True
) -> Clip:
    """A set of this exercise with this fault, or without any, seen from somewhere in this view."""
    manner = good(slug, rng)
    if fault is not None:
        manner = change_for(slug, fault)(manner, rng)
    fps = float(rng.uniform(*_FPS))
    postures, spans = _course(manner, fps, rng)
    yaw = float(rng.uniform(*_YAW[view]))
    sizes = body.sizes(rng)
    points = body.project(postures, _camera(yaw, rng), sizes, grounded=True)
    sequence = _shot(points, slug, fps, rng, noisy)
    reps = () if slug == HOLD else _found(spans, fps, rng)
    return Clip(sequence, reps, _guilty(manner, fault), yaw, body.joints(postures, sizes))


def _guilty(manner: Manner, fault: str | None) -> frozenset[int]:
    if fault is None:
        return frozenset()
    depths = manner.depths
    short = fault == "short_range"
    return frozenset(i for i, depth in enumerate(depths) if not short or depth < 1)


def _course(
    manner: Manner, fps: float, rng: np.random.Generator
) -> tuple[Doubles, list[tuple[float, float]]]:
    """(T, P) postures, and first and last frame of each repetition."""
    own = rng.normal(0, _OWN, P) * _OWN_COLUMNS
    hers = rng.normal(0, _OWN, P) * _OWN_COLUMNS
    start, turn = manner.start + own, manner.turn + own + hers
    if rng.random() < 0.5:
        start, turn = mirrored(start), mirrored(turn)
    turns = (turn, mirrored(turn)) if manner.changing else (turn, turn)
    times, keys, spans = [0.0], [start], []
    for i, depth in enumerate(manner.depths):
        pace = manner.paces[i % len(manner.paces)] * float(np.exp(rng.normal(0, _UNSTEADY)))
        end = start + min(1.0, depth * float(rng.uniform(0.97, 1.03))) * (turns[i % 2] - start)
        begin = times[-1]
        for seconds, key in (
            (manner.out_s, end),
            (0.15, end),
            (manner.back_s, start),
            (0.15, start),
        ):
            times.append(times[-1] + seconds * pace)
            keys.append(key)
        spans.append((begin, times[-1]))
    at = np.arange(0, times[-1], 1 / fps)
    return _eased(np.array(times), np.stack(keys), at), spans


def _eased(times: Doubles, keys: Doubles, at: Doubles) -> Doubles:
    """(T, P) slow near the keys, as limbs move."""
    left = np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(times) - 2)
    gone = (1 - np.cos(np.pi * (at - times[left]) / np.diff(times)[left])) / 2
    return np.asarray(keys[left] + gone[:, None] * (keys[left + 1] - keys[left]))


def _camera(yaw: float, rng: np.random.Generator) -> Camera:
    turn = (90 + yaw * (1 if rng.random() < 0.5 else -1)) * (1 if rng.random() < 0.5 else -1)
    tilt, roll = rng.normal((-4, 0), (4, 2))
    return Camera(turn, 0.0, float(tilt), float(roll), float(np.exp(rng.uniform(0.7, 2.1))))


def _shot(
    points: Doubles, slug: str, fps: float, rng: np.random.Generator, noisy: bool
) -> Sequence:
    """The body somewhere in a picture, as PoseNet finds it, or exactly."""
    aspect = float(_ASPECTS[int(rng.integers(len(_ASPECTS)))])
    low, high = points.min((0, 1)), points.max((0, 1))
    scale = 0.8 * min(aspect / (high - low)[0], 1 / (high - low)[1])
    placed = np.array([aspect, 1]) / 2 + scale * (points - (low + high) / 2)
    score = np.full(placed.shape[:2], 0.95)
    if noisy:
        level = max(estimator_noise.level(rng, slug in LYING, turned=True), 0.0)
        placed, score = estimator_noise.seen(placed, _trunk(placed), level, fps, rng)
    poses = np.concatenate([placed / [aspect, 1], score[:, :, None]], axis=2)
    return Sequence.at_fps(np.clip(poses, 0, 1), fps, aspect)


def _trunk(points: Doubles) -> float:
    shoulders, hips = (
        points[:, [KEYPOINTS.index(f"{side}_{joint}") for side in _SIDES]].mean(axis=1)
        for joint in ("shoulder", "hip")
    )
    return float(np.quantile(np.hypot(*(shoulders - hips).T), 0.8))


def _found(
    spans: list[tuple[float, float]], fps: float, rng: np.random.Generator
) -> tuple[Rep, ...]:
    """Spans as the discriminator finds them: a little off, and later than the movement."""
    reps = []
    for begin, end in spans:
        off = (end - begin) * rng.normal(_LATE, _SLACK, 2)
        first, last = 1000 * (np.array([begin, end]) + off)
        start_ms = max(0, round(first))
        end_ms = max(start_ms + round(1000 / fps), round(last))
        reps.append(Rep(start_ms, (start_ms + end_ms) // 2, end_ms, 1.0, None, Tempo(1, 0, 1)))
    return tuple(reps)
