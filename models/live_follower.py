"""One sampling rate of the live counter: samples in, repetitions and trust out.

What it remembers has a fixed size. It knows nothing of the other rates.
"""

import math
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from models.counting import Phases
from models.features import Floats, inputs
from models.live_counting import COUNT, Decoder
from models.live_input import WIDTH, Sampler, Values
from models.registry import Network
from models.skeleton import K

BEST_SPAN: Final = 10.0  # samples a repetition
LEAST_SURE: Final = 0.3  # of the surest repetition of a run
_SPAN_SPREAD: Final = 0.7  # of its logarithm
MEMORY_S: Final = 20.0
_RECENT: Final = 64  # samples kept to judge a finished cycle by
_MIN_REP_S: Final = 0.25
_MIN_SEEN: Final = 0.3  # of a repetition
_MIN_MOVE: Final = 0.04  # mean distance of the moving half of the joints, in bounding boxes
_MIN_SIZE: Final = 0.25  # of the usual movement
_MOBILE: Final = 8  # joints


@dataclass(slots=True, eq=False)
class Follower:
    """One rate. state: (1, S) of the network. recent: (_RECENT, WIDTH + 1) the last samples and how
    sure each was. usual: size of a repetition. sure2, sure3: running sums of certainty squared and
    cubed; weight, periods: of certainty, and of it times the log of the period; logits: (C,)."""

    rate_hz: float
    state: Floats
    logits: Values
    sampler: Sampler
    decoder: Decoder = field(default_factory=Decoder)
    recent: Values = field(default_factory=lambda: np.zeros((_RECENT, WIDTH + 1)))
    usual: float = 0.0
    sure2: float = 0.0
    sure3: float = 0.0
    weight: float = 0.0
    periods: float = 0.0

    @classmethod
    def at(cls, rate_hz: float, network: Network) -> Self:
        size = network.session.get_inputs()[1].shape[1]
        nothing = np.zeros((1, size), np.float32), np.zeros(len(network.card.classes))
        return cls(rate_hz, *nothing, Sampler(rate_hz))

    def push(self, t_s: float, values: Values, network: Network) -> None:
        for sample in self.sampler.push(t_s, values):
            self._take(sample, network)

    @property
    def count(self) -> int:
        return int(self.decoder.best[COUNT])

    @property
    def log_period(self) -> float:
        """Log of the s that a repetition takes."""
        return self.periods / self.weight if self.weight else -math.log(self.rate_hz)

    @property
    def trust(self) -> float:
        """How much this rate is worth, as `tempo` has it: sure of the phase, in its best range."""
        off = (math.log(self.rate_hz / BEST_SPAN) + self.log_period) / _SPAN_SPREAD
        return self.sure3 / (self.sure2 + 1e-9) * math.exp(-0.5 * off**2)

    def _take(self, sample: Values, network: Network) -> None:
        seen = inputs(sample[None, :-1].astype(np.float32), sample[None, -1].astype(np.float32))
        track, logits, self.state = network.session.run(
            ("track", "classes", "state_after"), {"samples": seen[None], "state": self.state}
        )
        answer = track[0].astype(np.float64)
        phases = Phases(answer[:, :2], answer[:, 2], answer[:, 3])
        sure = _certainty(answer[0])
        self.recent = np.concatenate([self.recent[1:], [[*sample, sure]]])
        keep = math.exp(-1 / (self.rate_hz * MEMORY_S))
        weight = sure + 1e-6
        self.sure2 = keep * self.sure2 + sure**2
        self.sure3 = keep * self.sure3 + sure**3
        self.weight = keep * self.weight + weight
        log_period = -float(answer[0, 3]) - math.log(self.rate_hz)
        self.periods = keep * self.periods + weight * log_period
        self.logits = keep * self.logits + weight * logits[0, 0]
        self.decoder.step(phases, self._worth, LEAST_SURE)

    def _worth(self, began: int, ended: int) -> float:
        """How sure the cycle of these samples was; negative where it is no repetition."""
        cycle = self.recent[-(ended - began) :]
        size = _size(cycle[:, : WIDTH - 1])
        seen = cycle[:, WIDTH - 1].mean()
        fast = (ended - began) / self.rate_hz < _MIN_REP_S
        if fast or seen < _MIN_SEEN or size < max(_MIN_MOVE, _MIN_SIZE * self.usual):
            return -1.0
        self.usual = size if not self.usual else 0.8 * self.usual + 0.2 * size
        return float(cycle[:, WIDTH].mean())


def _certainty(answer: Values) -> float:
    """Of one sample's track (4,), as `tempo.Reading.certainty`."""
    return min(1.0, math.hypot(answer[0], answer[1])) / (1 + math.exp(-answer[2]))


def _size(units: Values) -> float:
    """How far the more mobile half of the joints move in samples (N, 34), in bounding boxes."""
    reach = np.ptp(units.reshape(len(units), K, 2), axis=0)
    return float(np.sort(np.hypot(*reach.T))[-_MOBILE:].mean())
