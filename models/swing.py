"""The angle that drives an exercise, along time, and how far it moves."""

from typing import Final

import numpy as np

from models.features import MIN_SCORE, Floats, angles, lerp
from models.quantiles import quantiles
from models.sequence import Sequence
from models.skeleton import ANGLES, KEYPOINTS

_MIN_CLEAR: Final = 0.5  # of the frames must show a joint whose angle is measured
_FACING: Final = 0.35  # of the trunk; about 0.7 from the front, so this is a turn of 60 degrees
_SHOULDERS: Final = [KEYPOINTS.index("left_shoulder"), KEYPOINTS.index("right_shoulder")]
_HIPS: Final = [KEYPOINTS.index("left_hip"), KEYPOINTS.index("right_hip")]

Joints = tuple[str, ...]


def swings_deg(sequence: Sequence, within: slice, joints: Joints) -> tuple[Floats | None, ...]:
    """(T,) degrees of the main joint in these frames, left and right.

    None for a side that was not seen, and for both where the picture's aspect is unknown.
    """
    poses, t_s = sequence.poses[within], sequence.t_ms[within] / 1000.0
    if sequence.aspect is None or not joints or not len(poses):
        return None, None
    names = (f"left_{joints[0]}", f"right_{joints[0]}")
    degrees = angles(poses[:, :, :2], sequence.aspect, names)
    seen = poses[:, :, 2] >= MIN_SCORE
    swings: list[Floats | None] = []
    for name in names:
        clear = seen[:, ANGLES[name]].all(axis=1)
        if clear.all():
            swings.append(np.asarray(degrees[name], np.float32))
        else:
            is_clear = clear.mean() >= _MIN_CLEAR
            swings.append(lerp(t_s[clear], degrees[name][clear], t_s) if is_clear else None)
    return tuple(swings)


def swing_deg(sequence: Sequence, within: slice, joints: Joints) -> Floats | None:
    """(T,) as `swings_deg`, of the side that moves more; None where neither was seen."""
    return wider(swings_deg(sequence, within, joints))


def wider(swings: tuple[Floats | None, ...]) -> Floats | None:
    """Of what `swings_deg` tells that of the side that moves more; None where neither was seen."""
    known = [swing for swing in swings if swing is not None]
    return max(known, key=range_deg) if len(known) > 1 else next(iter(known), None)


def sides_deg(
    sequence: Sequence, within: slice, swings: tuple[Floats | None, ...]
) -> tuple[float, float] | tuple[None, None]:
    """Of what `swings_deg` tells of these frames: range of motion of the left and of the right
    side, None unless both can be compared.

    They can where both were seen, from somewhere in front or behind: from the side the far one is
    half hidden, and what an estimator says of it is half a guess.
    """
    left, right = swings
    if left is None or right is None or not _faces(sequence, within):
        return None, None
    return round(range_deg(left), 1), round(range_deg(right), 1)


def _faces(sequence: Sequence, within: slice) -> bool:
    """Whether the shoulders are as far apart, by the trunk, as they look from the front."""
    square = sequence.poses[within, :, :2] * np.array([sequence.aspect or 1.0, 1.0], np.float32)
    shoulders, hips = square[:, _SHOULDERS], square[:, _HIPS]
    wide = np.linalg.norm(shoulders[:, 0] - shoulders[:, 1], axis=1)
    long = np.linalg.norm(shoulders.mean(axis=1) - hips.mean(axis=1), axis=1)
    return bool(np.median(wide) >= _FACING * np.median(long))


def range_deg(swing: Floats) -> float:
    """Range of motion in degrees: the 5th to the 95th percentile, so no wrong frame is a record."""
    low, high = quantiles(swing, 0.05, 0.95)
    return float(high - low)
