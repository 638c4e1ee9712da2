"""A person made of sticks before a camera: from joint angles to points in a picture.

Knows neither exercises nor time. Lengths are shares of the stature, after the segment lengths of
Drillis and Contini as Winter prints them (Biomechanics and Motor Control of Human Movement).
Angles are degrees in the body's own frame: x to its left, y up, z forward.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.heldout import draw
from models.skeleton import K

Doubles = NDArray[np.float64]

# Columns of a posture. pitch: the whole body, 0 upright, 90 face down. face: turn about the
# vertical. gait: share of a walk laid over it. hang: 1 where the hands carry the body. bend: to its
# left. twist: of the shoulders to its left. Then flex and abd of each segment, left before right.
PITCH, FACE, GAIT, HANG, LEAN, BEND, TWIST, NOD, LIMBS = range(9)
SEGMENTS: Final = ("upper_arm", "forearm", "thigh", "shank")
P: Final = LIMBS + 2 * 2 * len(SEGMENTS)
_UPPER_ARM, _FOREARM, _THIGH, _SHANK = (LIMBS + 4 * i for i in range(len(SEGMENTS)))
_TRUNK, _HEAD, _SHOULDERS, _HIPS = 0.29, 0.1, 0.115, 0.065
_SEGMENT_LENGTHS: Final = np.array([0.176, 0.15, 0.24, 0.24])
_LEFT_RIGHT: Final = np.array([1.0, -1.0])
SIZES: Final = 8  # trunk, head, shoulders, hips, then the segments


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the picture is taken from: turn_deg of the body (180 faces the camera), drift_deg more
    by the end; tilt_deg below 0 looks down; distance in statures."""

    turn_deg: float = 180.0
    drift_deg: float = 0.0
    tilt_deg: float = 0.0
    roll_deg: float = 0.0
    distance: float = 3.0


def sizes(rng: np.random.Generator, held_out: bool = False) -> Doubles:
    """(SIZES,) factors on the typical lengths.

    The ratio of legs to trunk tells people of the training from those of the suite.
    """
    factors = rng.normal(1, [0, 0.09, 0.09, 0.13, 0.05, 0.05, 0, 0])
    legginess = draw(-0.1, 0.1, 5, rng, held_out)
    factors[0] = 1 - legginess
    shin = rng.normal(0, 0.03)
    factors[6:] = 1 + legginess - shin, 1 + legginess + shin
    return np.asarray(factors)


def camera(view: str, rng: np.random.Generator, held_out: bool = False) -> Camera:
    """Within 75° of the view that shows the exercise best; in training, some stand anywhere."""
    if view == "any" or (not held_out and rng.random() < 0.3):
        turn = draw(-180, 180, 24, rng, held_out)
    else:
        best = 90.0 if view == "side" else 180.0 * (rng.random() < 0.75)
        turn = best + draw(-75, 75, 10, rng, held_out)
        turn = turn if rng.random() < 0.5 else -turn
    drift, roll = rng.normal(0, (6, 3))
    tilt = float(rng.uniform(-35, 15)) if rng.random() < 0.5 else float(rng.normal(-6, 5))
    distance = float(np.exp(rng.uniform(np.log(1.3), np.log(8))))
    return Camera(turn, float(drift), tilt, float(roll), distance)


def swing(count: int, stride: float, begin: float) -> Doubles:
    """(T, P) a walk, to be laid over a posture; stride: samples for two steps, begin: in turns."""
    turns = 2 * np.pi * (np.arange(count) / stride + begin)
    forward = np.sin(turns)
    walk = np.zeros((count, P))
    for side, sign in ((0, forward), (1, -forward)):
        column = 2 * side
        lifted = np.clip(np.cos(turns + np.pi * side), 0, 1)
        walk[:, _THIGH + column] = 24 * sign + 8 * lifted
        walk[:, _SHANK + column] = 20 * sign - 45 * lifted
        walk[:, _UPPER_ARM + column] = -18 * sign
        walk[:, _FOREARM + column] = -22 * sign + 8
    walk[:, TWIST] = 6 * forward
    return walk


def joints(postures: Doubles, size: Doubles) -> Doubles:
    """(T, 17, 3) places of the keypoints about the middle of the hips, pitch and face aside."""
    count = len(postures)
    trunk = np.radians(postures[:, LEAN:LIMBS])
    sin, cos = np.sin(trunk), np.cos(trunk)
    (s_lean, s_bend, s_twist, _), (c_lean, c_bend, c_twist, _) = sin.T, cos.T
    spine = np.stack([s_bend, c_lean * c_bend, s_lean * c_bend], axis=1)
    across = np.stack([c_twist * c_bend, -s_bend, -s_twist], axis=1)
    gaze = trunk[:, LEAN - LEAN] + trunk[:, NOD - LEAN]
    ahead = np.stack([s_twist, -np.sin(gaze), np.cos(gaze)], axis=1)
    crown = np.stack([s_bend, np.cos(gaze), np.sin(gaze)], axis=1)
    limbs = np.radians(postures[:, LIMBS:]).reshape(count, len(SEGMENTS), 2, 2)
    sin, cos = np.sin(limbs), np.cos(limbs)
    ways = np.empty((count, len(SEGMENTS), 2, 3))
    ways[..., 0] = sin[..., 1] * _LEFT_RIGHT
    ways[..., 1] = -cos[..., 1] * cos[..., 0]
    ways[..., 2] = cos[..., 1] * sin[..., 0]
    ways *= (_SEGMENT_LENGTHS * size[4:])[:, None, None]

    body = np.zeros((count, K, 3))
    neck = spine * (_TRUNK * size[0])
    head = neck + 0.5 * (spine + crown) * (_HEAD * size[1])
    sides = _LEFT_RIGHT[:, None] * across[:, None]
    body[:, 0] = head + ahead * 0.07
    body[:, 1:3] = (head + ahead * 0.055 + crown * 0.02)[:, None] + 0.018 * sides
    body[:, 3:5] = (head + crown * 0.01)[:, None] + 0.04 * sides
    body[:, 5:7] = neck[:, None] + _SHOULDERS * size[2] * sides
    body[:, 7:9] = body[:, 5:7] + ways[:, 0]
    body[:, 9:11] = body[:, 7:9] + ways[:, 1]
    body[:, 11:13, 0] = _HIPS * size[3] * _LEFT_RIGHT
    body[:, 13:15] = body[:, 11:13] + ways[:, 2]
    body[:, 15:17] = body[:, 13:15] + ways[:, 3]
    return body


def project(postures: Doubles, camera: Camera, size: Doubles, grounded: bool = False) -> Doubles:
    """(T, 17, 2) points, y down, in statures at the body's distance.

    grounded: the lowest point stays on the floor, or the hands where they hang; otherwise the hips
    stay where they are, which is enough where position does not matter.
    """
    drift = np.linspace(0, camera.drift_deg, len(postures))
    body = joints(postures, size) @ _about_x(postures[:, PITCH])
    if grounded:
        hung = body[:, 9:11, 1].mean(axis=1) - 0.8
        standing = body[:, :, 1].min(axis=1) + 0.5
        level = standing + postures[:, HANG] * (hung - standing)
        body[:, :, 1] -= level[:, None]
    # Tilt comes after the turn: the camera looks down on a body that turns about its own axis.
    turn = _about_y(postures[:, FACE] + camera.turn_deg + drift)
    body = body @ (turn @ _about_x(np.array([camera.tilt_deg])))
    flat = body[:, :, :2] / np.maximum(1 + body[:, :, 2:] / camera.distance, 0.3)
    roll = np.radians(camera.roll_deg)
    upright = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    return np.asarray(-flat @ upright)


def _about_x(degrees: Doubles) -> Doubles:
    """(N, 3, 3) to be multiplied from the right: 90 turns up to forward."""
    sin, cos = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    turn = np.zeros((len(degrees), 3, 3))
    turn[:, 0, 0] = 1
    turn[:, 1, 1], turn[:, 1, 2], turn[:, 2, 1], turn[:, 2, 2] = cos, sin, -sin, cos
    return turn


def _about_y(degrees: Doubles) -> Doubles:
    """(N, 3, 3) to be multiplied from the right: 90 turns forward to the left."""
    sin, cos = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    turn = np.zeros((len(degrees), 3, 3))
    turn[:, 1, 1] = 1
    turn[:, 0, 0], turn[:, 0, 2], turn[:, 2, 0], turn[:, 2, 2] = cos, -sin, sin, cos
    return turn
