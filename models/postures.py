"""Postures of a person made of sticks: how each exercise of the catalogue starts and turns.

Angles in degrees, in the body's own frame: x to its left, y up, z forward. `flex` swings a segment
forward from hanging down (0) through horizontal (90) to upright (180), `abd` outwards.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.course import Doubles

# A posture: lean, then flex and abd of upper arm, forearm, thigh, shank; left before right.
SEGMENTS: Final = ("upper_arm", "forearm", "thigh", "shank")
P: Final = 1 + 2 * 2 * len(SEGMENTS)
Part = tuple[float, float]
PRONE, SUPINE, UPRIGHT = 80.0, -88.0, 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """How one exercise looks: postures at start and turn, how the body lies, where sides differ."""

    start: Doubles
    turn: Doubles
    pitch: float = UPRIGHT
    one_sided: str = ""  # "", "legs" or "arms": the parts that move on one side at a time
    both_too: bool = False  # whether people also do it with both sides at once


def posture(
    lean: float = 0,
    arm: Part = (0, 8),
    forearm: Part | None = None,
    thigh: Part = (0, 4),
    shank: Part | None = None,
) -> Doubles:
    """(P,) both sides alike; a lower segment continues the upper one unless told."""
    lower = (forearm or arm, shank or thigh)
    segments = [arm, lower[0], thigh, lower[1]]
    return np.array([lean, *(angle for part in segments for angle in (*part, *part))], float)


STAND = posture()
REAR = posture(thigh=(-25, 4), shank=(-95, 4))
FIGURES: Final[dict[str, tuple[Figure, ...]]] = {
    "squat": (
        Figure(posture(arm=(80, 5)), posture(35, (90, 5), thigh=(95, 12), shank=(-22, 8))),
        Figure(
            posture(arm=(20, 40), forearm=(150, 20)),
            posture(40, (10, 40), (140, 20), thigh=(90, 15), shank=(-25, 8)),
        ),
    ),
    "deadlift": (
        Figure(STAND, posture(75, (5, 8), thigh=(40, 6), shank=(-12, 4))),
        Figure(STAND, posture(80, (5, 8), thigh=(15, 6), shank=(0, 4))),
    ),
    "lunge": (
        Figure(STAND, posture(8, thigh=(75, 4), shank=(-8, 4)), one_sided="lunge"),
        Figure(
            posture(arm=(10, 30), forearm=(80, -40)),
            posture(8, (10, 30), (80, -40), thigh=(75, 4), shank=(-8, 4)),
            one_sided="lunge",
        ),
    ),
    "high_knees": (
        Figure(
            posture(3, (10, 8), (90, 5)),
            posture(0, (-15, 8), (75, 5), (92, 4), (-8, 4)),
            one_sided="legs",
        ),
        Figure(
            posture(arm=(30, 8), forearm=(90, 0)),
            posture(arm=(30, 8), forearm=(90, 0), thigh=(88, 4), shank=(-5, 4)),
            one_sided="legs",
        ),
    ),
    "mountain_climber": (
        Figure(
            posture(arm=(85, 8)),
            posture(arm=(85, 8), thigh=(105, 4), shank=(10, 4)),
            PRONE,
            "legs",
        ),
    ),
    "push_up": (
        Figure(posture(arm=(85, 8)), posture(arm=(0, 40), forearm=(85, 0)), PRONE),
        Figure(posture(arm=(80, 8)), posture(arm=(-15, 25), forearm=(80, 5)), 60.0),
    ),
    "sit_up": (
        Figure(
            posture(arm=(150, 30), forearm=(200, -50), thigh=(50, 6), shank=(-55, 6)),
            posture(75, (150, 30), (200, -50), (50, 6), (-55, 6)),
            SUPINE,
        ),
    ),
    "bench_press": (
        Figure(
            posture(arm=(88, 8), thigh=(5, 20), shank=(-85, 20)),
            posture(arm=(10, 60), forearm=(88, 8), thigh=(5, 20), shank=(-85, 20)),
            SUPINE,
        ),
    ),
    "pull_up": (
        Figure(
            posture(arm=(178, 12)),
            posture(5, (60, 45), (178, 0), (15, 4), (-40, 4)),
        ),
    ),
    "shoulder_press": (
        Figure(posture(arm=(20, 55), forearm=(175, 5)), posture(arm=(175, 8))),
        Figure(posture(arm=(50, 25), forearm=(165, 5)), posture(arm=(172, 8))),
    ),
    "front_raise": (Figure(STAND, posture(arm=(92, 4)), one_sided="arms", both_too=True),),
    "bicep_curl": (
        Figure(STAND, posture(arm=(12, 8), forearm=(140, 2)), one_sided="arms", both_too=True),
        Figure(
            posture(10, (20, 4), thigh=(85, 12), shank=(0, 8)),
            posture(10, (25, 4), (140, 2), (85, 12), (0, 8)),
            one_sided="arms",
            both_too=True,
        ),
    ),
    "jumping_jack": (
        Figure(STAND, posture(arm=(0, 165), forearm=(0, 175), thigh=(0, 24), shank=(0, 24))),
    ),
}
PLANKS: Final = (posture(arm=(85, 6)), posture(arm=(85, 6), forearm=(170, -5)))
LOOSE: Final = (
    STAND,
    posture(arm=(20, 30), forearm=(100, -30)),
    posture(arm=(0, 25), forearm=(30, -30)),
    posture(10, (40, 10), (110, 0)),
    posture(60, (30, 10), thigh=(30, 6), shank=(-10, 5)),
    posture(arm=(170, 20), forearm=(160, 10)),
    posture(5, (20, 8), (60, 0), (85, 10), (0, 8)),
)
