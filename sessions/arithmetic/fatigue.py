"""What is lost within a set: speed and range, from its first third to its last.

The loss of speed is that of velocity-based training (L. Sánchez-Medina, J. J. González-Badillo,
Med Sci Sports Exerc 43, 2011), with the angle of the driving joint in place of the bar, and thirds
in place of single repetitions, because a camera measures one repetition less surely than a string.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

LEAST_REPS: Final = 6  # so that a third is two at least
THIRDS: Final = 3


class Movement(NamedTuple):
    """One repetition: how far the driving joint bent, and how long it moved, pauses left out."""

    rom_deg: float
    moving_s: float


def speed_loss(reps: Sequence[Movement]) -> float | None:
    """Share of the speed that is lost, negative where it rose; None for fewer than six."""
    return _loss([2 * one.rom_deg / one.moving_s for one in reps if one.moving_s > 0])


def rom_loss(reps: Sequence[Movement]) -> float | None:
    """Share of the range that is lost, negative where it grew; None for fewer than six."""
    return _loss([one.rom_deg for one in reps])


def _loss(values: Sequence[float]) -> float | None:
    if len(values) < LEAST_REPS:
        return None
    third = len(values) // THIRDS
    begun, ended = median(values[:third]), median(values[-third:])
    return 1 - ended / begun if begun > 0 else None
