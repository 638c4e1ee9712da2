"""The angles of a shown repetition: which joints drive it, from where to where.

An angle speaks for itself where it moves far and in the same way each time: range over noise.
"""

from collections.abc import Sequence as Many
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.sequence import Sequence
from models.swing import range_deg, swing_deg

NAMES: Final = ("shoulder", "elbow", "hip", "knee")
_LEAST_DEG: Final = 15.0  # less is swaying
_SHAKE_DEG: Final = 10.0  # that an estimator adds to every angle
_BESIDE: Final = 0.5  # of the best joint's score
_MOST: Final = 2
_EDGE: Final = 0.1  # of a repetition, at its start


class Joint(NamedTuple):
    """start_deg, turn_deg: the angle there; range_deg: between the farthest, of the reference."""

    name: str
    start_deg: float
    turn_deg: float
    range_deg: float

    @property
    def opens(self) -> bool:
        """Whether the angle grows on the way to the turn."""
        return self.turn_deg > self.start_deg


Marks = Many[tuple[int, int, int]]


def proposed(sequence: Sequence, marks: Marks) -> tuple[str, ...]:
    """Names of the one or two joints that drive the marked repetitions, main one first.

    Empty where no angle can be taken, or none moves.
    """
    scores = {name: _score(sequence, marks, name) for name in NAMES}
    best = max(scores.values())
    ranked = sorted(scores, key=lambda name: -scores[name])
    return tuple(name for name in ranked[:_MOST] if scores[name] > max(0.0, _BESIDE * best))


def measured(sequence: Sequence, marks: Marks, names: Many[str]) -> tuple[Joint, ...]:
    """Of these joints, those whose angle was seen; medians over the marked repetitions."""
    found = []
    for name in names:
        swings = _swings(sequence, marks, name)
        if not swings:
            continue
        facts = np.median([[*_ends(*swing), range_deg(swing[0])] for swing in swings], axis=0)
        found.append(Joint(name, *(round(float(fact), 1) for fact in facts)))
    return tuple(found)


def _score(sequence: Sequence, marks: Marks, name: str) -> float:
    """Range over noise, 0 where the joint hardly moves."""
    swings = _swings(sequence, marks, name)
    if not swings:
        return 0.0
    wide = float(np.median([range_deg(swing) for swing, _ in swings]))
    ends = np.array([_ends(*swing) for swing in swings])
    noise = float(ends.std(axis=0).mean()) + _SHAKE_DEG
    return wide / noise if wide >= _LEAST_DEG else 0.0


def _swings(sequence: Sequence, marks: Marks, name: str) -> list[tuple[NDArray[np.float32], int]]:
    """(T,) degrees within each repetition and the index of its turn."""
    found = []
    for start_ms, turn_ms, end_ms in marks:
        first, turn, last = np.searchsorted(sequence.t_ms, (start_ms, turn_ms, end_ms))
        swing = swing_deg(sequence, slice(first, last), (name,))
        if swing is not None:
            found.append((swing, int(min(turn - first, len(swing) - 1))))
    return found


def _ends(swing: NDArray[np.float32], turn: int) -> tuple[float, float]:
    """Degrees at the start and around the turn."""
    edge = max(1, int(_EDGE * len(swing)))
    around = swing[max(0, turn - edge // 2) : turn + edge // 2 + 1]
    return float(np.median(swing[:edge])), float(np.median(around))
