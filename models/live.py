"""Counting while the set goes on: frames in one at a time, out comes what may be said of them now.

    counter = LiveCounter()
    for t_ms, pose in frames:
        now = counter.push(t_ms, pose)

The answer depends on the frames alone, not on how they were cut into clips, and costs the same
after an hour as after a minute: all that is remembered has a fixed size. How it works:

1. `live_input.Cleaner` cleans a frame once the one or two after it are there.
2. For each of `RATES_HZ` a `Follower` averages cleaned frames over even spans, puts each sample
   through the causal network, whose state it carries, and the answer through one step of
   `live_counting.Decoder`. A cycle ends where the phase comes round to 0; it is then asked for
   size, sight and certainty (`_worth`).
3. The rate is chosen much as in `tempo.py`, by running means over `MEMORY_S`: a rate is worth how
   sure its phase is times how near a repetition is to `BEST_SPAN` samples; the weighted median of
   the rates' periods is the period; a rate is left only for one that is clearly nearer to it.
4. The count is that of the chosen rate where it may be trusted, and never less than was said.
"""

import math
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np

from models.counting import BINS, IDLE
from models.features import Floats
from models.live_follower import BEST_SPAN, Follower
from models.live_input import Cleaner, Values
from models.registry import WEIGHTS, Network, load
from models.skeleton import K

RATES_HZ: Final = tuple(36.0 / 1.5 ** (step + 1 / 3) for step in range(7))
MAX_RATE: Final = 1.4  # samples a frame; more of them show nothing new
_NEARER: Final = 0.25  # of the logarithm of the span, before another rate is chosen
_LEAST_TRUST: Final = 0.15


@dataclass(frozen=True, slots=True)
class Now:
    """What may be said after a frame.

    count: repetitions so far. active: whether one is under way, and phase: how far it has come, in
    [0, 1). probabilities: of each class, as far as the set has shown it.
    """

    count: int
    active: bool
    phase: float
    probabilities: dict[str, float]


@dataclass(slots=True)
class State:
    """All that a counter remembers between frames; of a fixed size, and safe to put away.

    chosen: which follower counts. count: said so far. frame_s: usual time between frames.
    """

    followers: list[Follower]
    cleaner: Cleaner = field(default_factory=Cleaner)
    chosen: int = 0
    count: int = 0
    frame_s: float = 0.0
    last_ms: int | None = None


class LiveCounter:
    """Counts one set. network: another than the shipped one, for evaluation. state: that of another
    counter, to go on from."""

    def __init__(self, network: Network | None = None, state: State | None = None) -> None:
        self._network = network or shipped()
        self.state = state or State([Follower.at(rate, self._network) for rate in RATES_HZ])

    def push(self, t_ms: int, pose: Floats) -> Now:
        """Take in a frame (17, 3), later than the one before.

        Raises ValueError for a frame that is not later, or of another shape.
        """
        state = self.state
        if pose.shape != (K, 3):
            raise ValueError(f"pose: expected ({K}, 3), got {pose.shape}")
        if state.last_ms is not None:
            if t_ms <= state.last_ms:
                raise ValueError(f"t_ms: expected more than {state.last_ms}, got {t_ms}")
            step_s = min((t_ms - state.last_ms) / 1000, 1.0)
            state.frame_s = 0.9 * state.frame_s + 0.1 * step_s if state.frame_s else step_s
        state.last_ms = t_ms
        self._feed(state.cleaner.push(t_ms, pose))
        return self.now()

    def finish(self) -> Now:
        """What may be said once no frame will come any more."""
        self._feed(self.state.cleaner.finish())
        return self.now()

    def now(self) -> Now:
        follower = self.state.followers[self.state.chosen]
        at = int(follower.decoder.scores.argmax())
        active = at != IDLE
        phase = at / BINS if active else 0.0
        return Now(self.state.count, active, phase, self._probabilities())

    def _feed(self, cleaned: list[tuple[float, Values]]) -> None:
        for t_s, values in cleaned:
            for follower in self.state.followers:
                follower.push(t_s, values, self._network)
        if cleaned:
            self._choose()

    def _choose(self) -> None:
        """The rate at which the period that the rates vote for spans nearest to `BEST_SPAN`."""
        state = self.state
        fitting = [f for f in state.followers if f.rate_hz * state.frame_s <= MAX_RATE]
        if not fitting:
            return
        votes = np.array([follower.trust**3 + 1e-9 for follower in fitting])
        period = _weighted_median(np.array([f.log_period for f in fitting]), votes)
        off = [abs(math.log(f.rate_hz / BEST_SPAN) + period) for f in fitting]
        best, first = int(np.argmin(off)), len(state.followers) - len(fitting)
        now = state.chosen - first
        if now < 0 or off[now] - off[best] > _NEARER:
            state.chosen = best + first
        follower = state.followers[state.chosen]
        if follower.trust >= _LEAST_TRUST:
            state.count = max(state.count, follower.count)

    def _probabilities(self) -> dict[str, float]:
        followers = self.state.followers
        weights = np.array([follower.trust for follower in followers]) + 1e-9
        means = np.array([follower.logits / (follower.weight + 1e-9) for follower in followers])
        logits = weights @ means / weights.sum()
        odds = np.exp(logits - logits.max())
        return dict(zip(self._network.card.classes, (odds / odds.sum()).tolist(), strict=True))


def _weighted_median(values: Values, weights: Values) -> float:
    order = np.argsort(values)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(values[order[min(int(middle), len(order) - 1)]])


@cache
def shipped() -> Network:
    """The causal network in `weights/live`."""
    return load(WEIGHTS / "live")
