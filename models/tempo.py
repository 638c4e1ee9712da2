"""Which of several sampling rates to count at.

The network follows a repetition best when it spans some fourteen samples. Repetitions last from
half a second to twelve, so it looks at a ladder of rates. The readings vote on the period; then
each is asked how well its own cycles foretell one another, for at a wrong rate they do not.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.counting import BINS, Cycle, Doubles, Phases, cycles, decode
from models.features import Floats

LADDER_HZ: Final = tuple(30.0 / 1.5**step for step in range(7))
BEST_SPAN: Final = 14.0  # samples a repetition
_SPAN_SPREAD: Final = 0.7  # of its logarithm
_MIN_SAMPLES: Final = 6
_TRUST_WEIGHT: Final = 0.4  # of the network's own certainty beside a share of explained variance
_VOTE_WEIGHT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network answered at one rate.

    times: (N,) s; samples: (N, D) its inputs; logits: (classes,).
    """

    rate_hz: float
    times: Doubles
    samples: Floats
    phases: Phases
    logits: Doubles

    @property
    def certainty(self) -> Doubles:
        """(N,) length of the phase vector where there is activity: 0 unsure, 1 sure."""
        length = np.hypot(*self.phases.vector.T)
        return np.asarray(np.minimum(length, 1) / (1 + np.exp(-self.phases.activity)))

    @property
    def period_s(self) -> float:
        """Duration of a repetition, weighted towards samples whose phase is sure."""
        weight = self.certainty + 1e-6
        mean = float((self.phases.log_frequency * weight).sum() / weight.sum())
        return float(np.exp(-mean)) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Count:
    """Cycles found at one rate.

    alike: share of the movement within cycles that the other cycles foretell; below 0 where they
    foretell nothing, 0 where there are fewer than two. explained: the same, as a share of all
    movement in the sequence.
    """

    reading: Reading
    cycles: list[Cycle]
    alike: float
    explained: float


def rates(fps: float, duration_s: float) -> list[float]:
    """Rates worth looking at: none much above the frame rate, none that leaves too few samples."""
    chosen = [rate for rate in LADDER_HZ if rate <= 1.4 * fps and rate * duration_s >= _MIN_SAMPLES]
    return chosen or [max(LADDER_HZ[-1], min(LADDER_HZ[0], fps))]


def choose(readings: list[Reading]) -> Count:
    """The count at the rate whose cycles are most alike, as far as the network trusts it."""
    voted = _vote(readings)
    counts = [_count(reading) for reading in readings]
    scores = [
        count.explained
        + _TRUST_WEIGHT * _trust(count.reading)
        + _VOTE_WEIGHT * (count.reading is voted)
        for count in counts
    ]
    return counts[int(np.argmax(scores))]


def _vote(readings: list[Reading]) -> Reading:
    """The reading at which the weighted median period spans nearest to BEST_SPAN samples."""
    periods = np.log([reading.period_s for reading in readings])
    weights = np.array([_trust(reading) ** 3 + 1e-9 for reading in readings])
    order = np.argsort(periods)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    period_s = float(np.exp(periods[order[min(middle, len(order) - 1)]]))
    spans = np.array([reading.rate_hz * period_s for reading in readings])
    return readings[int(np.abs(np.log(spans / BEST_SPAN)).argmin())]


def _trust(reading: Reading) -> float:
    """How much a reading is worth: sure of the phase, and in its best range."""
    off = np.log(reading.rate_hz * reading.period_s / BEST_SPAN) / _SPAN_SPREAD
    sure = float(np.quantile(reading.certainty, 0.8))
    return sure * float(np.exp(-0.5 * off**2))


def _count(reading: Reading) -> Count:
    path = decode(reading.phases)
    found = cycles(path)
    alike, explained = _likeness(reading.samples, path, [cycle for cycle in found if cycle.whole])
    return Count(reading, found, alike, explained)


def _likeness(samples: Floats, path: NDArray[np.int64], whole: list[Cycle]) -> tuple[float, float]:
    """Each cycle foretold by the mean of the others at the same phase: `Count`'s two shares."""
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
    foretold = others / np.maximum(other_sizes, 1e-9)[:, None]
    foretold[other_sizes <= 0] = own.mean(axis=0)
    movement = float(((own - own.mean(axis=0)) ** 2).sum()) + 1e-9
    missed = float(((own - foretold) ** 2).sum())
    total = float(((everything - everything.mean(axis=0)) ** 2).sum()) + 1e-9
    return 1 - missed / movement, (movement - missed) / total


def _smooth_bins(values: Doubles) -> Doubles:
    """Neighbouring phases (axis 1) lend half of their weight."""
    return values + 0.5 * (np.roll(values, 1, axis=1) + np.roll(values, -1, axis=1))
