"""Augmentation keeps shape and range, obeys its seed, and its noise is PoseNet's."""

import numpy as np
import pytest

from models import estimator_noise, figures
from models.augment import vary
from models.estimator_noise import seen
from models.skeleton import KEYPOINTS
from models.stance import STAND

ANKLE, SHOULDER = KEYPOINTS.index("left_ankle"), KEYPOINTS.index("left_shoulder")


def body(frames: int = 400) -> np.ndarray:
    """(T, 17, 2) somebody standing still, in trunk lengths."""
    points = figures.picture(STAND[None], np.full(1, 150.0))[0]
    trunk = np.hypot(*(points[5] - points[11]))
    return np.repeat(points[None] / trunk, frames, axis=0)


@pytest.mark.parametrize("seed", range(30))
def test_samples_stay_in_their_box(seed):
    rng = np.random.default_rng(seed)
    samples, _ = figures.exercise("squat", 128, rng)
    kept = samples.copy()
    found = vary(samples, rng)
    np.testing.assert_array_equal(samples, kept)
    assert found.shape == samples.shape
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert np.abs(found).max() <= 0.5 + 1e-6


def test_a_seed_makes_the_same_faults():
    samples, _ = figures.exercise("squat", 128, np.random.default_rng(0))
    first, again, other = (vary(samples, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.01


def errors(level: float, lying: bool = False, rate_hz: float = 12.0) -> tuple[np.ndarray, ...]:
    """Of forty films: errors (N, T, 17) and scores (N, T, 17)."""
    rng, points = np.random.default_rng(0), body()
    films = [seen(points, 1.0, level, rate_hz, rng, lying) for _ in range(40)]
    off = np.stack([np.linalg.norm(found - points, axis=2) for found, _ in films])
    return off, np.stack([score for _, score in films])


def test_an_unsure_film_is_worse():
    sure, sure_scores = errors(2.5)
    unsure, unsure_scores = errors(-0.5)
    assert np.median(unsure) > 1.5 * np.median(sure)
    assert (unsure_scores < 0.3).mean() > 0.3 > (sure_scores < 0.3).mean()


def test_upright_people_are_seen_within_a_tenth_of_the_trunk():
    off, scores = errors(2.3)
    assert 0.04 < np.median(off[:, :, SHOULDER]) < 0.15
    assert 0.05 < np.median(off[:, :, ANKLE]) < 0.2
    assert np.median(scores) > 0.8


def test_legs_of_lying_people_are_lost():
    off, _ = errors(-0.4, lying=True)
    assert np.median(off[:, :, ANKLE]) > 4 * np.median(off[:, :, 0])


def test_errors_remember_more_between_faster_frames():
    def memory(rate_hz: float) -> float:
        found, _ = seen(body(), 1.0, 3.0, rate_hz, np.random.default_rng(0))
        moved = found[:, SHOULDER, 0] - found[:, SHOULDER, 0].mean()
        return float((moved[1:] * moved[:-1]).mean() / (moved**2).mean())

    assert memory(60.0) > memory(12.0) > memory(2.0)
    assert memory(12.0) == pytest.approx(estimator_noise.MEMORY, abs=0.15)


def test_long_films_have_no_seams():
    """Noise is made in blocks; the step from one to the next is like any other."""
    off, _ = errors(3.0)
    steps = np.abs(np.diff(off[:, :, SHOULDER], axis=1)).mean(axis=0)
    assert steps[127] < 3 * np.median(steps)
