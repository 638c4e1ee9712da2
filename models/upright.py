"""Exercises on one's feet, and some of them sitting."""

from typing import Final

from models.body import Doubles
from models.stance import (
    FREE,
    PICK,
    SEATED,
    SITTING,
    STAND,
    TO_BAR_BELL,
    WALK,
    Figure,
    Part,
    both,
    posture,
    sided,
)


def _squat(
    arm: Part,
    forearm: Part | None,
    turn_arm: Part | None = None,
    lean: float = 38,
    thigh: Part = (98, 14),
    shank: Part = (-27, 8),
    foot: Part = (0, 8),
) -> Figure:
    up = posture(2, arm, forearm, foot)
    if turn_arm:
        down = posture(lean, turn_arm, None, thigh, shank, nod=-15)
    else:
        down = posture(lean, arm, forearm, thigh, shank, carried=True, nod=-15)
    return Figure(up, (down,), TO_BAR_BELL if forearm else (WALK, STAND), rep_s=(1.2, 5.0))


def _lunge(lean: float, arm: Part, forearm: Part | None, start: Doubles | None = None) -> Figure:
    front = posture(lean, arm, forearm, (82, 4), (-6, 4))
    rear = posture(lean, arm, forearm, (-22, 4), (-88, 4))
    begin = posture(0, arm, forearm) if start is None else start
    return Figure(begin, (sided(front, rear),), (WALK,), ("change", "change", "one"), (1.2, 4.0))


def _press(start: tuple[Part, Part], top: Part, legs: tuple[Part, Part], lean: float) -> Figure:
    begin = posture(lean, *start, *legs)
    approach = (SEATED,) if legs[0][0] > 45 else (WALK, PICK)
    return Figure(begin, (posture(lean - 2, top, None, *legs),), approach, rep_s=(1.0, 4.5))


def _curl(start: Part, turn: tuple[Part, Part], lean: float, legs: tuple[Part, Part]) -> Figure:
    low, high = posture(lean, start, None, *legs), posture(lean, *turn, *legs)
    approach = (SEATED,) if legs[0][0] > 45 else (WALK, PICK)
    return Figure(low, (sided(high, low),), approach, ("change", "one"), (0.9, 4.0))


_CURLS: Final = tuple(
    _curl(start, turn, lean, legs)
    for start, turn, lean, legs in (
        ((5, 8), ((10, 8), (140, 2)), 0, FREE),
        ((5, 12), ((25, 10), (150, -10)), -3, FREE),
        ((8, 12), ((12, 12), (138, 18)), 0, FREE),
        ((25, 6), ((28, 6), (145, 0)), 8, SITTING),
        ((55, 5), ((55, 5), (150, 0)), 15, SITTING),
    )
)
FIGURES: Final[dict[str, tuple[Figure, ...]]] = {
    "squat": (
        _squat((80, 5), None, (92, 5)),
        _squat((5, 8), None, (85, 5)),
        _squat((-15, 42), (168, 18)),
        _squat((-20, 35), (160, 30), lean=50, thigh=(110, 12), shank=(-30, 8)),
        _squat((25, 8), (135, -25), lean=25, thigh=(105, 25), shank=(-28, 14), foot=(0, 14)),
        _squat((60, 15), (110, -70), lean=30),
        _squat((0, 100), (165, -70), lean=40),
        _squat((-15, 42), (30, -60), lean=42, thigh=(85, 14)),
        _squat((0, 8), (3, 8), (5, 8), lean=35, thigh=(90, 30), shank=(-18, 14), foot=(0, 18)),
    ),
    "deadlift": (
        Figure(STAND, (posture(62, (6, 8), thigh=(62, 8), shank=(-22, 6), nod=-30),), (WALK, PICK)),
        Figure(
            posture(62, (6, 8), thigh=(62, 8), shank=(-22, 6), nod=-30), (STAND,), (WALK, STAND)
        ),
        Figure(STAND, (posture(80, (5, 6), thigh=(14, 6), shank=(-2, 4), nod=-30),), (WALK, PICK)),
        Figure(
            posture(0, (2, 4), thigh=(0, 18)),
            (posture(50, (4, 2), thigh=(62, 38), shank=(-12, 14), nod=-25),),
            (WALK, PICK),
        ),
    ),
    "lunge": (
        _lunge(8, (0, 8), None),
        _lunge(6, (-15, 42), (30, -60)),
        _lunge(10, (45, 10), (110, -60)),
        _lunge(8, (-15, 42), (168, 18)),
        _lunge(
            6,
            (0, 8),
            None,
            sided(posture(thigh=(28, 4), shank=(12, 4)), posture(thigh=(-28, 4), shank=(-30, 4))),
        ),
        Figure(
            posture(arm=(30, 10), forearm=(100, -40), thigh=(0, 10)),
            (
                sided(
                    posture(thigh=(70, 40), shank=(-25, 12)),
                    posture(28, (40, 10), (100, -40), thigh=(5, 38), shank=(0, 36)),
                ),
            ),
            (WALK,),
            ("change", "one"),
            (1.4, 4.0),
        ),
    ),
    "high_knees": (
        Figure(
            posture(4, (0, 10), (80, 5)),
            (
                sided(
                    posture(0, (-35, 10), (55, 5), (90, 4), (-8, 4)),
                    posture(2, (40, 8), (125, 0), (-4, 4), (-10, 4)),
                ),
            ),
            (WALK, STAND),
            ("change",),
            (0.25, 1.2),
        ),
        Figure(
            posture(2, (10, 8), (88, 4)),
            (sided(posture(0, (10, 8), (88, 4), (88, 4), (-5, 4)), posture(2, (10, 8), (88, 4))),),
            (WALK, STAND),
            ("change",),
            (0.25, 1.5),
        ),
    ),
    "shoulder_press": (
        _press(((15, 55), (172, 8)), (176, 10), FREE, 0),
        _press(((45, 22), (165, 4)), (174, 6), FREE, -3),
        _press(((5, 78), (175, 12)), (178, 18), FREE, 0),
        _press(((15, 55), (172, 8)), (176, 10), SITTING, -5),
        _press(((45, 22), (165, 4)), (174, 6), SITTING, -3),
        _press(((55, 5), (150, 5)), (176, 8), FREE, 0),
    ),
    "front_raise": (
        *(
            Figure(
                posture(0, (4, 8), (8, 6)),
                (sided(posture(-2, (raised, 5)), posture(-2, (4, 8), (8, 6))),),
                (WALK, PICK),
                ("change", "one"),
            )
            for raised in (88, 110)
        ),
        *(
            Figure(posture(0, (6, 6), (12, 2)), (posture(-3, (raised, inward)),), (WALK, PICK))
            for raised, inward in ((88, 5), (105, 2), (92, -12), (168, -2))
        ),
    ),
    "bicep_curl": (*_CURLS, *map(both, _CURLS)),
    "jumping_jack": (
        *(
            Figure(
                posture(0, (3, low)),
                (posture(0, arm, forearm, (0, spread)),),
                (WALK, STAND),
                rep_s=(0.6, 2.4),
            )
            for low, arm, forearm, spread in (
                (8, (0, 160), (0, 175), 24),
                (10, (0, 150), (0, 200), 20),
                (8, (20, 165), (20, 185), 30),
                (8, (0, 92), (0, 95), 20),
                (12, (0, 125), (0, 160), 14),
            )
        ),
        Figure(
            posture(0, (10, 10), (40, 0)),
            (posture(0, (0, 155), (0, 195), (0, 22)),),
            (WALK, STAND),
            rep_s=(0.6, 2.4),
        ),
    ),
}
