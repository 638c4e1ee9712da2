"""How alike left and right are.

The measure is the smaller range over the larger, the limb symmetry index of rehabilitation
(S. D. Barber et al., Clin Orthop Relat Res 255, 1990) with neither side as the better one.
"""

from collections.abc import Iterable
from statistics import median
from typing import Final, NamedTuple

TOGETHER: Final = 0.5  # of the other side's range: less, and this side rested in the repetition
LEAST_REPS: Final = 3  # of each side


class Sides(NamedTuple):
    """Range of motion of both sides in one repetition, in degrees."""

    left_deg: float
    right_deg: float


def usual_ranges(reps: Iterable[Sides]) -> Sides | None:
    """The median range of each side; None where one of them moved in fewer than three repetitions.

    Where the sides take turns, as in curls, a repetition counts for the side that moved.
    """
    known = list(reps)
    left = [one.left_deg for one in known if one.left_deg >= TOGETHER * one.right_deg]
    right = [one.right_deg for one in known if one.right_deg >= TOGETHER * one.left_deg]
    if min(len(left), len(right)) < LEAST_REPS:
        return None
    return Sides(median(left), median(right))


def symmetry(usual: Sides) -> float | None:
    """In [0, 1], 1 where both sides move equally far."""
    larger = max(usual)
    return min(usual) / larger if larger > 0 else None
