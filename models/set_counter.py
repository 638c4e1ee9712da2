"""Counts a set while it goes on: the page's `setCounter.ts`, so that it can be measured.

An open set is read from `TAIL_MS` before the last look, and what lies before that stays as it was
found; a finished set is read as a whole. Between two full looks at every rate, quick ones keep to
the rates beside the last answer. What was said is taken back only by a full look, and only where
the look before it found less, too.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import numpy as np

from models.discriminator import analyze
from models.features import Floats
from models.registry import Network
from models.results import Analysis, Attempt, Rep
from models.sequence import Sequence

TAIL_MS: Final = 45_000
_GUARD_MS: Final = 15_000  # at the tail's start, where a repetition may be cut: longer than any
_JITTER_MS: Final = 3_000  # two looks may put the same repetition this far apart
_FULL_EVERY_MS: Final = 4_000  # between two full looks, and this many quick ones
_QUICK_LOOKS: Final = 3
_NEAR: Final = 1.5 ** (2.5 / 3)  # rates of a quick look: up to two steps of the ladder away


@dataclass(frozen=True, slots=True)
class Count:
    """What a page shows of a set."""

    reps: int
    attempts: tuple[Attempt, ...]


class SetCounter:
    """One set. Who feeds it says when to look: a page after a pause, a measurement when it likes.

    exercise: the slug that the athlete chose, None to recognise it. network: another than the
    shipped one, for evaluation.
    """

    def __init__(
        self,
        aspect: float | None = None,
        exercise: str | None = None,
        network: Network | None = None,
    ) -> None:
        self._frames: list[tuple[int, Floats]] = []
        self._aspect, self._exercise, self._network = aspect, exercise, network
        self._sure: list[Rep] = []  # of the last full look: quick ones decide nothing for good
        self._said = 0
        self._doubted: int | None = None  # what the last look found, if less than was said
        self._rate_hz: float | None = None
        self._analyzed_to_ms = self._full_at_ms = self._quick_looks = 0

    def push(self, t_ms: int, pose: Floats) -> None:
        """Take in a frame (17, 3), later than the one before."""
        self._frames.append((t_ms, pose))

    def look(self) -> Count:
        """The count so far."""
        now_ms, start_ms = self._frames[-1][0], self._analyzed_to_ms - TAIL_MS
        long = now_ms - self._full_at_ms >= _FULL_EVERY_MS and self._quick_looks >= _QUICK_LOOKS
        rate_hz = None if long else self._rate_hz
        found = analyze(
            self._since(start_ms), self._exercise, self._network, _near(rate_hz), is_open=True
        )
        self._keep(found, start_ms + _GUARD_MS if start_ms > 0 else 0, rate_hz is not None)
        return Count(self._said, found.attempts)

    def finish(self) -> Analysis:
        """What was done in the whole set."""
        return analyze(self._since(0), self._exercise, self._network)

    def _since(self, start_ms: int) -> Sequence:
        kept = self._frames[bisect_left(self._frames, start_ms, key=itemgetter(0)) :]
        times, poses = zip(*kept, strict=True)
        return Sequence(np.array(times, np.int64), np.stack(poses), self._aspect)

    def _keep(self, found: Analysis, cut_ms: int, quick: bool) -> None:
        """Results from cut_ms on take the place of the old ones."""
        kept = [rep for rep in self._sure if _middle(rep) < cut_ms]
        last_ms = _middle(kept[-1]) if kept else 0.0
        reps = kept + [
            rep
            for rep in found.reps
            if _middle(rep) >= cut_ms - _JITTER_MS and rep.start_ms >= last_ms
        ]
        self._say(len(reps), quick)
        self._analyzed_to_ms = self._frames[-1][0]
        self._rate_hz = found.rate_hz
        self._quick_looks = self._quick_looks + 1 if quick else 0
        if not quick:
            self._sure, self._full_at_ms = reps, self._analyzed_to_ms

    def _say(self, count: int, quick: bool) -> None:
        if count >= self._said:
            self._said, self._doubted = count, None
        else:
            if not quick and self._doubted is not None:
                self._said = max(count, self._doubted)
            self._doubted = count


def _middle(rep: Rep) -> float:
    return (rep.start_ms + rep.end_ms) / 2


def _near(rate_hz: float | None) -> Callable[[float], bool] | None:
    if rate_hz is None:
        return None
    return lambda other: rate_hz / _NEAR < other < rate_hz * _NEAR
