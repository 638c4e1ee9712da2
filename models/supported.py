"""Exercises on the floor, on a bench, from a bar and on a horse."""

from typing import Final

from models.body import HANG, Doubles
from models.stance import (
    SIDED,
    STAND,
    SUPINE,
    TO_BACK,
    TO_BAR,
    TO_BENCH,
    TO_FLOOR,
    WALK,
    Figure,
    Part,
    mirrored,
    posture,
    sided,
)


def _climber(knee: float, shank: float, pitch: float) -> Figure:
    plank = posture(arm=(pitch + 4, 6), pitch=pitch, nod=-10)
    drawn = posture(arm=(pitch + 4, 6), thigh=(knee, 6), shank=(shank, 4), pitch=pitch, nod=-10)
    return Figure(plank, (sided(drawn, plank),), TO_FLOOR, ("change",), (0.35, 1.6))


def _push_up(
    pitch: float,
    arm: Part,
    down: Part,
    forearm: Part,
    thigh: Part = (0, 4),
    shank: Part | None = None,
    dip: float = 8,
) -> Figure:
    up = posture(0, arm, None, thigh, shank, pitch=pitch, nod=-10)
    low = posture(0, down, forearm, thigh, shank, pitch=pitch + dip, nod=-15)
    return Figure(up, (low,), TO_FLOOR, rep_s=(0.7, 3.5))


def _sit_up(
    arm: Part, forearm: Part, thigh: Part, shank: Part, lean: float = 72, swung: Part | None = None
) -> Figure:
    if swung:
        up = posture(lean, swung, None, thigh, shank, pitch=SUPINE, nod=20)
    else:
        up = posture(lean, arm, forearm, thigh, shank, pitch=SUPINE, nod=20, carried=True)
    flat = posture(2, arm, forearm, thigh, shank, pitch=SUPINE, nod=5)
    return Figure(flat, (up,), TO_BACK, rep_s=(1.0, 4.5))


def _bench(
    pitch: float, turn: Part, forearm: Part, thigh: Part, shank: Part, wide: float
) -> Figure:
    up = posture(0, (178 + pitch, wide), None, thigh, shank, pitch=pitch)
    low = posture(0, turn, forearm, thigh, shank, pitch=pitch)
    return Figure(up, (low,), TO_BENCH, rep_s=(1.0, 4.5))


def _pull_up(hang: Part, turn: Part, forearm: Part, legs: Doubles, top: Doubles) -> Figure:
    low, high = legs.copy(), top.copy()
    for made, upper, lower in ((low, hang, hang), (high, turn, forearm)):
        made[SIDED[:2]] = [[upper, upper], [lower, lower]]
        made[HANG] = 1
    return Figure(low, (high,), TO_BAR, rep_s=(1.0, 4.5))


def _circle(tuck: float, lean: float) -> Figure:
    """Legs together around the hands: ahead, to the left, behind, to the right."""

    def at(flex: float, abd: float, lean: float, bend: float, pitch: float, arms: float) -> Doubles:
        made = posture(lean, (arms, 16), thigh=(flex, 0), bend=bend, pitch=pitch, hang=1)
        made[SIDED[2:, 0, 1]], made[SIDED[2:, 1, 1]] = abd, -abd
        return made

    ahead = at(tuck, 0, lean, 0, -12, -18)
    left = at(20, 62, lean / 2, -14, 10, 8)
    behind = at(-14, 0, 18, 0, 52, 62)
    right = mirrored(left)
    return Figure(ahead, (left, behind, right), (WALK, STAND), ("both",), (0.6, 1.6), even=True)


FIGURES: Final[dict[str, tuple[Figure, ...]]] = {
    "mountain_climber": (
        _climber(105, 12, 76),
        _climber(85, -15, 68),
        _climber(118, 25, 84),
    ),
    "push_up": (
        _push_up(72, (78, 10), (5, 42), (84, 2)),
        _push_up(72, (78, 28), (20, 68), (84, 10)),
        _push_up(74, (80, 6), (-18, 15), (82, 2)),
        _push_up(56, (72, 8), (0, 35), (72, 2)),
        _push_up(40, (68, 10), (5, 35), (72, 2)),
        _push_up(92, (94, 10), (15, 42), (98, 2)),
        _push_up(62, (70, 10), (-5, 42), (76, 2), (-5, 4), (-100, 4), 14),
    ),
    "sit_up": (
        _sit_up((150, 40), (205, -70), (48, 6), (-58, 6)),
        _sit_up((20, 12), (130, -50), (48, 6), (-58, 6)),
        _sit_up((176, 10), (178, 8), (45, 8), (-60, 8), swung=(20, 6)),
        _sit_up((40, 8), (60, 4), (50, 6), (-55, 6), swung=(50, 4)),
        _sit_up((150, 40), (205, -70), (90, 6), (5, 6), lean=38),
        _sit_up((150, 40), (205, -70), (50, 6), (-55, 6), lean=32),
        _sit_up((175, 10), (178, 8), (4, 6), (2, 6), lean=85, swung=(5, 6)),
        _sit_up((20, 12), (130, -50), (40, 45), (-60, -30), lean=78),
    ),
    "bench_press": (
        _bench(SUPINE, (12, 62), (88, 6), (2, 20), (-82, 18), 10),
        _bench(SUPINE, (25, 72), (90, 4), (-8, 25), (-95, 18), 22),
        _bench(SUPINE, (0, 40), (88, 2), (8, 18), (-80, 14), 4),
        _bench(SUPINE, (12, 62), (88, 6), (85, 8), (-20, 6), 10),
        _bench(-45, (30, 60), (132, 6), (42, 18), (-42, 14), 10),
        _bench(SUPINE, (15, 62), (92, 5), (50, 12), (-55, 10), 10),
    ),
    "pull_up": (
        _pull_up(
            (177, 14), (35, 52), (172, 2), posture(thigh=(3, 4)), posture(-8, thigh=(5, 4), nod=-10)
        ),
        _pull_up(
            (176, 32),
            (20, 62),
            (172, 18),
            posture(thigh=(0, 3), shank=(-80, -4)),
            posture(-10, thigh=(5, 3), shank=(-75, -4)),
        ),
        _pull_up(
            (177, 6),
            (48, 12),
            (165, -4),
            posture(thigh=(15, 3), shank=(-50, 2)),
            posture(-8, thigh=(28, 3), shank=(-40, 2)),
        ),
        _pull_up(
            (170, 18),
            (38, 50),
            (170, 2),
            posture(12, thigh=(-28, 4), shank=(-45, 4)),
            posture(-18, thigh=(35, 4), shank=(-15, 4)),
        ),
        _pull_up(
            (177, 14),
            (38, 52),
            (172, 0),
            posture(thigh=(70, 4), shank=(-10, 4)),
            posture(-6, thigh=(85, 4), shank=(-5, 4)),
        ),
    ),
    "pommel_horse": (_circle(72, 10), _circle(58, 0), _circle(80, 22)),
}
PLANKS: Final = tuple(
    posture(lean, arm, forearm, pitch=pitch, nod=nod, thigh=(thigh, 4))
    for lean, arm, forearm, pitch, nod, thigh in (
        (0, (78, 6), None, 74, -10, 0),
        (0, (82, 6), (172, -5), 82, -5, 0),
        (8, (84, 6), (172, -20), 84, -10, 8),
        (-4, (72, 8), None, 70, -25, -4),
        (12, (74, 6), None, 76, 0, 14),
    )
)
