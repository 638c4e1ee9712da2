"""When a movement goes where: sets, pauses and idling along time, without any pose.

A course visits numbered stops. Which pose stands at a stop is the affair of those who use it:
`figures` puts postures of a body there, `synthetic` poses of real people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

SPAN: Final = (4.0, 32.0)  # samples a repetition that the network learns to follow
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


def pace(rng: np.random.Generator) -> Pace:
    pause, rest = rng.uniform(0, 0.3, 2) * (rng.random(2) < 0.7)
    moving = 1 - pause - rest
    down = float(rng.uniform(0.3, 0.7)) * moving
    return Pace(down, float(pause), float(moving - down), float(rest))


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


@dataclass(frozen=True, slots=True)
class Stops:
    """What the numbers stand for: the ways of the two sides, the stops on the way from afar into
    the start pose, and others to idle at. changing: sides take turns."""

    ways: tuple[tuple[int, ...], tuple[int, ...]]
    approach: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    changing: bool = False


def sets(length: int, rng: np.random.Generator, stops: Stops, rep_s: float = 2.5) -> Course:
    """A window into sets of 1 to 15 repetitions, mostly few, with idling before, between and after.

    rep_s: seconds that a repetition takes, so that idling goes at a person's speed, too.
    """
    cycle = float(np.exp(rng.uniform(*np.log(SPAN))))
    rate = cycle / rep_s
    if rng.random() < 0.5:
        writer = Writer(-40 * rng.random())
    else:
        writer = Writer(-20 * rng.random(), stops.approach[0] if stops.approach else START)
        come(writer, stops, rate, rng)
    manner = pace(rng)
    while writer.now < length:
        count = int(rng.integers(1, 6) if rng.random() < 0.6 else rng.integers(4, 16))
        repeat(writer, count, cycle, manner, stops, rng)
        if writer.now >= length:
            break
        _between(writer, stops, rate, rng)
    return writer.finish(length)


def one_set(
    count: int, rate: float, rep_s: float, stops: Stops, rng: np.random.Generator
) -> Course:
    """One whole set of `count` repetitions, with what comes before and after it.

    rate: samples a second. rep_s: of the first repetition.
    """
    writer = Writer(0.0, stops.approach[0])
    if rng.random() < 0.5:
        idle(writer, stops.others, float(rng.exponential(3)), rate, rng)
    come(writer, stops, rate, rng)
    repeat(writer, count, rep_s * rate, pace(rng), stops, rng)
    if rng.random() < 0.8:
        leave(writer, stops, rate, rng)
        idle(writer, stops.others, float(rng.exponential(2)), rate, rng)
    else:
        writer.stay(rate * float(rng.uniform(0.3, 2)))
    return writer.finish(int(np.ceil(writer.now)))


def repeat(
    writer: Writer,
    count: int,
    cycle: float,
    manner: Pace,
    stops: Stops,
    rng: np.random.Generator,
) -> None:
    """A set: tempo and depth vary and drift with fatigue, now and then a breath is taken."""
    unsteady, slower, shallower = rng.uniform((0.01, -0.02, -0.005), (0.1, 0.06, 0.015))
    spread, chance = rng.uniform(0.02, 0.16), 0.08 * (rng.random() < 0.4)
    side = int(rng.integers(2))
    noise = rng.normal(size=(count, 2))
    breaths = rng.random(count) < chance
    for i in range(count):
        tired = min(i, 12)
        duration = max(3.0, cycle * (1 + slower * tired) * float(np.exp(unsteady * noise[i, 0])))
        depth = float(np.clip(1 - shallower * tired + spread * noise[i, 1], 0.65, 1.3))
        writer.repetition(duration, manner, stops.ways[side], depth)
        side = 1 - side if stops.changing else side
        if breaths[i] and i + 1 < count:
            writer.stay(cycle * float(rng.uniform(0.3, 1.2)))


def come(writer: Writer, stops: Stops, rate: float, rng: np.random.Generator) -> None:
    """From afar into the start pose, and a moment there."""
    _travel(writer, (*stops.approach[1:], START), rate, rng)
    writer.stay(rate * float(rng.exponential(0.8)))


def leave(writer: Writer, stops: Stops, rate: float, rng: np.random.Generator) -> None:
    writer.stay(rate * float(rng.exponential(0.6)))
    _travel(writer, stops.approach[::-1], rate, rng)


def idle(
    writer: Writer, others: tuple[int, ...], seconds: float, rate: float, rng: np.random.Generator
) -> None:
    """To some of these stops and about them."""
    until = writer.now + rate * seconds
    while writer.now < until:
        writer.move(rate * float(rng.uniform(0.3, 1.8)), others[rng.integers(len(others))])
        writer.stay(rate * float(rng.exponential(1.2)))


def _travel(writer: Writer, way: Iterable[int], rate: float, rng: np.random.Generator) -> None:
    for stop in way:
        writer.move(rate * float(rng.uniform(0.4, 1.8)), stop)
        if rng.random() < 0.4:
            writer.stay(rate * float(rng.exponential(0.7)))


def _between(writer: Writer, stops: Stops, rate: float, rng: np.random.Generator) -> None:
    """Staying, fidgeting, half a repetition that does not count, or going away and coming back."""
    kind = rng.random()
    if kind < 0.35:
        writer.stay(rate * float(rng.uniform(0.5, 6)))
    elif kind < 0.5:
        writer.stay(rate * float(rng.uniform(0.2, 1)))
        depth = float(rng.uniform(0.1, 0.4))
        writer.visit(rate * float(rng.uniform(0.6, 2.5)), stops.ways[0][-1], depth)
        writer.stay(rate * float(rng.uniform(0.3, 2)))
    elif kind < 0.7 and stops.others:
        other = stops.others[rng.integers(len(stops.others))]
        writer.visit(rate * float(rng.uniform(0.8, 4)), other, float(rng.uniform(0.1, 1)))
    else:
        leave(writer, stops, rate, rng)
        if stops.others:
            idle(writer, stops.others, float(rng.exponential(4)), rate, rng)
        come(writer, stops, rate, rng)
