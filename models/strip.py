"""A set at one rate: its newest samples, and what the network said of them.

Sample i covers the seconds from i / rate to (i + 1) / rate of the set's own clock, so that samples
stay the same while the set goes on. New ones are read together with some before them; what the
network said of older ones stays, too.
"""

from collections.abc import Sequence as Several
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from models.counting import Doubles, Phases
from models.discriminator import MARGIN, padded
from models.features import F, Floats, Track, inputs
from models.registry import Network
from models.stretches import Stretches
from models.tempo import Reading

SAMPLES: Final = 128  # remembered; some fourteen repetitions
LONGEST_S: Final = 29.0  # of what a follower remembers
_REVISED: Final = 20  # before the new ones: read again, since what follows has come
_CONTEXT: Final = 24  # before those: read, and forgotten
_STEP: Final = 8
_BATCH: Final = 4  # more are no cheaper each, and their memory stays with ONNX Runtime
_WIDTH: Final = 35  # unit-box pose, and share seen


@dataclass(slots=True, eq=False)
class Strip:
    """first: number of the first sample. unit: (N, 35) means of unit-box poses and whether seen;
    inputs: (N, F) the same as the network has them; said: (N, 4) its answer. settled: number of the
    first sample that may still change; read: of the first one that the network is to read. logits:
    of the exercises, by the last reading of the whole strip."""

    rate_hz: float
    most: int = SAMPLES
    first: int = 0
    unit: Floats = field(default_factory=lambda: np.zeros((0, _WIDTH), np.float32))
    inputs: Floats = field(default_factory=lambda: np.zeros((0, F), np.float32))
    said: Floats = field(default_factory=lambda: np.zeros((0, 4), np.float32))
    logits: Doubles = field(default_factory=lambda: np.zeros(0))
    settled: int = 0
    read: int = 0

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def times(self) -> Doubles:
        """(N,) s, of the middles."""
        return np.asarray((np.arange(self.first, self.first + len(self)) + 0.5) / self.rate_hz)

    @property
    def start_s(self) -> float:
        return self.first / self.rate_hz

    @property
    def end_s(self) -> float:
        return (self.first + len(self)) / self.rate_hz

    def reading(self) -> Reading:
        said = self.said.astype(np.float64)
        phases = Phases(said[:, :2], said[:, 2], said[:, 3])
        return Reading(self.rate_hz, self.times, self.inputs[:, :-1], phases, self.logits)

    def take(self, first: int, unit: Floats, new: Floats, settled_s: float) -> None:
        """Samples from number `first` on; what was there of them before gives way."""
        stay = min(max(0, first - self.first), len(self))
        if not stay or first > self.first + len(self):  # after a gap, only the new ones
            self.first, stay = first, 0
        most = min(self.most, int(LONGEST_S * self.rate_hz))
        begin = max(0, stay + len(new) - most)
        kept = slice(min(begin, stay), stay)
        late = max(0, begin - stay)
        self.unit = np.concatenate([self.unit[kept], unit[late:]])
        self.inputs = np.concatenate([self.inputs[kept], new[late:]])
        nothing = np.zeros((len(new) - late, 4), np.float32)
        self.said = np.concatenate([self.said[kept], nothing])
        self.first += begin
        self.read = max(first, self.first)
        self.settled = int(settled_s * self.rate_hz)

    def asked(self) -> tuple[Floats, int]:
        """What the network is to read, and how many samples of it, at its start, are context."""
        length = self.first + len(self) - self.read + _REVISED + _CONTEXT
        # Windows of few different lengths run in few batches.
        begin = len(self) - -(-length // _STEP) * _STEP
        if begin <= 0:
            return padded(self.inputs), MARGIN
        ended = np.repeat(self.inputs[-1:], MARGIN, axis=0)
        ended[:, -1] = 0
        return np.concatenate([self.inputs[begin:], ended]), _CONTEXT

    def hear(self, answer: Floats, logits: Doubles, context: int) -> None:
        """What the network said to `asked`."""
        heard = answer[context:-MARGIN]
        self.said[len(self) - len(heard) :] = heard
        self.logits = logits


def fill(
    strips: Several[Strip], sources: Several[Track], settled_s: Several[float] | None = None
) -> None:
    """Takes in what these tracks show that is new. settled_s: until when they will stay as they
    are; left out where none goes on."""
    settled_s = settled_s or [0.0] * len(strips)
    wanted = [(*one, _new(*one[:2])) for one in zip(strips, sources, settled_s, strict=True)]
    wanted = [one for one in wanted if len(one[3]) > 1]
    if not wanted:
        return
    begun = [max(0, int(np.searchsorted(s.t_s, e[0], "right")) - 1) for _, s, _, e in wanted]
    parts = [
        (s.t_s[b:], s.unit[b:], s.seen[b:]) for (_, s, _, _), b in zip(wanted, begun, strict=True)
    ]
    t_s, unit, seen = (np.concatenate(part) for part in zip(*parts, strict=True))
    lengths = np.array([len(part[0]) for part in parts])
    edges = [one[3] for one in wanted]
    owners = np.repeat(np.arange(len(edges)), [len(own) for own in edges])
    flat = np.concatenate(edges)
    values = np.concatenate([unit, seen[:, None]], axis=1)
    sums = np.diff(Stretches(t_s, values, lengths).integral(owners, flat), axis=0)
    means = (sums / np.where(np.diff(flat) > 0, np.diff(flat), 1.0)[:, None]).astype(np.float32)
    own = np.flatnonzero(np.diff(owners) == 0)
    means = means[own]
    cuts = np.cumsum([len(one) - 1 for one in edges])[:-1]
    new = inputs(means[:, :-1], means[:, -1])
    for (strip, _, until_s, edge), a, b in zip(
        wanted, np.split(means, cuts), np.split(new, cuts), strict=True
    ):
        strip.take(round(float(edge[0]) * strip.rate_hz), a, b, until_s)


def _new(strip: Strip, source: Track) -> Doubles:
    """Edges, in s, of the samples that are new or may have changed."""
    if not len(source.t_s):
        return np.zeros(0)
    begun = int(np.ceil(source.t_s[0] * strip.rate_hz - 1e-6))
    last = int(source.t_s[-1] * strip.rate_hz)
    first = max(begun, min(strip.settled, strip.first + len(strip)), last - strip.most)
    return np.arange(first, last + 1) / strip.rate_hz


def read(strips: Several[Strip], network: Network) -> None:
    """Lets the network read what is new in each; windows of one length run together."""
    asked = [(one, *one.asked()) for one in strips if len(one) and one.read < one.first + len(one)]
    asked.sort(key=lambda one: len(one[1]))
    for _, group in groupby(asked, key=lambda one: len(one[1])):
        same = list(group)
        for some in (same[i : i + _BATCH] for i in range(0, len(same), _BATCH)):
            answers, logits = network.read(np.stack([window for _, window, _ in some]))
            for (one, _, context), answer, own in zip(some, answers, logits, strict=True):
                one.hear(answer, own.astype(np.float64), context)
