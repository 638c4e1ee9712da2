"""Values for training and values for the synthetic suite that never meet.

A range is cut into equal cells, as a comb is into teeth: training draws from the first four fifths
of each cell, the suite from the middle of the last fifth. Between the two lies a margin.
"""

from typing import Final

import numpy as np

_TRAINED: Final = 0.8
_SUITE: Final = (0.85, 0.95)


def draw(
    low: float, high: float, cells: int, rng: np.random.Generator, held_out: bool = False
) -> float:
    """Evenly distributed over one's own parts of [low, high)."""
    share = rng.uniform(*_SUITE) if held_out else rng.uniform(0, _TRAINED)
    return float(low + (high - low) * (rng.integers(cells) + share) / cells)


def is_held_out(value: float, low: float, high: float, cells: int) -> bool:
    share = (value - low) / (high - low) * cells % 1
    return bool(share > _TRAINED)
