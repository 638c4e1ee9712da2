"""What people do before a camera when they do not exercise: postures between which they move."""

from typing import Final

from models.body import GAIT, Doubles
from models.stance import (
    ALL_FOURS,
    CROUCH,
    KNEEL,
    PICK,
    REACH,
    SEATED,
    SIT_FLOOR,
    STAND,
    SUPINE,
    WALK,
    posture,
    sided,
)

_HIPS: Final = posture(arm=(-15, 42), forearm=(30, -60))
_LYING: Final = posture(2, (30, 20), (40, 10), thigh=(45, 6), shank=(-55, 6), pitch=SUPINE)
_PHONE: Final = posture(4, (18, 8), (108, -25), nod=35)
_FOLDED: Final = posture(2, (25, 12), (90, -65))
_BENT: Final = posture(48, (12, 8), thigh=(18, 6), shank=(-16, 4), nod=-10)
_DRINK: Final = sided(posture(arm=(60, 25), forearm=(155, -30)), posture(-5, nod=-20))
_HOLD: Final = sided(posture(arm=(25, 8), forearm=(95, -20)), posture(2, nod=15))
_REACH_DOWN: Final = sided(
    posture(arm=(-5, 15)), posture(66, (12, 6), thigh=(30, 8), shank=(-15, 5), bend=-8)
)
_PICK_LOW: Final = sided(
    posture(arm=(40, 8), forearm=(70, 0)),
    posture(40, (15, 8), thigh=(95, 12), shank=(-50, 8), twist=-20),
)
_SIDE: Final = sided(posture(arm=(0, 165)), posture(arm=(-15, 42), forearm=(30, -60), bend=-28))
_QUAD: Final = sided(posture(arm=(-35, 8), thigh=(-8, 4), shank=(-140, 4)), posture(arm=(30, 40)))
_ACROSS: Final = sided(posture(arm=(88, -45)), posture(arm=(60, -10), forearm=(110, 60)))
_TOES: Final = posture(95, (10, 6), thigh=(-8, 4), shank=(2, 4))
_TALK: Final = posture(2, (20, 18), (85, 15))
_POINT: Final = sided(posture(arm=(70, 40)), posture(2, (15, 10), (60, 0), twist=15))
_SCRATCH: Final = sided(posture(arm=(75, 50), forearm=(170, -50)), STAND)
_CLOTHES: Final = posture(5, (8, 22), (55, -55), nod=35)
_COLLAR: Final = posture(2, (45, 40), (150, -60))
_RACK: Final = posture(8, (75, 18), (105, 5))
_OVERHEAD: Final = posture(arm=(120, 25), forearm=(150, 0))
_CARRY: Final = posture(-4, (8, 10), (75, -5))
_ELBOWS_ON_KNEES: Final = posture(42, (35, 10), (75, -25), (82, 18), (2, 8))
_LEG_UP: Final = sided(posture(thigh=(85, 20), shank=(0, 5)), posture(15, (45, 5), (75, 0)))
_ARCHED: Final = posture(-12, (-30, 35), (10, -20), nod=-15)


def _walking(made: Doubles) -> Doubles:
    walking = made.copy()
    walking[GAIT] = 1
    return walking


WANDER: Final = "wander"
ERRANDS: Final[dict[str, tuple[Doubles, ...]]] = {
    "stand": (STAND, _HIPS, _FOLDED, _ARCHED),
    "walk": (WALK, WALK, _walking(_CARRY), _walking(_PHONE)),
    WANDER: (WALK, STAND, WALK, _HIPS, _walking(_HOLD)),
    "sit": (STAND, SEATED, _ELBOWS_ON_KNEES, SEATED, WALK),
    "pick": (STAND, PICK, _REACH_DOWN, _PICK_LOW, _CARRY, WALK),
    "stretch": (STAND, REACH, _SIDE, _QUAD, _ACROSS, _TOES, _LEG_UP, _ARCHED),
    "drink": (_HOLD, _DRINK, STAND, _PHONE),
    "phone": (_PHONE, _PHONE, STAND, _walking(_PHONE), _SCRATCH),
    "talk": (_TALK, _POINT, _FOLDED, _HIPS, STAND),
    "clothes": (_CLOTHES, _COLLAR, STAND, _SCRATCH),
    "rack": (_RACK, WALK, _CARRY, _OVERHEAD, PICK, STAND),
    "recover": (_BENT, _HIPS, _BENT, _ARCHED, WALK),
    "floor": (STAND, CROUCH, KNEEL, ALL_FOURS, CROUCH, STAND),
    "lie": (CROUCH, SIT_FLOOR, _LYING, SIT_FLOOR, ALL_FOURS),
}
