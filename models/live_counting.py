"""From phase and activity to repetitions as the samples come, at one rate.

The same most likely path as `counting.decode`, forwards only: what the path that leads to a state
has counted travels with the state's score, so nothing need be kept of the samples before it.
Knows nothing of poses; whoever feeds it is asked what a finished cycle is worth.

A cycle ends where the phase comes round to 0. The network is sure of a movement only
once it has seen some of it, so the first cycle of a run may lack its beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from models.counting import (
    _ENTER,
    _EXIT,
    _FROM,
    BINS,
    IDLE,
    Doubles,
    Phases,
    _emissions,
    _move_costs,
)

FIRST: Final = 0.4  # of a cycle seen is enough for the first of a run
NEARLY: Final = 0.85  # of one is a whole where the movement ends
GONE, BEGAN, COUNT, WAITING, SURE = range(5)
_MOVED: Final = np.append(np.arange(len(_FROM) - 1), 0)  # bins, by row of _FROM
_ALL: Final = np.arange(BINS)

Worth = Callable[[int, int], float]


@dataclass(slots=True, eq=False)
class Decoder:
    """Where the best path to each of BINS + 1 states stands.

    scores: (BINS + 1,) of the paths. behind: (BINS + 1, 5), for each path: share of the present
    cycle gone through, sample at which it began, repetitions counted, cycles of this run that wait
    for a sure one, and how sure the surest of the run was.
    """

    scores: Doubles = field(default_factory=lambda: np.append(np.full(BINS, -_ENTER), 0.0))
    behind: Doubles = field(default_factory=lambda: np.zeros((BINS + 1, 5)))
    samples: int = 0

    @property
    def best(self) -> Doubles:
        """(5,) what the likeliest path has behind it."""
        return np.asarray(self.behind[int(self.scores.argmax())])

    def step(self, phases: Phases, worth: Worth, least_sure: float) -> None:
        """Take in one sample. worth: how sure the cycle from one sample to another was, negative
        where it does not count; least_sure: what one cycle of a run must reach."""
        active, idle = _emissions(phases)
        options = self.scores[_FROM] - _move_costs(phases)[0][:, None]
        row = options.argmax(axis=0)
        came = _FROM[row, _ALL]
        last = int(self.scores[:BINS].argmax())
        left = self.scores[last] - _EXIT
        rests = bool(self.scores[IDLE] >= left)
        best = np.append(options.max(axis=0), max(self.scores[IDLE], left))
        scores = best + np.append(active[0], idle[0])
        behind = self.behind[np.append(came, IDLE if rests else last)]
        self.samples += 1
        for state in np.flatnonzero((came < IDLE) & (came + _MOVED[row] >= BINS)):
            self._finish(behind[state], FIRST, worth, least_sure)
        if not rests:
            self._finish(behind[IDLE], NEARLY - 1 / BINS, worth, least_sure)
        behind[:BINS, GONE] += _MOVED[row] / BINS
        for state in (*np.flatnonzero(came == IDLE), IDLE):
            behind[state, [GONE, WAITING, SURE]] = 0.0
            behind[state, BEGAN] = self.samples - 1
        self.scores, self.behind = scores - scores.max(), behind

    def _finish(self, path: Doubles, least: float, worth: Worth, least_sure: float) -> None:
        """End a cycle; it counts where enough of it was seen and it is worth something."""
        began, enough = int(path[BEGAN]), path[GONE] >= least
        path[GONE], path[BEGAN] = 0.0, self.samples
        sure = worth(began, self.samples) if enough else -1.0
        if sure < 0:
            return
        path[WAITING] += 1
        path[SURE] = max(path[SURE], sure)
        if path[SURE] >= least_sure:
            path[COUNT] += path[WAITING]
            path[WAITING] = 0
