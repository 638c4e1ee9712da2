"""Exercises that the catalogue does not have: they count, and their name is "unknown"."""

from typing import Final

from models.body import Doubles
from models.stance import (
    ALL_FOURS,
    CROUCH,
    FREE,
    PICK,
    SEATED,
    SITTING,
    STAND,
    SUPINE,
    TO_BACK,
    TO_BAR,
    TO_FLOOR,
    WALK,
    Figure,
    Part,
    posture,
    sided,
)

_NEAR: Final = (WALK, PICK)


def _arms(
    start: tuple[Part, Part],
    turn: tuple[Part, Part],
    lean: float = 0,
    legs: tuple[Part, Part] = FREE,
    approach: tuple[Doubles, ...] = _NEAR,
) -> Figure:
    """Only the arms move."""
    return Figure(posture(lean, *start, *legs), (posture(lean, *turn, *legs),), approach)


def _dip(thigh: Part, shank: Part, lean: float) -> Figure:
    """Between two bars, the hands beside the hips."""
    high = posture(lean / 3, (-4, 14), (4, 4), thigh, shank, hang=1)
    low = posture(lean, (-62, 18), (8, 6), thigh, shank, hang=1, nod=-10)
    return Figure(high, (low,), (WALK, STAND), rep_s=(1.0, 4.0))


_HINGED: Final = ((25.0, 6.0), (-10.0, 4.0))
UNCATALOGUED: Final[tuple[Figure, ...]] = (
    _dip((5, 4), (-60, 4), 25),
    _dip((0, 4), (0, 4), 12),
    _dip((35, 4), (-45, 4), 35),
    # Dips with the hands on a bench behind, legs ahead.
    Figure(
        posture(0, (-35, 8), (-20, 4), (55, 6), (55, 6), hang=1),
        (posture(5, (-85, 8), (-8, 4), (95, 6), (60, 6), hang=1),),
        (WALK, SEATED),
    ),
    # Lateral raise, rear raise bent over, shrug, upright row, push-down, extension, fly.
    _arms(((0, 8), (5, 6)), ((5, 88), (8, 86))),
    _arms(((55, 5), (55, 5)), ((55, 80), (55, 75)), 55, _HINGED),
    _arms(((0, 14), (0, 14)), ((10, 80), (0, -20))),
    _arms(((2, 6), (115, 2)), ((2, 6), (12, 4)), 8, approach=(WALK, STAND)),
    _arms(((170, 10), (175, 8)), ((165, 12), (300, -8))),
    _arms(((60, 85), (80, 80)), ((85, -5), (88, -8)), 5, approach=(WALK, STAND)),
    # Rows: bent over, and sitting; pull-down from a high bar.
    _arms(((5, 6), (5, 4)), ((-75, 12), (20, 2)), 60, _HINGED),
    _arms(((75, 6), (80, 2)), ((-30, 12), (80, -5)), -5, SITTING, (WALK, SEATED)),
    _arms(((172, 35), (175, 20)), ((10, 60), (170, 20)), -8, SITTING, (WALK, SEATED)),
    # Kettlebell swing, good morning, calf raise on a step, side bend.
    Figure(
        posture(55, (-25, 4), thigh=(35, 14), shank=(-12, 8)),
        (posture(-3, (88, 0), thigh=(0, 14)),),
        _NEAR,
        rep_s=(0.9, 2.5),
    ),
    Figure(
        posture(0, (-15, 42), (168, 18)),
        (posture(75, (-90, 42), (93, 18), (12, 6), (-5, 5), nod=-30),),
        (WALK, STAND),
    ),
    Figure(
        posture(0, (5, 45), (60, -40)), (posture(0, (5, 8), bend=32),), (WALK, STAND), ("change",)
    ),
    # Burpee without the jump; squat thrust.
    Figure(
        STAND,
        (CROUCH, posture(0, (78, 8), pitch=72, nod=-10), CROUCH),
        (WALK, STAND),
        rep_s=(2.0, 6.0),
    ),
    # On the back: bridge, leg raise, bicycle.
    Figure(
        posture(0, (5, 18), thigh=(45, 8), shank=(-60, 6), pitch=SUPINE),
        (posture(0, (-25, 18), thigh=(5, 8), shank=(-88, 6), pitch=SUPINE - 25),),
        TO_BACK,
    ),
    Figure(
        posture(0, (5, 15), thigh=(8, 3), pitch=SUPINE),
        (posture(0, (5, 15), thigh=(88, 3), shank=(85, 3), pitch=SUPINE),),
        TO_BACK,
    ),
    Figure(
        posture(25, (150, 40), (205, -70), (25, 4), (20, 4), pitch=SUPINE, carried=True),
        (
            sided(
                posture(0, (125, 40), (180, -70), (110, 4), (10, 4)),
                posture(32, (118, 40), (173, -70), (12, 4), (10, 4), pitch=SUPINE, twist=25),
            ),
        ),
        TO_BACK,
        ("change",),
        (0.5, 2.0),
    ),
    # On all fours: kick back; hanging leg raise; jump rope and step-ups on the spot.
    Figure(
        ALL_FOURS,
        (sided(posture(0, (75, 6), thigh=(-5, 6), shank=(-20, 4)), ALL_FOURS),),
        TO_FLOOR,
        ("one", "change"),
    ),
    Figure(
        posture(0, (177, 12), thigh=(0, 4), hang=1),
        (posture(5, (176, 12), thigh=(92, 4), shank=(60, 4), hang=1),),
        TO_BAR,
    ),
    Figure(
        posture(2, (10, 12), (45, 25)),
        (
            sided(
                posture(10, (15, 10), (60, 0), (80, 4), (-2, 4)),
                posture(12, (15, 10), (60, 0), (-5, 4), (-12, 4)),
            ),
        ),
        (WALK, STAND),
        ("change", "one"),
        (1.2, 3.0),
    ),
)
