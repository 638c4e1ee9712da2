"""The angle that drives an exercise, along time, and how far it moves."""

from typing import Final

import numpy as np

from models.features import MIN_SCORE, Floats, angles, lerp
from models.sequence import Sequence
from models.skeleton import ANGLES

_MIN_CLEAR: Final = 0.5  # of the frames must show a joint whose angle is measured

Joints = tuple[str, ...]


def swing_deg(sequence: Sequence, within: slice, joints: Joints) -> Floats | None:
    """(T,) degrees of the main joint in these frames, of the side that moves more.

    None where neither side was seen, or the picture's aspect is unknown.
    """
    poses, t_s = sequence.poses[within], sequence.t_ms[within] / 1000.0
    if sequence.aspect is None or not joints or not len(poses):
        return None
    degrees = angles(poses[:, :, :2], sequence.aspect)
    seen = poses[:, :, 2] >= MIN_SCORE
    best: Floats | None = None
    for name in (f"left_{joints[0]}", f"right_{joints[0]}"):
        clear = seen[:, ANGLES[name]].all(axis=1)
        if clear.mean() < _MIN_CLEAR:
            continue
        swing = lerp(t_s[clear], degrees[name][clear], t_s)
        if best is None or range_deg(swing) > range_deg(best):
            best = swing
    return best


def range_deg(swing: Floats) -> float:
    """Range of motion in degrees: the 5th to the 95th percentile, so no wrong frame is a record."""
    low, high = np.percentile(swing, (5, 95))
    return float(high - low)
