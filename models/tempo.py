"""Which of several sampling rates to count at.

The network follows a repetition best when it spans some ten samples. Repetitions last from
half a second to twelve, so it looks at a ladder of rates. The readings vote on the period; then the
voted one and those near it are asked how well their cycles foretell one another, for at a wrong
rate they do not. N is the samples of a reading, D the inputs of the network.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import likeness
from models.counting import Cycle, Doubles, Phases, cycles, decode, decode_all
from models.features import Floats
from models.quantiles import quantile

LADDER_HZ: Final = tuple(36.0 / 1.5 ** (step / 3) for step in range(21))
_NEAR: Final = 4  # steps of the ladder to each side of the vote
_BESIDE: Final = 2  # steps to each side of the best
LEAST_TRUST: Final = 0.15  # in the best rate; less is standing about
BEST_SPAN: Final = 9.0  # samples a repetition
_SPAN_SPREAD: Final = 0.7  # of its logarithm
_MIN_SAMPLES: Final = 6
_TRUST_WEIGHT: Final = 1.5  # of the network's own certainty beside a share of explained variance


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the network answered at one rate.

    times: (N,) s; samples: (N, D) its inputs; logits: (classes,). path: (N,) its phases decoded,
    where that was done together with others'.
    """

    rate_hz: float
    times: Doubles
    samples: Floats
    phases: Phases
    logits: Doubles
    path: NDArray[np.int64] | None = None

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
    """Cycles found at one rate, those unlike the others left out.

    alike: share of the movement within cycles that the other cycles foretell; below 0 where they
    foretell nothing, 0 where there are fewer than two. explained: the same, as a share of all
    movement in the sequence.
    """

    reading: Reading
    cycles: list[Cycle]
    alike: float
    explained: float


def rates(fps: float, duration_s: float) -> list[float]:
    """Rates worth looking at, in Hz, highest first: none much above the frame rate, none that
    leaves too few samples. Never empty: a sequence that is too short for any is looked at once.

    fps: frames a second of the sequence, above 0; duration_s: its length.
    """
    chosen = [rate for rate in LADDER_HZ if rate <= 1.4 * fps and rate * duration_s >= _MIN_SAMPLES]
    return chosen or [max(LADDER_HZ[-1], min(LADDER_HZ[0], fps))]


def choose(readings: list[Reading], strictness: float = 1.0, is_open: bool = False) -> list[Count]:
    """Counts at the rate near the voted one where cycles are most alike, and at those beside it.

    readings: of one sequence at each of `rates`, in their order, one or more. Empty where no rate
    shows repetitions. strictness: factor on the trust that is asked for, 1 as trained, 0 asks for
    none. is_open: whether the set goes on after them.
    """
    voted = vote(readings)
    near = decoded(_around(voted, _NEAR, readings))
    counts = [_count(reading, is_open) for reading in near]
    scores = [count.explained + _TRUST_WEIGHT * trust(count.reading) for count in counts]
    best = counts[int(np.argmax(scores))]
    if trust(best.reading) < strictness * LEAST_TRUST:
        return []
    known = {count.reading.rate_hz: count for count in counts}
    middle = max(0, voted - _NEAR) + near.index(best.reading)
    beside = _around(middle, _BESIDE, readings)
    return [known.get(reading.rate_hz) or _count(reading, is_open) for reading in beside]


def decoded(readings: list[Reading]) -> list[Reading]:
    """The same readings in the same order, each with its path; many at once are cheaper, whosoever
    they are."""
    new = [reading for reading in readings if reading.path is None]
    paths = iter(decode_all([reading.phases for reading in new]))
    return [r if r.path is not None else replace(r, path=next(paths)) for r in readings]


def _around(index: int, steps: int, readings: list[Reading]) -> list[Reading]:
    return readings[max(0, index - steps) : index + steps + 1]


def vote(readings: list[Reading]) -> int:
    """Index of the reading at which the weighted median period spans nearest to BEST_SPAN samples.

    readings: one or more; each weighs as the cube of its `trust`.
    """
    periods = np.log([reading.period_s for reading in readings])
    weights = np.array([trust(reading) ** 3 + 1e-9 for reading in readings])
    order = np.argsort(periods)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    period_s = float(np.exp(periods[order[min(middle, len(order) - 1)]]))
    spans = np.array([reading.rate_hz * period_s for reading in readings])
    return int(np.abs(np.log(spans / BEST_SPAN)).argmin())


def trust(reading: Reading) -> float:
    """How much a reading is worth, 0 to 1: sure of the phase (the 0.8 quantile of its certainty),
    and in its best range (a normal curve over the logarithm of samples a repetition)."""
    off = np.log(reading.rate_hz * reading.period_s / BEST_SPAN) / _SPAN_SPREAD
    sure = float(quantile(reading.certainty, 0.8))
    return sure * float(np.exp(-0.5 * off**2))


def _count(reading: Reading, is_open: bool = False) -> Count:
    path = decode(reading.phases) if reading.path is None else reading.path
    found = cycles(path, is_open)
    whole = [cycle for cycle in found if cycle.whole]
    alike, explained = likeness.foretold(reading.samples, path, whole)
    stray = likeness.strays(reading.samples, whole)
    left_out = {id(cycle) for cycle, unlike in zip(whole, stray, strict=True) if unlike}
    return Count(reading, [c for c in found if id(c) not in left_out], alike, explained)
