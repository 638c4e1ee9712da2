"""Movements that nobody made: repetitions and idling composed of real poses.

Two poses A and B of real people, gone back and forth between with random dwell, tempo, amplitude
and joints, make a repetition of no particular exercise; drifting and one-way wandering between
poses make idling. They teach the phase to be a property of movement, not of eight exercises.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features import Floats, unit_box
from models.skeleton import K


@dataclass(frozen=True, slots=True)
class Movement:
    """samples (T, 34), phase (T,) radians, active (T,), cycle (T,) samples a repetition."""

    samples: Floats
    phase: NDArray[np.float64]
    active: NDArray[np.bool_]
    cycle: NDArray[np.float64]


def repetitions(poses: Floats, length: int, rng: np.random.Generator) -> Movement:
    """Sets of A→B→A between idling, out of poses (P, 34)."""
    cycle = float(np.exp(rng.uniform(np.log(4), np.log(70))))
    start, turn = _pair(poses, rng)
    parts: list[Movement] = []
    total = 0
    while total < length + 40:
        if rng.random() < 0.35 or not parts:
            parts.append(_idle(start, poses, int(rng.integers(3, 40)), rng))
        tempo = cycle * np.exp(rng.normal(0, 0.1))
        parts += [_repetition(start, turn, tempo, rng) for _ in range(rng.integers(1, 12))]
        total = sum(len(part.phase) for part in parts)
    offset = int(rng.integers(0, total - length))
    return _window(parts, offset, length)


def idling(poses: Floats, length: int, rng: np.random.Generator) -> Movement:
    """No repetition at all: standing, drifting, walking off, or an estimator's dreams."""
    if rng.random() < 0.25:
        samples = _dream(length, rng)
    else:
        start, _ = _pair(poses, rng)
        samples = _idle(start, poses, length, rng).samples
    return _still(samples)


def _pair(poses: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Two poses that differ, the second sometimes in a few joints or half of the way only."""
    start = poses[rng.integers(len(poses))]
    others = poses[rng.integers(len(poses), size=8)]
    apart = np.abs(others - start).mean(axis=1)
    turn = others[int(apart.argmax() if rng.random() < 0.7 else apart.argsort()[4])].copy()
    if rng.random() < 0.4:
        kept = np.repeat(rng.random(K) < rng.uniform(0.3, 0.8), 2)
        turn[kept] = start[kept]
    return start, start + (turn - start) * np.float32(rng.uniform(0.4, 1.0))


def _repetition(start: Floats, turn: Floats, cycle: float, rng: np.random.Generator) -> Movement:
    length = max(3, round(cycle * np.exp(rng.normal(0, 0.08))))
    phase = np.arange(length) / length
    down, dwell = rng.uniform(0.3, 0.5), rng.uniform(0, 0.2)
    rest = rng.uniform(0, 0.15)
    knots = np.array([0, rest / 2, rest / 2 + down * (1 - rest), 0, 1 - rest / 2, 1])
    knots[3] = min(knots[2] + dwell, 1 - rest / 2 - 0.1)
    depth = np.interp(phase, knots, [0, 0, 1, 1, 0, 0]) * np.exp(rng.normal(0, 0.07))
    eased = (1 - np.cos(np.pi * np.clip(depth, 0, 1.3))) / 2
    samples = start + eased[:, None] * (turn - start)
    everywhere = np.ones(length)
    return Movement(
        samples.astype(np.float32), 2 * np.pi * phase, everywhere > 0, length * everywhere
    )


def _idle(start: Floats, poses: Floats, length: int, rng: np.random.Generator) -> Movement:
    """From a pose to others and not back, with pauses and a sway."""
    stops = [start]
    for _ in range(rng.choice([0, 0, 1, 2, 4])):
        other = poses[rng.integers(len(poses))]
        stops.append(stops[-1] + (other - stops[-1]) * np.float32(rng.uniform(0.2, 1)))
    times = np.sort(rng.random(2 * len(stops))) * length
    path = np.repeat(np.stack(stops), 2, axis=0)
    at = np.arange(length)
    right = np.clip(np.searchsorted(times, at), 1, len(times) - 1)
    share = np.clip((at - times[right - 1]) / np.maximum(np.diff(times)[right - 1], 1e-6), 0, 1)
    samples = path[right - 1] * (1 - share[:, None]) + path[right] * share[:, None]
    sway = rng.normal(0, rng.uniform(0, 0.02), (length, 2 * K)).cumsum(axis=0)
    sway -= np.linspace(0, 1, length)[:, None] * sway[-1]
    return _still((samples + 0.3 * sway).astype(np.float32))


def _dream(length: int, rng: np.random.Generator) -> Floats:
    """Keypoints scattered over a room without a person, jumping now and then."""
    points = np.empty((length, K, 2))
    places = rng.random((K, 4, 2))
    choice = rng.integers(4, size=K)
    restless = rng.uniform(0.02, 0.5)
    for t in range(length):
        moved = rng.random(K) < restless
        choice[moved] = rng.integers(4, size=int(moved.sum()))
        points[t] = places[np.arange(K), choice] + rng.normal(0, 0.02, (K, 2))
    return unit_box(points.astype(np.float32))


def _still(samples: Floats) -> Movement:
    nothing = np.zeros(len(samples))
    return Movement(samples, nothing, nothing > 0, nothing)


def _window(parts: list[Movement], offset: int, length: int) -> Movement:
    cut = slice(offset, offset + length)
    return Movement(
        np.concatenate([part.samples for part in parts])[cut],
        np.concatenate([part.phase for part in parts])[cut],
        np.concatenate([part.active for part in parts])[cut],
        np.concatenate([part.cycle for part in parts])[cut],
    )
