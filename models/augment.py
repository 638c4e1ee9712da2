"""Ways in which the same movement can look different: mirrored, sheared, badly seen.

All work on samples (T, 34) of unit-box coordinates and a seeded generator. Left and right confused
need no care: the inputs do not tell them apart.
"""

import numpy as np

from models.features import Floats, unit_box
from models.skeleton import K


def vary(samples: Floats, rng: np.random.Generator) -> Floats:
    """(T, 34) seen by another camera and another, worse estimator."""
    points = samples.reshape(-1, K, 2).copy()
    if rng.random() < 0.5:
        points *= np.array([-1, 1], np.float32)
    if rng.random() < 0.7:
        points = points @ _camera(rng)
    for fault in (_jitter, _weak_joints, _freeze, _junk_burst):
        points = fault(points, rng)
    return unit_box(points.astype(np.float32))


def _camera(rng: np.random.Generator) -> Floats:
    """(2, 2): another aspect ratio, a little shear and roll."""
    aspect = np.exp(rng.normal(0, 0.35))
    angle, shear = rng.normal(0, 0.15), rng.normal(0, 0.12)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(np.diag([aspect, 1.0]) @ turn @ np.array([[1, shear], [0, 1]]), np.float32)


def _jitter(points: Floats, rng: np.random.Generator) -> Floats:
    return points + rng.normal(
        0, rng.choice([0.01, 0.025, 0.04]) * rng.random(), points.shape
    ).astype(np.float32)


def _weak_joints(points: Floats, rng: np.random.Generator) -> Floats:
    """Some joints wander slowly and jump, as unsure estimates do."""
    for joint in rng.permutation(K)[: rng.choice([0, 0, 1, 2, 4])]:
        amount = rng.uniform(0.03, 0.2)
        moved = rng.random((len(points), 1)) < 0.3
        steps = (rng.normal(0, amount, (len(points), 2)) * moved).astype(np.float32)
        points[:, joint] += np.clip(_smooth(steps), -0.5, 0.5)
    return points


def _freeze(points: Floats, rng: np.random.Generator) -> Floats:
    """Frames that did not arrive."""
    for _ in range(rng.choice([0, 0, 1, 2])):
        start, length = rng.integers(len(points)), rng.integers(1, 6)
        points[start : start + length] = points[start]
    return points


def _junk_burst(points: Floats, rng: np.random.Generator) -> Floats:
    for _ in range(rng.choice([0, 0, 0, 1])):
        start, length = rng.integers(len(points)), rng.integers(1, 4)
        points[start : start + length] += rng.normal(0, 0.3, points[start : start + length].shape)
    return points


def _smooth(values: Floats) -> Floats:
    """(T, 2) exponential smoothing along time."""
    memory = 0.8 ** np.arange(20)
    columns = [np.convolve(column, memory)[: len(values)] for column in values.T]
    return np.asarray(np.stack(columns, axis=1), np.float32)
