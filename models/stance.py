"""Postures of a person made of sticks, and how to say them.

The angles are those of `body`: `flex` swings a segment forward from hanging down (0) through
horizontal (90) to upright (180), `abd` outwards; a body that lies takes its frame along.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.body import (
    BEND,
    FACE,
    HANG,
    LEAN,
    LIMBS,
    NOD,
    PITCH,
    SEGMENTS,
    TWIST,
    Doubles,
    P,
)

Part = tuple[float, float]
PRONE, SUPINE, UPRIGHT = 80.0, -88.0, 0.0
SIDED: Final = np.arange(LIMBS, P).reshape(len(SEGMENTS), 2, 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """How one kind of an exercise looks.

    way: postures from the start to the turn, mostly one; several are a circle. sides: "both" alike,
    "change" where left (as in `way`) and right take turns, "one" where it stays at one side.
    rep_s: usual seconds of a repetition. approach: postures from afar to near the start. even: a
    movement without stops.
    """

    start: Doubles
    way: tuple[Doubles, ...]
    approach: tuple[Doubles, ...] = ()
    sides: tuple[str, ...] = ("both",)
    rep_s: tuple[float, float] = (1.2, 5.0)
    even: bool = False

    @property
    def turn(self) -> Doubles:
        return self.way[-1]


def posture(
    lean: float = 0,
    arm: Part = (0, 8),
    forearm: Part | None = None,
    thigh: Part = (0, 4),
    shank: Part | None = None,
    *,
    pitch: float = 0,
    nod: float = 0,
    bend: float = 0,
    twist: float = 0,
    carried: bool = False,
    hang: float = 0,
) -> Doubles:
    """(P,) both sides alike; a lower segment continues the upper one unless told.

    carried: the arms keep their angle to the trunk, so its lean turns them.
    """
    segments = [arm, forearm or arm, thigh, shank or thigh]
    made = np.zeros(P)
    made[LIMBS:] = [angle for part in segments for angle in (*part, *part)]
    made[[PITCH, LEAN, NOD, BEND, TWIST, HANG]] = pitch, lean, nod, bend, twist, hang
    if carried:
        made[SIDED[:2, :, 0]] -= lean
    return made


def sided(left: Doubles, right: Doubles) -> Doubles:
    """The left limbs of one posture, all else of the other."""
    made = right.copy()
    made[SIDED[:, 0]] = left[SIDED[:, 0]]
    return made


def mirrored(made: Doubles) -> Doubles:
    """Left and right in each other's place."""
    swapped = made.copy()
    swapped[SIDED] = made[SIDED[:, ::-1]]
    swapped[[FACE, BEND, TWIST]] *= -1
    return swapped


WALK: Final = posture(3, arm=(5, 10), forearm=(15, 6))
WALK[2] = 1.0
STAND: Final = posture()
PICK: Final = posture(62, (10, 8), thigh=(62, 8), shank=(-28, 6), nod=-20)
CROUCH: Final = posture(50, (25, 5), thigh=(118, 12), shank=(-45, 8))
ALL_FOURS: Final = posture(0, (75, 6), thigh=(75, 6), shank=(-15, 4), pitch=72, nod=-10)
KNEEL: Final = posture(5, thigh=(5, 6), shank=(-88, 4))
SIT_FLOOR: Final = posture(15, (-30, 15), thigh=(100, 8), shank=(20, 6), pitch=-15)
SEATED: Final = posture(5, (20, 8), (65, 0), (85, 10), (0, 8))
REACH: Final = posture(arm=(176, 15))
TO_FLOOR: Final = (WALK, STAND, CROUCH, ALL_FOURS)
TO_BACK: Final = (
    WALK,
    CROUCH,
    SIT_FLOOR,
    posture(20, (60, 20), thigh=(60, 6), shank=(-50, 6), pitch=-50),
)
TO_BENCH: Final = (
    WALK,
    SEATED,
    posture(10, (60, 20), (90, 0), thigh=(70, 15), shank=(-40, 10), pitch=-40),
)
TO_BAR: Final = (WALK, STAND, REACH)
TO_BAR_BELL: Final = (WALK, posture(8, (60, 25), (110, 5)))
FREE: Final = ((0.0, 4.0), (0.0, 4.0))
SITTING: Final = ((85.0, 12.0), (0.0, 8.0))


def both(figure: Figure) -> Figure:
    """The same with both sides at once."""
    turn = sided(figure.turn, mirrored(figure.turn))
    return replace(figure, way=(turn,), sides=("both",))
