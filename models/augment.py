"""Ways in which the same movement can look different: mirrored, sheared, badly seen.

All work on samples (T, 34) of unit-box coordinates and a seeded generator. Left and right confused
need no care: the inputs do not tell them apart.
"""

import numpy as np
from numpy.typing import NDArray

from models import estimator_noise
from models.features import MIN_SCORE, Floats, unit_box
from models.skeleton import KEYPOINTS, K

_SHOULDERS, _HIPS = (
    [KEYPOINTS.index(f"{side}_{joint}") for side in ("left", "right")]
    for joint in ("shoulder", "hip")
)
_WIDTHS_LYING, _WIDTHS_UPRIGHT = (0.0, 1.2), (-1.4, 0.0)  # logarithms of width over height


def vary(samples: Floats, rng: np.random.Generator) -> Floats:
    """(T, 34) seen by another camera and another, worse estimator."""
    points = samples.reshape(-1, K, 2).copy()
    if rng.random() < 0.5:
        points *= np.array([-1, 1], np.float32)
    if rng.random() < 0.7:
        points = points @ _camera(rng)
    if rng.random() < 0.45:
        points = _posenet(points, rng)
    else:
        points = _weak_joints(_jitter(points, rng), rng)
    for fault in (_freeze, _junk_burst, _cut_off, _few_frames):
        points = fault(points, rng)
    return unit_box(points.astype(np.float32))


def _posenet(points: Floats, rng: np.random.Generator) -> Floats:
    """The errors of PoseNet, at a rate and in a shape of the body that nobody knows here."""
    lying = rng.random() < 0.25
    width = np.exp(rng.uniform(*_WIDTHS_LYING) if lying else rng.uniform(*_WIDTHS_UPRIGHT))
    square = points * np.array([width, 1], np.float32)
    trunks = (square[:, _SHOULDERS] - square[:, _HIPS]).mean(axis=1)
    trunk = float(np.median(np.hypot(*trunks.T)))
    rate_hz = float(np.exp(rng.uniform(np.log(2), np.log(40))))
    sure = estimator_noise.level(rng, lying)
    # No trunk is half as long as all of the body; one bent towards the camera looks short.
    found, score = estimator_noise.seen(
        square, float(np.clip(trunk, 0.2, 0.6)), sure, rate_hz, rng, lying
    )
    return _carried(np.asarray(found, np.float32), score)


def _carried(points: Floats, score: NDArray[np.float64]) -> Floats:
    """Keypoints below the score that counts keep the place where they were last seen, if ever."""
    clear = score > MIN_SCORE
    if clear.all():
        return points
    at = np.maximum.accumulate(np.where(clear, np.arange(len(points))[:, None], 0), axis=0)
    held = np.take_along_axis(points, at[:, :, None], axis=0)
    return np.asarray(0.5 * held + 0.5 * points, np.float32)


def _few_frames(points: Floats, rng: np.random.Generator) -> Floats:
    """A camera that hardly follows: a frame for each sample or fewer, a straight line between."""
    if rng.random() < 0.7:
        return points
    frames = np.arange(rng.random(), len(points), float(rng.uniform(1.0, 1.4)))
    nearest = np.minimum(np.round(frames).astype(int), len(points) - 1)
    at = np.arange(len(points))
    flat = points[nearest].reshape(len(nearest), -1)
    right = np.clip(np.searchsorted(frames, at), 1, len(frames) - 1)
    share = np.clip((at - frames[right - 1]) / (frames[right] - frames[right - 1]), 0, 1)
    lines = flat[right - 1] + share[:, None] * (flat[right] - flat[right - 1])
    return np.asarray(lines.reshape(points.shape), np.float32)


def _cut_off(points: Floats, rng: np.random.Generator) -> Floats:
    """Feet, or more, beyond the edge of the picture: they are guessed at the edge."""
    if rng.random() < 0.88:
        return points
    low, high = float(points[..., 1].min()), float(points[..., 1].max())
    edge = low + (high - low) * float(rng.uniform(0.6, 0.95))
    points[..., 1] = np.minimum(points[..., 1], edge)
    return points


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
