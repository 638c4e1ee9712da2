"""Measures of keypoints, on bodies small enough to reckon by hand."""

import numpy as np
import pytest

from models.keypoint_metrics import calibration_error, oks, pck, reach_of, right
from models.skeleton import K


def standing(score: float = 1.0) -> np.ndarray:
    """One person, shape (1, K, 3), whose trunk is 40 long and whose box is 20 by 100."""
    person = np.zeros((1, K, 3))
    person[0, :, 1] = np.linspace(0, 100, K)
    person[0, ::2, 0] = 20
    person[0, [5, 6], 1], person[0, [11, 12], 1] = 20, 60
    person[0, :, 2] = score
    return person


def test_a_quarter_of_the_trunk_is_right() -> None:
    person = standing()
    assert reach_of(person) == pytest.approx([10])
    near, far = np.add(person, [9.9, 0, 0]), np.add(person, [0, 10.1, 0])
    assert pck(near, person) == 1
    assert pck(far, person) == 0


def test_a_trunk_towards_the_camera_leaves_a_tenth_of_the_body() -> None:
    person = standing()
    person[0, [11, 12], 1] = 20
    assert reach_of(person) == pytest.approx([10])


def test_what_nobody_knows_does_not_count() -> None:
    person = standing()
    found = np.add(person, [50, 0, 0])
    person[0, 7:, 2] = 0
    found[0, :7] = person[0, :7]
    assert pck(found, person) == 1
    is_right, known = right(found, person)
    assert known.sum() == 7
    assert not is_right[0, 7:].any()


def test_oks_falls_as_coco_says() -> None:
    person = standing()
    assert oks(person, person) == pytest.approx([1])
    # One standard deviation (twice the annotators') of the nose alone, for a body of 400 px².
    found = person.copy()
    found[0, 0, 0] += 20 * 2 * 0.026
    assert oks(found, person, np.array([400.0])) == pytest.approx([1 - (1 - np.exp(-0.5)) / K])


def test_a_score_that_is_the_share_of_right_ones_is_calibrated() -> None:
    is_right = np.array([True, True, True, False])
    assert calibration_error(np.full(4, 0.75), is_right) == pytest.approx(0)
    assert calibration_error(np.full(4, 0.95), is_right) == pytest.approx(0.2)
