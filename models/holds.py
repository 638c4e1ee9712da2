"""Time held in a position: for exercises whose measure is seconds, not repetitions."""

from typing import Final

import numpy as np

from models.features import MAX_GAP_MS, Track

_STILL: Final = 0.5  # bounding boxes a second; faster is moving, not holding


def held_s(source: Track, aspect: float | None) -> float:
    """Seconds during which the body was seen, and stayed where it was."""
    del aspect
    step_s = np.diff(source.t_s)
    speed = np.abs(np.diff(source.unit, axis=0)).mean(axis=1) / np.maximum(step_s, 1e-3)
    seen = (source.seen[1:] > 0) & (source.seen[:-1] > 0) & (step_s * 1000 <= MAX_GAP_MS)
    return round(float(step_s[seen & (speed < _STILL)].sum()), 2)
