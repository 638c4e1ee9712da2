"""Sides of the box around a body, guessed from the lengths of its bones.

Where every frame was stretched to a square, width and height are gone; but bones keep their length
and people their proportions, so the sides that make the bones agree are likely the true ones.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import Floats
from models.skeleton import KEYPOINTS

Doubles = NDArray[np.float64]

# Lengths as shares of a person's height; after Drillis and Contini 1966, joint to joint.
_BONES: Final = (
    *(("shoulder", "elbow", 0.19), ("elbow", "wrist", 0.15), ("hip", "knee", 0.245)),
    *(("knee", "ankle", 0.245), ("shoulder", "hip", 0.29)),
)
_SIDES: Final = ("left", "right")
_FROM, _TO = (
    np.array([KEYPOINTS.index(f"{side}_{bone[end]}") for bone in _BONES for side in _SIDES])
    for end in (0, 1)
)
_USUAL: Final = np.repeat([bone[2] for bone in _BONES], len(_SIDES))
_LONGEST: Final = 1.15  # times the usual, against a single misplaced joint
_PRIOR: Final = 0.1  # weight of an upright box beside the bones
_USUAL_SIDES: Final = (0.45, 0.45)


def sides(box: Floats) -> Floats:
    """(T, 2) width and height, in heights of the person, of poses (T, 17, 2) stretched to 1 by 1.

    Squared sides enter squared bone lengths linearly: least squares, once with usual lengths, once
    with this person's. A bone that still looks short points towards the camera and asks for less.
    """
    squares = (box[:, _FROM] - box[:, _TO]).astype(np.float64) ** 2
    usual = np.broadcast_to(_USUAL**2, squares.shape[:2])
    found = _fit(squares, usual, np.square(_USUAL_SIDES))
    seen = np.sqrt((squares * found[:, None]).sum(axis=2))
    own = _own_lengths(seen)
    wanted = np.where(seen < own, (own + seen) / 2, own) ** 2
    return np.sqrt(_fit(squares, wanted, found.mean(axis=0))).astype(np.float32)


def length(poses: Floats) -> Floats:
    """(T,) of a body: trunk, leg and half an arm, the sides' mean; poses (T, 17, 2)."""
    bones = np.linalg.norm(poses[:, _FROM] - poses[:, _TO], axis=2)
    shares = np.repeat([0.5, 0.5, 1.0, 1.0, 1.0], len(_SIDES)) / len(_SIDES)
    return np.asarray(bones @ shares, np.float32)


def _fit(squares: Doubles, wanted: Doubles, prior: Doubles) -> Doubles:
    """(T, 2) squared sides for squared differences (T, bones, 2) and lengths (T, bones)."""
    weight = (_USUAL.mean() / _USUAL) ** 2
    x, y = squares[:, :, 0] * weight, squares[:, :, 1] * weight
    xx, xy, yy = (x * x).sum(axis=1), (x * y).sum(axis=1), (y * y).sum(axis=1)
    hold = _PRIOR * (xx + yy) / 2 + 1e-9
    right_x = (x * wanted * weight).sum(axis=1) + hold * prior[0]
    right_y = (y * wanted * weight).sum(axis=1) + hold * prior[1]
    xx, yy = xx + hold, yy + hold
    width = yy * right_x - xy * right_y
    height = xx * right_y - xy * right_x
    solved = np.stack([width, height], axis=1) / (xx * yy - xy * xy)[:, None]
    return np.asarray(np.maximum(solved, 0.01))


def _own_lengths(seen: Doubles) -> Doubles:
    """(bones,) of this person: half what is usual, half the longest that was seen."""
    longest = np.quantile(seen, 0.85, axis=0).reshape(-1, len(_SIDES)).mean(axis=1)
    longest = np.repeat(longest, len(_SIDES))
    size = max(float(np.median(longest / _USUAL)), 1e-6)
    mixed = (_USUAL * size + np.minimum(longest, _LONGEST * _USUAL * size)) / 2
    return np.asarray(mixed / size)
