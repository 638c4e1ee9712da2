"""When a movement goes where, without any pose.

A course visits numbered stops; `routine` writes whole sets of them. Which pose stands at a stop is
the affair of those who use it: `figures` puts postures of a body there, `synthetic` poses of real
people.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

START: Final = 0  # the stop at which repetitions begin and end


@dataclass(frozen=True, slots=True)
class Course:
    """T samples of a movement.

    times: (J,) samples; stops: (J,) which stop is reached then; depths: (J,) how far from the start
    towards it. starts, ends: (R,) samples between which each repetition lies. phase: (T,) radians.
    active: (T,). cycle: (T,) samples a repetition, 0 where idle.
    """

    times: Doubles
    stops: NDArray[np.int64]
    depths: Doubles
    starts: Doubles
    ends: Doubles
    phase: Doubles
    active: NDArray[np.bool_]
    cycle: Doubles

    def __len__(self) -> int:
        return len(self.phase)

    def path(self, poses: Doubles, roundness: float = 1.0, samples: int = 0) -> Doubles:
        """(T, D) way along poses (stops, D), or at another number of even moments.

        roundness: 0 even speed between stops, 1 slow near them.
        """
        keys = poses[START] + self.depths[:, None] * (poses[self.stops] - poses[START])
        moments = np.linspace(0, len(self) - 1, samples or len(self))
        left = np.searchsorted(self.times, moments, side="right") - 1
        left = np.clip(left, 0, len(self.times) - 2)
        gone = (moments - self.times[left]) / np.maximum(np.diff(self.times)[left], 1e-6)
        gone = np.clip(gone, 0, 1)
        gone += roundness * ((1 - np.cos(np.pi * gone)) / 2 - gone)
        return np.asarray(keys[left] + gone[:, None] * (keys[left + 1] - keys[left]))


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody divides a repetition: shares that add up to 1."""

    down: float
    pause: float
    up: float
    rest: float


class Writer:
    """Puts a course together, one movement after the other; durations are in samples."""

    def __init__(self, begin: float = 0.0, stop: int = START) -> None:
        self.now = begin
        self._keys: list[tuple[float, int, float]] = [(begin, stop, 1.0)]
        self._spans: list[tuple[float, float]] = []

    def move(self, duration: float, stop: int = START, depth: float = 1.0) -> None:
        self.now += duration
        self._keys.append((self.now, stop, depth))

    def stay(self, duration: float) -> None:
        self.move(duration, *self._keys[-1][1:])

    def visit(self, duration: float, stop: int, depth: float) -> None:
        """There and back, half of the time each."""
        self.move(duration / 2, stop, depth)
        self.move(duration / 2)

    def repetition(self, duration: float, pace: Pace, way: tuple[int, ...], depth: float) -> None:
        """From the start along a way and back; a way of several stops is a circle."""
        begin = self.now
        self.stay(pace.rest / 2 * duration)
        if len(way) > 1:
            moving = (1 - pace.rest) * duration / (len(way) + 1)
            for stop in way:
                self.move(moving, stop, depth)
            self.move(moving)
        else:
            self.move(pace.down * duration, way[0], depth)
            self.stay(pace.pause * duration)
            self.move(pace.up * duration)
        self.stay(pace.rest / 2 * duration)
        self._spans.append((begin, self.now))

    def finish(self, length: int) -> Course:
        """The first `length` samples."""
        self.stay(max(1.0, length - self.now))
        times, stops, depths = zip(*self._keys, strict=True)
        spans = np.array(self._spans, float).reshape(-1, 2)
        at = np.arange(length)
        phase = cycle = np.zeros(length)
        active = np.zeros(length, bool)
        if len(spans):
            last = np.clip(np.searchsorted(spans[:, 0], at, side="right") - 1, 0, None)
            begin, end = spans[last].T
            active = (at >= begin) & (at < end)
            cycle = (end - begin) * active
            phase = 2 * np.pi * (at - begin) / (end - begin) * active
        return Course(
            np.array(times, float),
            np.array(stops, np.int64),
            np.array(depths, float),
            spans[:, 0],
            spans[:, 1],
            phase,
            active,
            cycle,
        )
