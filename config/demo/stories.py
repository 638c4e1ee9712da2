"""A dozen invented athletes of the demo coach: each shows one reason to look, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coach.models import Scope
from config.demo.filmed import Filmed
from config.demo.history import Plan
from config.demo.takes import Take

SQUAT: Final = Plan("squat", (10, 10), (112, 112), (3.0, 3.0), weaker=(0.03, 0.03), sets=2)
PUSH_UP: Final = Plan("push_up", (9, 9), (80, 80), (2.5, 2.5), weaker=(0.03, 0.03), sets=2)
LUNGE: Final = Plan("lunge", (10, 10), (82, 82), (2.8, 2.8), weaker=(0.03, 0.03), sets=2)
PRESS: Final = Plan("shoulder_press", (9, 9), (98, 98), (2.6, 2.6), (12, 12), (0.03, 0.03), 2)
USUAL: Final = (SQUAT, PUSH_UP)
OFTEN: Final = (40, 37, 35, 32, 30, 27, 24, 21, 18, 15, 12, 9, 6, 3, 1)
LATELY: Final = (34, 30, 26, 20, 18, 15, 13, 10, 8, 5, 3, 1)  # more of them in three weeks
_CLEAN: Final = Filmed(Take("squat", (None,) * 12), {"target_reps": 12}, {"rpe": 7.5})
_FAULTY: Final = Filmed(
    Take("squat", (None, "depth", "trunk_lean", None) * 2 + ("depth",) * 4),
    {"target_reps": 12},
    {"rpe": 8.5},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """ago: how many days ago there was a workout. plan: slug of a programme that is followed, and
    then its days take the place of ago; missed: how many of the last planned ones were not done.
    filmed: sets of yesterday with their keypoints. faulty: share of the repetitions of the last
    three weeks with a finding, from the first to the last workout. refused: repetitions of the
    filmed sets of which the athlete says that they are none. pain: of the last workout.
    linked: how many days ago."""

    role: str
    name: str
    ago: Sequence[int] = OFTEN
    exercises: tuple[Plan, ...] = USUAL
    time_zone: str = "Europe/Oslo"
    scopes: Sequence[str] = field(default_factory=lambda: Scope.values)
    plan: str = ""
    missed: int = 0
    filmed: Sequence[Filmed] = ()
    faulty: tuple[float, float] = (0, 0)
    refused: Sequence[int] = ()
    pain: dict[str, Any] = field(default_factory=dict)
    linked: int = 70
    group: str = ""


_SHRINKING: Final = Plan("squat", (10, 10), (154, 122), (3, 3), weaker=(0.03, 0.03), sets=2)
_LIMPING: Final = Plan("lunge", (10, 10), (82, 82), (2.8, 2.8), weaker=(0, 0.24), sets=2)
_GROWING: Final = Plan(
    "shoulder_press", (8, 9), (96, 100), (2.8, 2.5), (10, 16), weaker=(0.03, 0.03), sets=2
)

STORIES: Final = (
    Story("jonas", "Jonas Brandt", plan="strong_base", missed=2, group="Mornings"),
    Story(
        "aiko", "Aiko Mori", LATELY, filmed=(_CLEAN, _CLEAN), time_zone="Asia/Tokyo",
        exercises=(_SHRINKING, PUSH_UP),
    ),
    Story(
        "lucia", "Lucía Ferrer", LATELY, group="Mornings",
        exercises=(_LIMPING, PRESS),
    ),
    Story("samir", "Samir Haddad", filmed=(_CLEAN,), refused=(0, 11), group="Remote"),
    Story("grace", "Grace Bello", pain={"pain_level": 6, "pain_area": "knee"}, group="Mornings"),
    Story("viktor", "Viktor Lindqvist", (48, 45, 41, 38, 34, 31, 27, 24, 20, 16)),
    Story("wei", "Chen Wei", LATELY, faulty=(0, 0.5), filmed=(_FAULTY,), time_zone="Asia/Shanghai"),
    Story("nora", "Nora Eriksen", (34, 30, 26, 22, 17, 13, 9, 6, 5, 4, 3, 2, 1, 0), group="Remote"),
    Story(
        "pablo", "Pablo Ruiz", (36, 32, 29, 25, 22, 18, 15, 11, 8, 4, 1), group="Mornings",
        exercises=(_GROWING, LUNGE),
    ),
    Story("hana", "Hana Novák", (38, 34, 31, 27, 24, 20, 17, 13, 10, 5), group="Remote"),
    Story("theo", "Theo Martin", plan="first_steps", scopes=(Scope.PLAN, Scope.COMMENTS)),
    Story("leila", "Leila Amrani", (1,), linked=1),
)  # fmt: skip
