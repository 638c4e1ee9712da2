"""Repetitions of recordings that only say which exercise they show, read off one distance.

Where the exercise is known, so is the part of the body that makes it, and that part's distance runs
from one end to the other and back: no network is asked. What cannot be read with certainty (a
repetition cut off by the clip's edge, one of another size) stays unlabelled. For training alone.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.skeleton import KEYPOINTS

Doubles = NDArray[np.float64]
Measure = Literal["arm", "leg", "trunk"]

_MEASURES: Final[dict[str, Measure]] = {
    **dict.fromkeys(("push_up", "bench_press", "pull_up"), "arm"),
    "squat": "leg",
    "deadlift": "trunk",
}
_STARTS_LOW: Final = frozenset({"deadlift"})  # from the floor, all others from the long end
_SMOOTH_S: Final = 0.15
_TURN: Final = 0.4  # of the range that the distance must come back for a turning point
_LEFT: Final = 0.15  # of the way that is still the resting end
_MIN_RANGE: Final = 0.15  # of the full length; less is noise
_USUAL: Final = (0.55, 1.6)  # times the median size of a repetition
_RESTLESS: Final = 2.0  # times the way that its repetitions need; more is an estimator's guessing
_REST_S: Final = 1.0  # at the resting end between two repetitions makes it a pause


@dataclass(frozen=True, slots=True)
class RepLabels:
    """bounds: start and end of each repetition, in frames. known: (T,) where to trust them."""

    bounds: tuple[tuple[int, int], ...]
    known: NDArray[np.bool_]


def read_off(poses: NDArray[np.floating], fps: float, exercise: str) -> RepLabels | None:
    """Labels of poses (T, 17, 3) in units that are alike on both axes; None where none can be read.

    A turning point is confirmed once the distance has come back by `_TURN` of its range (a zigzag).
    """
    if exercise not in _MEASURES or len(poses) < fps:
        return None
    length = _smooth(_distance(poses.astype(np.float64), _MEASURES[exercise]), fps)
    low, high = np.percentile(length, (3, 97))
    if high - low < _MIN_RANGE:
        return None
    way = (high - length) / (high - low)  # 0 at the long end, 1 at the short one
    if exercise in _STARTS_LOW:
        way = 1 - way
    return _labels(way, _far_ends(way), fps)


def _distance(poses: Doubles, measure: Measure) -> Doubles:
    """(T,) length of the moving part relative to its full length."""
    if measure == "arm":
        return _sides(poses, "shoulder", "elbow", "wrist")
    top, bottom = ("hip", "ankle") if measure == "leg" else ("shoulder", "hip")
    rise = _middle(poses, bottom)[:, 1] - _middle(poses, top)[:, 1]
    return np.asarray(rise / max(float(np.percentile(np.abs(rise), 95)), 1e-6))


def _sides(poses: Doubles, *names: str) -> Doubles:
    """(T,) straightness of a limb, 1 stretched, of both sides by their scores."""
    parts, weights = [], []
    for side in ("left", "right"):
        a, b, c = (poses[:, KEYPOINTS.index(f"{side}_{name}")] for name in names)
        upper, lower = (
            np.linalg.norm((a - b)[:, :2], axis=1),
            np.linalg.norm((b - c)[:, :2], axis=1),
        )
        full = np.percentile(upper, 90) + np.percentile(lower, 90)
        parts.append(np.linalg.norm((a - c)[:, :2], axis=1) / max(float(full), 1e-6))
        weights.append(np.minimum(np.minimum(a[:, 2], b[:, 2]), c[:, 2]).mean() ** 2 + 1e-3)
    return np.asarray(np.average(parts, axis=0, weights=weights))


def _apart(a: Doubles, b: Doubles) -> Doubles:
    return np.asarray(np.linalg.norm((a - b)[:, :2], axis=1))


def _middle(poses: Doubles, name: str) -> Doubles:
    """(T, 2): the mean of left and right, by their scores."""
    sides = np.stack([poses[:, KEYPOINTS.index(f"{side}_{name}")] for side in ("left", "right")])
    weight = sides[:, :, 2:] ** 2 + 1e-3
    return np.asarray((sides[:, :, :2] * weight).sum(axis=0) / weight.sum(axis=0))


def _smooth(values: Doubles, fps: float) -> Doubles:
    reach = max(1, round(_SMOOTH_S * fps / 2))
    padded = np.pad(values, 2 * reach, mode="edge")
    shifted = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    median = np.median(shifted, axis=1)
    return np.convolve(median, np.full(2 * reach + 1, 1 / (2 * reach + 1)), mode="valid")


def _far_ends(way: Doubles) -> list[int]:
    """Frames of the turning points away from rest."""
    peaks: list[int] = []
    best, rising = 0, way[0] < 0.5
    for t, value in enumerate(way):
        if (value > way[best]) == rising and value != way[best]:
            best = t
        elif abs(value - way[best]) > _TURN:
            if rising:
                peaks.append(best)
            best, rising = t, not rising
    return peaks


def _labels(way: Doubles, peaks: list[int], fps: float) -> RepLabels | None:
    """Every far end between two resting ends is a repetition."""
    bounds: list[tuple[int, int]] = []
    unsure: list[tuple[int, int]] = []
    for peak in peaks:
        start = _departure(way, peak, -1)
        end = _departure(way, peak, 1)
        whole = way[start] < 2 * _LEFT and way[end] < 2 * _LEFT
        (bounds if whole else unsure).append((start, end))
    if not bounds or np.abs(np.diff(way)).sum() > _RESTLESS * (2 * len(bounds) + 1):
        return None
    depth = {b: float(way[b[0] : b[1] + 1].max()) for b in bounds}
    usual = float(np.median(list(depth.values())))
    spans = float(np.median([b - a for a, b in bounds]))
    odd = [
        b
        for b in bounds
        if not _USUAL[0] < depth[b] / usual < _USUAL[1] or not 0.4 < (b[1] - b[0]) / spans < 2.5
    ]
    known = np.ones(len(way), bool)
    for start, end in [*unsure, *odd]:
        known[start : end + 1] = False
    # Whatever began before the first frame or goes on after the last.
    if way[0] > 2 * _LEFT:
        known[: bounds[0][0]] = False
    if way[-1] > 2 * _LEFT:
        known[bounds[-1][1] :] = False
    return RepLabels(_joined([b for b in bounds if b not in odd], fps), known)


def _departure(way: Doubles, peak: int, step: int) -> int:
    """The frame next to `peak`, in this direction, at which the resting end is reached."""
    t, best = peak, peak
    while 0 <= t + step < len(way):
        t += step
        if way[t] < way[best]:
            best = t
        if way[t] < _LEFT:
            return t
        if way[t] > way[best] + _TURN:
            return best
    return best if way[best] < 2 * _LEFT else t


def _joined(bounds: list[tuple[int, int]], fps: float) -> tuple[tuple[int, int], ...]:
    """Neighbours with only a moment between them meet in its middle."""
    joined = sorted(bounds)
    for i in range(len(joined) - 1):
        (a, b), (c, d) = joined[i], joined[i + 1]
        if 0 <= c - b < _REST_S * fps:
            middle = (b + c) // 2
            joined[i], joined[i + 1] = (a, middle), (middle, d)
    return tuple(joined)
