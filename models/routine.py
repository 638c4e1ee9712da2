"""What somebody does before a camera, along time: sets, pauses, idling, coming and leaving.

Writes courses; which pose stands at a stop is the affair of those who use them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.course import START, Course, Pace, Writer

SPAN: Final = (4.0, 32.0)  # samples a repetition that the network learns to follow


@dataclass(frozen=True, slots=True)
class Stops:
    """What the numbers stand for: the ways of the two sides, the stops on the way from afar into
    the start pose, and others to idle at. changing: sides take turns."""

    ways: tuple[tuple[int, ...], tuple[int, ...]]
    approach: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    changing: bool = False


def pace(rng: np.random.Generator) -> Pace:
    pause, rest = rng.uniform(0, 0.3, 2) * (rng.random(2) < 0.7)
    moving = 1 - pause - rest
    down = float(rng.uniform(0.3, 0.7)) * moving
    return Pace(down, float(pause), float(moving - down), float(rest))


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
