"""Strength from a set that was not a maximum."""

from typing import Final

MOST_REPS: Final = 12  # beyond, endurance says more than strength does


def one_rm_kg(weight_kg: float | None, reps: int) -> float | None:
    """The weight that could be lifted once, kg; None without a weight or outside 1 to 12 reps.

    w · 36 / (37 - r): M. Brzycki, "Strength testing: predicting a one-rep max from
    reps-to-fatigue", JOPERD 64(1), 1993. Chosen over Epley's w · (1 + r / 30), 1985, since one
    repetition gives the weight itself; the two agree at ten. It takes the set for all that was
    possible, so after an easy one it is a lower bound.
    """
    if not weight_kg or not 1 <= reps <= MOST_REPS:
        return None
    return weight_kg * 36 / (37 - reps)
