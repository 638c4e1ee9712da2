"""Inputs of the discriminator: what must not matter does not, what matters does."""

import numpy as np
import pytest

from models.features import F, angles, inputs, lerp, sample, track, unit_box, visible
from models.sequence import Sequence
from models.skeleton import MIRROR


def moving(frames: int = 90, seed: int = 0) -> np.ndarray:
    """(T, 17, 3) a body whose joints drift smoothly, seen surely."""
    rng = np.random.default_rng(seed)
    poses = np.empty((frames, 17, 3), np.float32)
    drift = np.cumsum(rng.normal(0, 0.002, (frames, 17, 2)), axis=0)
    poses[:, :, :2] = rng.random((17, 2)) * 0.6 + 0.2 + drift
    poses[:, :, 2] = 0.9
    return poses


def features(poses: np.ndarray, fps: float = 30, rate: float = 10) -> np.ndarray:
    return sample(track(Sequence.at_fps(poses, fps)), rate)


def test_shape_and_range():
    found = features(moving())
    assert found.shape == (29, F)
    assert np.abs(found[:, :-1]).max() <= 4
    assert (found[:, -1] == 1).all()


def test_place_and_size_of_the_person_do_not_matter():
    poses = moving()
    far = poses.copy()
    far[:, :, :2] = far[:, :, :2] * np.array([0.2, 0.3]) + np.array([0.5, 0.1])
    np.testing.assert_allclose(features(far), features(poses), atol=2e-3)


def test_confused_sides_do_not_matter():
    poses = moving()
    confused = poses.copy()
    wrong = np.random.default_rng(1).random(len(poses)) < 0.3
    confused[wrong] = confused[wrong][:, list(MIRROR)]
    np.testing.assert_allclose(features(confused), features(poses), atol=1e-6)


def test_a_single_wild_frame_does_not_matter_much():
    poses = moving()
    wild = poses.copy()
    wild[40, 9, :2] += 0.3
    assert np.abs(features(wild) - features(poses)).max() < 0.03


def test_an_unsure_keypoint_is_carried_by_its_neighbours():
    poses = moving()
    guess = poses.copy()
    guess[30:36, 15] = (0.99, 0.01, 0.05)
    off = np.abs(
        track(Sequence.at_fps(guess, 30)).points - track(Sequence.at_fps(poses, 30)).points
    )
    assert off.max() < 0.1  # the guess itself is half a picture away


def test_the_frame_rate_hardly_matters():
    poses = moving(181)
    slow = features(poses[::2], 15)
    fast = features(poses, 30)
    assert abs(len(slow) - len(fast)) <= 1
    count = min(len(slow), len(fast))
    assert np.abs(slow[:count] - fast[:count]).max() < 0.1


def test_frames_without_anybody_are_bridged_and_marked():
    poses = moving()
    poses[30:60] = 0
    found = features(poses)
    assert found[12:18, -1].max() < 0.1
    assert np.isfinite(found).all()


def test_nobody_at_all():
    found = features(np.zeros((30, 17, 3), np.float32))
    assert not found[:, -1].any()
    assert np.isfinite(found).all()


def test_visible_needs_a_trunk():
    poses = moving(3)
    poses[1, :, 2] = 0.05
    poses[2, 11:, 2] = 0.05
    assert visible(Sequence.at_fps(poses, 30)).tolist() == [True, False, False]


def test_a_pair_is_described_without_naming_sides():
    unit = unit_box(moving(4)[:, :, :2])
    swapped = unit.reshape(4, 17, 2)[:, list(MIRROR)].reshape(4, -1)
    seen = np.ones(4, np.float32)
    np.testing.assert_allclose(inputs(unit, seen), inputs(swapped, seen), atol=1e-6)


def test_a_right_angle_is_90_degrees_in_a_wide_picture():
    points = np.zeros((1, 17, 2), np.float32)
    points[0, 5], points[0, 7], points[0, 9] = (0.5, 0.2), (0.5, 0.4), (0.6, 0.4)
    assert angles(points, aspect=2.0)["left_elbow"][0] == pytest.approx(90)


def test_lerp_holds_the_ends():
    values = np.array([[0.0], [2.0]])
    found = lerp(np.array([1.0, 2.0]), values, np.array([0.0, 1.5, 9.0]))
    assert found.ravel().tolist() == [0, 1, 2]
