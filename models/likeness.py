"""How alike the cycles of a set are: repetitions resemble one another, idling does not.

Asks the movement alone, not the network that found the cycles, and so can contradict it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.counting import BINS, Cycle, Doubles
from models.features import Floats

_POINTS: Final = 12  # along a cycle, for comparing whole cycles
_STRAY: Final = 8.0  # times the usual distance from the typical cycle, and times its own movement
_STRAY_SHARE: Final = (
    0.25  # of the cycles; where more are unlike it, the typical one is not typical
)
_FEWEST: Final = 3  # cycles that make a typical one


def foretold(samples: Floats, path: NDArray[np.int64], whole: list[Cycle]) -> tuple[float, float]:
    """How much of the movement each cycle's poses are foretold by the other cycles.

    samples: (N, D); path: (N,) phase bins. Returns the share of the movement within the cycles, and
    the same as a share of all movement: below 0 where the others mislead, 0 for a single cycle.
    """
    if len(whole) < 2:
        return 0.0, 0.0
    owner = np.full(len(path), -1)
    for i, cycle in enumerate(whole):
        owner[round(cycle.start) : round(cycle.end)] = i
    inside = (owner >= 0) & (path >= 0)
    place = owner[inside], path[inside]
    own, everything = samples[inside].astype(np.float64), samples.astype(np.float64)
    shape = (len(whole), BINS)
    sums, sizes = np.zeros((*shape, samples.shape[1])), np.zeros(shape)
    np.add.at(sums, place, own)
    np.add.at(sizes, place, 1)
    sums, sizes = _smooth_bins(sums), _smooth_bins(sizes)
    others, other_sizes = (sums.sum(axis=0) - sums)[place], (sizes.sum(axis=0) - sizes)[place]
    guess = others / np.maximum(other_sizes, 1e-9)[:, None]
    guess[other_sizes <= 0] = own.mean(axis=0)
    movement = _squares(own - own.mean(axis=0)) + 1e-9
    missed = _squares(own - guess)
    total = _squares(everything - everything.mean(axis=0)) + 1e-9
    return 1 - missed / movement, (movement - missed) / total


def strays(samples: Floats, whole: list[Cycle]) -> NDArray[np.bool_]:
    """(cycles,) which are unlike the typical one: getting into position, racking the weight."""
    if len(whole) < _FEWEST:
        return np.zeros(len(whole), bool)
    courses = _courses(samples, whole)
    typical = np.median(courses, axis=0)
    movement = _squares(typical - typical.mean(axis=0)) + 1e-9
    apart = ((courses - typical) ** 2).sum(axis=(1, 2)) / movement
    unlike = np.asarray(apart > _STRAY * max(1.0, float(np.median(apart))))
    few = unlike.sum() <= max(1, _STRAY_SHARE * len(whole))
    return unlike if few else np.zeros(len(whole), bool)


def _courses(samples: Floats, whole: list[Cycle]) -> Doubles:
    """(cycles, _POINTS, D): each cycle's poses at even steps of its duration."""
    last = len(samples) - 1
    starts = np.array([cycle.start for cycle in whole])
    ends = np.array([min(cycle.end, last) for cycle in whole])
    at = np.linspace(starts, ends, _POINTS, axis=1)
    left = np.minimum(at.astype(int), last)
    share = (at - left)[:, :, None]
    right = np.minimum(left + 1, last)
    return np.asarray(samples[left] * (1 - share) + samples[right] * share)


def _smooth_bins(values: Doubles) -> Doubles:
    """Neighbouring phases (axis 1) lend half of their weight."""
    return values + 0.5 * (np.roll(values, 1, axis=1) + np.roll(values, -1, axis=1))


def _squares(values: Doubles) -> float:
    return float((values**2).sum())
