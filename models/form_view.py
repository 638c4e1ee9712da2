"""From where the camera looks at a body, and what that does to angles.

Yaw is 0 where the body is seen from the side and 90 from the front or the back. It is estimated
from how wide shoulders and hips are beside the trunk, of a body of usual proportions.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.faults import PROPORTIONS, View
from models.skeleton import KEYPOINTS

Doubles = NDArray[np.float64]

_TRUNK: Final = [
    KEYPOINTS.index(f"{side}_{joint}")
    for joint in ("shoulder", "hip")
    for side in ("left", "right")
]
_LEAST_SHOWN: Final = 0.6  # of a plane's width: less is not worth stretching


def yaw_deg(points: Doubles) -> Doubles:
    """(T,) of points (T, 17, 2), both axes in the same unit, y down.

    A trunk that leans by l in its own plane shows s·cos(l) upright, s·sin(l)·cos(yaw) ahead and
    s·sin(yaw) across, each beside its usual length; with the scale s unknown, s² is the greater
    root of S² - (a + b + c)·S + a·b = 0, where a, b, c are the squares of across, upright, ahead.
    """
    left_shoulder, right_shoulder, left_hip, right_hip = (points[:, k] for k in _TRUNK)
    wide = (left_shoulder - right_shoulder + left_hip - right_hip)[:, 0]
    across = (wide / (PROPORTIONS["shoulders"] + PROPORTIONS["hips"])) ** 2
    trunk = (left_shoulder + right_shoulder - left_hip - right_hip) / 2 / PROPORTIONS["trunk"]
    ahead, upright = (trunk**2).T
    total = across + upright + ahead
    scale = (total + np.sqrt(np.maximum(total**2 - 4 * across * upright, 0))) / 2
    share = np.clip(across / np.maximum(scale, 1e-12), 0, 1)
    return np.asarray(np.degrees(np.arcsin(np.sqrt(share))))


def straightened(points: Doubles, view: View, yaw: float) -> Doubles:
    """Points (…, 2) stretched across, as they would look from the view in which they are judged."""
    shown = {"profile": np.cos, "side": np.cos, "front": np.sin}.get(view)
    if shown is None:
        return points
    share = max(float(shown(np.radians(yaw))), _LEAST_SHOWN)
    return np.asarray(points / np.array([share, 1.0]))
