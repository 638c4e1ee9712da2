"""Movements that nobody made, out of poses that somebody took.

Two poses A and B of real people, gone back and forth between with random dwell, tempo, amplitude
and joints, make a repetition of no particular exercise; drifting and one-way wandering between
poses make idling. They teach the phase to be a property of movement, not of eight exercises.
"""

from typing import Final

import numpy as np

from models import routine
from models.course import Course, Writer
from models.features import Floats, unit_box
from models.routine import Stops
from models.skeleton import MIRROR, K

_SWAPPED: Final = np.array(MIRROR)
_OTHERS: Final = 4  # poses to idle in
_STOPS: Final = Stops(((1,), (2,)), (3,), (3, 4, 5, 6), changing=True)


def repetitions(poses: Floats, length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of sets of A→B→A between idling, out of poses (P, 34)."""
    plan = routine.sets(length, rng, _STOPS, float(np.exp(rng.uniform(-0.5, 1.6))))
    start, turn = _pair(poses, rng)
    second = start + _other_side(turn - start) if rng.random() < 0.25 else turn
    others = poses[rng.integers(len(poses), size=_OTHERS)]
    samples = plan.path(np.stack([start, turn, second, *others]), float(rng.uniform(0.3, 1)))
    samples += _sway(length, 2 * K, rng)
    return samples.astype(np.float32), plan


def idling(poses: Floats, length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """No repetition at all: standing, drifting, walking off, or an estimator's dreams."""
    plan = Writer().finish(length)
    if rng.random() < 0.25:
        return _dream(length, rng), plan
    stops = poses[rng.integers(len(poses), size=rng.choice([1, 2, 3, 5]))]
    times = np.sort(rng.random(2 * len(stops))) * length
    path = np.repeat(stops, 2, axis=0)
    at = np.arange(length)
    samples = np.stack([np.interp(at, times, column) for column in path.T], axis=1)
    return (samples + _sway(length, 2 * K, rng)).astype(np.float32), plan


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


def _other_side(move: Floats) -> Floats:
    """(34,) the same displacement made by the other arm and leg."""
    return np.asarray(move.reshape(K, 2)[_SWAPPED].reshape(-1))


def _sway(length: int, width: int, rng: np.random.Generator) -> Floats:
    """(T, width) slow drift of nothing in particular."""
    knots = max(2, length // int(rng.integers(6, 40)))
    drift = rng.normal(0, rng.uniform(0, 0.02), (knots, width))
    at = np.linspace(0, knots - 1, length)
    left = np.minimum(at.astype(int), knots - 2)
    share = (at - left)[:, None]
    return np.asarray(drift[left] * (1 - share) + drift[left + 1] * share, np.float32)


def _dream(length: int, rng: np.random.Generator) -> Floats:
    """Keypoints scattered over a room without a person, jumping now and then."""
    places = rng.random((4, K, 2))
    moved = rng.random((length, K)) < rng.uniform(0.02, 0.5)
    choice = np.where(moved, rng.integers(4, size=(length, K)), -1)
    choice[0] = 0
    latest = np.maximum.accumulate(np.where(choice >= 0, np.arange(length)[:, None], 0), axis=0)
    choice = np.take_along_axis(choice, latest, axis=0)
    points = places[choice, np.arange(K)] + rng.normal(0, 0.02, (length, K, 2))
    return unit_box(points.astype(np.float32))
