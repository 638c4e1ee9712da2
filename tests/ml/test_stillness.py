"""Long stillness is left out, movement never, and times are told as they were."""

import numpy as np
import pytest

from models import figures, postures
from models.discriminator import analyze
from models.features import track
from models.sequence import Sequence
from models.stillness import cut


def squats(before_s: float, after_s: float, count: int = 3, fps: float = 10.0) -> Sequence:
    """A stick figure that stands, squats `count` times in 2.4 s each, and stands."""
    figure = postures.FIGURES["squat"][0]
    time = np.arange(0, before_s + 2.4 * count + after_s, 1 / fps)
    moving = np.clip(time - before_s, 0, 2.4 * count)
    depth = (1 - np.cos(2 * np.pi * moving / 2.4)) / 2
    poised = figure.start + depth[:, None] * (figure.turn - figure.start)
    points = figures.picture(poised, turn_deg=np.full(len(time), 130.0))
    low, high = points.min((0, 1)), points.max((0, 1))
    poses = np.ones((len(time), 17, 3), np.float32)
    poses[:, :, :2] = 0.1 + 0.8 * (points - low) / (high - low).max()
    poses[:, :, :2] += np.random.default_rng(0).normal(0, 0.001, poses[:, :, :2].shape)
    return Sequence.at_fps(poses, fps, aspect=1.0)


def test_a_set_without_stillness_stays_as_it_is():
    source = track(squats(1, 1))
    shorter, clock = cut(source)
    assert shorter is source
    np.testing.assert_array_equal(clock.real(source.t_s), source.t_s)


def test_stillness_shrinks_and_movement_stays():
    waited, plain = squats(20, 30), squats(2, 2)
    shorter, _ = cut(track(waited))
    duration_s = shorter.t_s[-1] - shorter.t_s[0]
    assert duration_s == pytest.approx(3 * 2.4 + 2 * 1.5, abs=1.0)
    assert np.diff(shorter.t_s).max() == pytest.approx(0.1)
    moved = np.ptp(shorter.unit, axis=0)
    np.testing.assert_allclose(moved, np.ptp(track(plain).unit, axis=0), atol=0.03)


def test_the_clock_tells_real_times():
    source = track(squats(20, 30))
    shorter, clock = cut(source)
    real_s = clock.real(shorter.t_s)
    assert 17 < real_s[0] < 20
    assert np.isin(np.round(real_s, 3), np.round(source.t_s, 3)).all()
    beyond = clock.real(shorter.t_s[-1] + np.array([2.0]))
    assert beyond[0] == pytest.approx(real_s[-1] + 2)


def test_who_stands_still_all_along_is_looked_at_as_he_is():
    still = track(squats(15, 15, count=0))
    assert cut(still)[0] is still


def test_a_set_counts_the_same_however_long_somebody_waits():
    for before_s, after_s in ((12, 0), (12, 30), (60, 60)):
        found = analyze(squats(before_s, after_s))
        assert len(found.reps) == 3
        assert found.reps[0].start_ms == pytest.approx(1000 * before_s, abs=700)
        assert found.reps[-1].end_ms == pytest.approx(1000 * (before_s + 7.2), abs=700)
