"""What can be measured of a body in a frame: angles in degrees, and ratios of lengths.

Each measure takes points (T, 17, 2) in one unit, y down, already straightened for the view. Most
are of one side of the body, so that the side that is seen can be taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.skeleton import ANGLES, KEYPOINTS

Doubles = NDArray[np.float64]

_NEARLY_STRAIGHT: Final = 135.0
SIDES: Final = ("left", "right")
BONES: Final = {
    "trunk": ("shoulder", "hip"),
    "thigh": ("hip", "knee"),
    "upper_arm": ("shoulder", "elbow"),
}


@dataclass(frozen=True, slots=True)
class Flat:
    """A body as one view shows it.

    points: (T, 17, 2). facing: 1 where it looks to the right of the picture, else -1. lengths: of
    BONES, (2,) the left and the right one at their longest in the whole set.
    """

    points: Doubles
    facing: float
    lengths: dict[str, Doubles]

    def joint(self, name: str) -> Doubles:
        """(T, 2)"""
        return self.points[:, KEYPOINTS.index(name)]

    def bone(self, start: str, end: str, side: int) -> Doubles:
        """(2, T) x and y from one joint to another of the same side."""
        name = SIDES[side]
        return (self.joint(f"{name}_{end}") - self.joint(f"{name}_{start}")).T

    def slope(self, bone: str, side: int) -> Doubles:
        """(T,) degrees that a bone of BONES falls below the horizontal, from heights alone."""
        fall = self.bone(*BONES[bone], side)[1] / self.length(bone, side)
        return np.asarray(np.degrees(np.arcsin(np.clip(fall, -1, 1))))

    def length(self, bone: str, side: int) -> float:
        return max(float(self.lengths[bone][side]), 1e-6)

    def width(self, joint: str) -> Doubles:
        """(T,) between left and right, across the picture."""
        return np.asarray(
            np.abs((self.joint(f"left_{joint}") - self.joint(f"right_{joint}"))[:, 0])
        )


Sided = Callable[[Flat, int], Doubles]
Whole = Callable[[Flat], Doubles]


def _angle(joint: str) -> Sided:
    """Above 180 where it is nearly straight and bends against its usual way: so noise about
    straight is no bend."""

    def measure(flat: Flat, side: int) -> Doubles:
        a, b, c = (flat.points[:, k] for k in ANGLES[f"{SIDES[side]}_{joint}"])
        (ux, uy), (vx, vy) = (a - b).T, (c - b).T
        cross = ux * vy - uy * vx
        usual = 1.0 if cross.sum() >= 0 else -1.0
        degrees = _degrees(np.abs(cross), ux * vx + uy * vy)
        beyond = (usual * cross < 0) & (degrees > _NEARLY_STRAIGHT)
        return np.where(beyond, 360 - degrees, degrees)

    return measure


def _degrees(across: Doubles, along: Doubles) -> Doubles:
    return np.asarray(np.degrees(np.arctan2(across, along)))


def _trunk(flat: Flat, side: int) -> Doubles:
    """From the vertical."""
    x, y = flat.bone("hip", "shoulder", side)
    return _degrees(np.abs(x), -y)


def _back(flat: Flat, side: int) -> Doubles:
    """Leaning back, below 0 leaning forward."""
    x, y = flat.bone("hip", "shoulder", side)
    return _degrees(-flat.facing * x, -y)


def _rise(flat: Flat, side: int) -> Doubles:
    """Shoulders above the hips, from the horizontal. Only heights enter, so no view hides it."""
    return flat.slope("trunk", side)


def _thigh(flat: Flat, side: int) -> Doubles:
    """Hip above the knee, from the horizontal. Only heights enter, so no view hides it."""
    return flat.slope("thigh", side)


def _upper_arm(flat: Flat, side: int) -> Doubles:
    """Elbow below the shoulder, from the horizontal, from heights alone."""
    return flat.slope("upper_arm", side)


def _elbow_flare(flat: Flat, side: int) -> Doubles:
    """Upper arm out from the trunk, of a body that lies: what its length lacks points at us."""
    across, down = flat.bone("shoulder", "elbow", side) / flat.length("upper_arm", side)
    outward = np.sqrt(np.maximum(1 - across**2 - down**2, 0))
    return _degrees(outward, np.abs(across))


def _shin(flat: Flat, side: int) -> Doubles:
    """Knee ahead of the ankle, from the vertical."""
    x, y = flat.bone("ankle", "knee", side)
    return _degrees(flat.facing * x, -y)


def _hip_line(flat: Flat, side: int) -> Doubles:
    """The hip's bend off the line from shoulder to knee: above it 0 and more, below it less."""
    to_hip, to_knee = flat.bone("shoulder", "hip", side), flat.bone("shoulder", "knee", side)
    length = np.maximum((to_knee**2).sum(axis=0), 1e-12)
    below = to_hip[1] - to_knee[1] * (to_hip * to_knee).sum(axis=0) / length
    return np.where(below > 0, -1.0, 1.0) * np.abs(180 - _angle("hip")(flat, side))


def _hand(flat: Flat, side: int) -> Doubles:
    """Wrist above the shoulder, in hundredths of the trunk's length."""
    up = -flat.bone("shoulder", "wrist", side)[1]
    return np.asarray(100 * up / flat.length("trunk", side))


def _chin(flat: Flat, side: int) -> Doubles:
    """Nose above the wrist, in trunk lengths."""
    above = flat.joint(f"{SIDES[side]}_wrist") - flat.joint("nose")
    return np.asarray(above[:, 1] / flat.length("trunk", side))


def _share(part: Doubles, whole: Doubles, least: Doubles) -> Doubles:
    """part / whole; NaN where the whole is too short to divide by."""
    return np.where(whole > least, part / np.maximum(whole, 1e-9), np.nan)


def _knee_gap(flat: Flat) -> Doubles:
    """Between the knees, as a share of that between the ankles; feet together say nothing."""
    ankles = flat.width("ankle")
    return _share(flat.width("knee"), ankles, flat.width("hip"))


def _feet_gap(flat: Flat) -> Doubles:
    """Between the ankles, in shoulder widths."""
    return _share(flat.width("ankle"), flat.width("shoulder"), np.zeros(len(flat.points)))


def _hip_shift(flat: Flat) -> Doubles:
    """Hips aside from the middle of the feet, as a share of the width between these."""
    middle = [(flat.joint(f"left_{j}") + flat.joint(f"right_{j}"))[:, 0] for j in ("hip", "ankle")]
    aside = np.abs(middle[0] - middle[1]) / 2
    return _share(aside, flat.width("ankle"), flat.width("hip"))


def _hands_apart(flat: Flat) -> Doubles:
    """One hand higher above its shoulder than the other, in trunk lengths."""
    left, right = (flat.bone("shoulder", "wrist", side)[1] for side in range(2))
    return np.asarray(
        np.abs(left - right) / np.mean([flat.length("trunk", side) for side in range(2)])
    )


SIDED: Final[dict[str, tuple[tuple[str, ...], Sided]]] = {
    "knee": (("hip", "knee", "ankle"), _angle("knee")),
    "hip": (("shoulder", "hip", "knee"), _angle("hip")),
    "elbow": (("shoulder", "elbow", "wrist"), _angle("elbow")),
    "shoulder": (("elbow", "shoulder", "hip"), _angle("shoulder")),
    "trunk": (("shoulder", "hip"), _trunk),
    "back": (("shoulder", "hip"), _back),
    "rise": (("shoulder", "hip"), _rise),
    "thigh": (("hip", "knee"), _thigh),
    "upper_arm": (("shoulder", "elbow"), _upper_arm),
    "elbow_flare": (("shoulder", "elbow"), _elbow_flare),
    "shin": (("knee", "ankle"), _shin),
    "hip_line": (("shoulder", "hip", "knee"), _hip_line),
    "hand": (("shoulder", "wrist"), _hand),
    "chin": (("nose", "wrist"), _chin),
}
WHOLE: Final[dict[str, tuple[tuple[str, ...], Whole]]] = {
    "knee_gap": (("knee", "ankle"), _knee_gap),
    "feet_gap": (("ankle", "shoulder"), _feet_gap),
    "hip_shift": (("hip", "ankle"), _hip_shift),
    "hands_apart": (("shoulder", "wrist"), _hands_apart),
}


def keypoints_of(joints: tuple[str, ...], side: int) -> list[int]:
    """Indices of these joints on one side; the nose is on both."""
    names = (joint if joint in KEYPOINTS else f"{SIDES[side]}_{joint}" for joint in joints)
    return [KEYPOINTS.index(name) for name in names]
