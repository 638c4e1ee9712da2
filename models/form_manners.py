"""Ways of doing an exercise well.

A manner is two postures and the seconds between them. The postures are those of `postures` that
keep every limit of the standard.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.body import Doubles
from models.postures import FIGURES, PLANKS

HOLD: Final = "plank"


@dataclass(frozen=True, slots=True)
class Manner:
    """out_s: from start to turn, back_s: from there to the start. depths: how far each repetition
    goes. paces: of its duration, in turns. changing: sides take turns."""

    start: Doubles
    turn: Doubles
    out_s: float
    back_s: float
    depths: tuple[float, ...] = (1.0,) * 5
    paces: tuple[float, ...] = (1.0,)
    changing: bool = False


# Figures whose postures keep every limit.
_GOOD: Final[dict[str, tuple[int, ...]]] = {
    "squat": (0, 1, 2, 3),
    "push_up": (0, 2, 5),
    "sit_up": (0, 1, 2, 7),
    "pull_up": (0, 1, 2),
    "lunge": (0, 1, 2),
    "jumping_jack": (0, 1, 2),
    "bicep_curl": (0, 1, 5, 6),
    "shoulder_press": (0, 1, 2),
    "front_raise": (2, 4),
    "bench_press": (0, 1, 2),
    "deadlift": (0, 2),
    "high_knees": (0, 1),
    "mountain_climber": (0, 1, 2),
}
_QUICK: Final = {"jumping_jack": 0.5, "high_knees": 0.35, "mountain_climber": 0.45}


def good(slug: str, rng: np.random.Generator) -> Manner:
    """A manner without fault: every limit is kept."""
    if slug == HOLD:
        pose = PLANKS[int(rng.integers(3))]
        return Manner(pose, pose, 2.0, 2.0, (0.0,) * 3)
    choices = _GOOD[slug]
    figure = FIGURES[slug][choices[int(rng.integers(len(choices)))]]
    out_s, back_s = rng.uniform(1.1, 1.8, 2) * _QUICK.get(slug, 1.0)
    return Manner(figure.start, figure.turn, out_s, back_s, changing="change" in figure.sides)
