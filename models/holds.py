"""Time held in a position: for exercises whose measure is seconds, not repetitions.

A plank is geometry, so no network is asked: a trunk near the horizontal over an arm that carries,
legs that lie behind rather than stand, and all of it at rest. Knees are not asked to be straight,
since estimators often lose them on bodies near the floor.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import MAX_GAP_MS, Floats, Track, lerp, trunk_slope_deg
from models.sequence import Sequence
from models.skeleton import KEYPOINTS

LEVEL_DEG: Final = 40.0  # of the trunk, from the horizontal
_CARRIED: Final = 0.2  # trunk lengths that the hands are below the shoulders, at least
_STANDING: Final = 0.8  # trunk lengths that the legs are below the hips, at most
_STILL: Final = 0.8  # trunk lengths a second; faster is moving, not holding
_SMOOTH_S: Final = 0.5


def held_s(sequence: Sequence, source: Track) -> float:
    """Seconds in which a plank was held, moments of bad sight bridged."""
    if len(sequence) < 2:
        return 0.0
    times = source.t_s[holding(source, sequence.aspect)]
    steps = np.diff(times)
    return round(float(steps[steps * 1000 <= MAX_GAP_MS].sum()), 2)


def holding(source: Track, aspect: float | None) -> NDArray[np.bool_]:
    """(T,) whether the frame shows a plank.

    Where the aspect is unknown no angle can be taken, and stillness has to do.
    """
    held = (source.seen > 0) & _still(source.t_s, source.points)
    if aspect is not None:
        held &= trunk_slope_deg(source.points, aspect) < LEVEL_DEG
        held &= _resting(source.points * np.array([aspect, 1], np.float32))
    return held


def _still(t_s: NDArray[np.float64], points: Floats) -> NDArray[np.bool_]:
    """(T,) whether shoulders and hips stay where they are for a while around."""
    trunk = (_joint(points, "shoulder") + _joint(points, "hip")) / 2
    size = np.linalg.norm(_joint(points, "shoulder") - _joint(points, "hip"), axis=1)
    way = lerp(t_s, trunk, t_s + _SMOOTH_S / 2) - lerp(t_s, trunk, t_s - _SMOOTH_S / 2)
    speed = np.linalg.norm(way, axis=1) / _SMOOTH_S
    return np.asarray(speed < _STILL * max(float(np.median(size)), 1e-3))


def _resting(points: Floats) -> NDArray[np.bool_]:
    """(T,) on hands below the shoulders, legs behind; by the middle of both sides, which outlives
    their confusion."""
    shoulder, hip = _joint(points, "shoulder"), _joint(points, "hip")
    legs = (_joint(points, "knee") + _joint(points, "ankle")) / 2
    size = np.linalg.norm(shoulder - hip, axis=1)
    carried = _joint(points, "wrist")[:, 1] - shoulder[:, 1] > _CARRIED * size
    lying = legs[:, 1] - hip[:, 1] < _STANDING * size
    return np.asarray(carried & lying)


def _joint(points: Floats, name: str) -> Floats:
    """(T, 2): the middle between the left and the right one."""
    left, right = KEYPOINTS.index(f"left_{name}"), KEYPOINTS.index(f"right_{name}")
    return np.asarray((points[:, left] + points[:, right]) / 2)
