"""What the recogniser is told of a set, and what it makes of that."""

from dataclasses import replace

import numpy as np
import pytest

from models import (
    posture_statistics,
    proportions,
    recogniser,
    recognition_training,
    synthetic_poses,
)
from models.features import track, unit_box
from models.posture_statistics import channels, sampled, statistics
from models.recogniser import Recogniser
from models.recognition_training import Examples, discriminant
from models.registry import RegistryError
from models.sequence import Sequence
from models.skeleton import MIRROR


@pytest.fixture
def film() -> np.ndarray:
    return synthetic_poses.film("squat", 90, np.random.default_rng(3))


def described(points: np.ndarray, true_angles: bool = True) -> np.ndarray:
    return statistics(channels(points, true_angles))


def test_left_and_right_may_change_names(film):
    assert described(film[:, MIRROR]) == pytest.approx(described(film), abs=1e-4)


def test_a_mirror_image_is_the_same_set(film):
    assert described(film * [-1, 1]) == pytest.approx(described(film), abs=1e-3)


@pytest.mark.parametrize("true_angles", [True, False])
def test_place_and_size_do_not_matter(film, true_angles):
    moved = (film * 340 + [80, -20]).astype(np.float32)
    assert described(moved, true_angles) == pytest.approx(described(film, true_angles), abs=2e-2)


def test_the_aspect_does_not_matter_where_it_is_unknown_and_does_where_it_is_known(film):
    wide = (film * [2, 1]).astype(np.float32)
    assert described(wide, False) == pytest.approx(described(film, False), abs=1e-3)
    assert np.abs(described(wide, True) - described(film, True)).max() > 0.3


def standing(arm_up: float) -> np.ndarray:
    """(17, 2) somebody of height 1 from the front, one arm raised by so many degrees."""
    up = np.radians(arm_up)
    way = np.array([np.sin(up), np.cos(up)])
    right = [
        [-0.12, 0.18],
        [-0.12, 0.37],
        [-0.12, 0.52],
        [-0.08, 0.47],
        [-0.08, 0.715],
        [-0.08, 0.96],
    ]
    shoulder = np.array([0.12, 0.18])
    left = [
        shoulder,
        shoulder + 0.19 * way,
        shoulder + 0.34 * way,
        [0.08, 0.47],
        [0.08, 0.715],
        [0.08, 0.96],
    ]
    face = [[0, 0.06], [0.02, 0.04], [-0.02, 0.04], [0.04, 0.05], [-0.04, 0.05]]
    return np.array(face + [p for pair in zip(left, right, strict=True) for p in pair])


def test_the_sides_of_the_box_are_found_from_the_bones():
    body = np.stack([standing(angle) for angle in (40, 90, 140)]).astype(np.float32)
    true = np.ptp(body, axis=1)
    found = proportions.sides(unit_box(body).reshape(-1, 17, 2))
    ratio = np.log((found[:, 0] / found[:, 1]) / (true[:, 0] / true[:, 1]))
    assert np.abs(ratio).max() < 0.25  # the true ones spread over 0.6


def test_a_frame_of_one_point_has_statistics():
    assert np.isfinite(described(np.full((1, 17, 2), 0.5, np.float32), False)).all()


def test_frames_without_a_person_are_left_out():
    poses = np.random.default_rng(0).random((60, 17, 3)).astype(np.float32)
    poses[:, :, 2] = 1
    poses[20:40, :, 2] = 0
    found, times = sampled(track(Sequence.at_fps(poses, 20.0)), None)
    assert len(found) == len(times) == 19  # of 29 in 2.95 s
    assert not ((times > 1.05) & (times < 1.95)).any()


def two_kinds(count: int = 40) -> Examples:
    """Statistics (N, 6) of two classes that differ in the first, and made-up ones of a third."""
    rng = np.random.default_rng(0)
    classes = np.array(["pull_up", "squat"] * count + ["lunge"] * count)
    rows = rng.normal(size=(3 * count, 6)).astype(np.float32)
    rows[:, 0] += 4 * (classes == "squat")
    rows[:, 1] += 4 * (classes == "lunge")
    parts = np.where(classes == "lunge", 5, np.arange(3 * count) // 2 % 5)
    return Examples(rows, classes, np.ones(3 * count), parts, classes != "lunge")


def test_the_discriminant_tells_classes_apart():
    found = discriminant(two_kinds())
    assert found.classes == ("lunge", "pull_up", "squat")
    asked = np.array([[0, 4, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [4, 0, 0, 0, 0, 0]])
    answers = found.probabilities(asked)
    assert answers.argmax(axis=1).tolist() == [0, 1, 2]
    assert answers.sum(axis=1) == pytest.approx(1)
    assert answers.max(axis=1).min() > 0.9


def test_a_clip_weighs_as_much_as_it_is_told():
    examples = two_kinds()
    doubled = Examples(
        *(np.concatenate([values, values]) for values in (examples.described, examples.classes)),
        np.full(240, 0.5),
        *(np.concatenate([values, values]) for values in (examples.parts, examples.asked)),
    )
    assert discriminant(doubled).weights == pytest.approx(discriminant(examples).weights, rel=1e-3)


@pytest.fixture
def small() -> Recogniser:
    return discriminant(two_kinds())


def test_weights_come_back_as_they_were_saved(small, tmp_path):
    sha256 = recogniser.save(small, tmp_path)
    again = recogniser.load(tmp_path, sha256)
    asked = np.random.default_rng(1).normal(size=(5, 6))
    assert again.classes == small.classes
    assert again.probabilities(asked) == pytest.approx(small.probabilities(asked), abs=1e-5)


def test_other_weights_than_the_card_names_are_refused(small, tmp_path):
    sha256 = recogniser.save(small, tmp_path)
    recogniser.save(replace(small, temperature=9.0), tmp_path)
    with pytest.raises(RegistryError, match=r"recognition\.npz: not the file that the card names"):
        recogniser.load(tmp_path, sha256)


def test_missing_and_broken_weights_say_so(tmp_path):
    with pytest.raises(RegistryError, match=r"recognition\.npz: the weights are missing"):
        recogniser.load(tmp_path)
    (tmp_path / recogniser.FILE).write_bytes(b"no archive")
    with pytest.raises(RegistryError, match=r"recognition\.npz: no readable weights"):
        recogniser.load(tmp_path)


def test_synthetic_people_are_of_every_kind():
    rng = np.random.default_rng(0)
    for kind in synthetic_poses.KINDS:
        assert synthetic_poses.film(kind, 40, rng).shape == (40, 17, 2)


def test_a_varied_set_is_another_view_of_the_same_length(film):
    seen = recognition_training.varied(film, True, np.random.default_rng(0))
    assert seen.shape == film.shape
    assert np.isfinite(seen).all()
    assert not np.allclose(seen, film)


def test_the_channels_that_are_compared_are_the_named_ones(film):
    ends = {"hip": 0.0, "shoulder": -1.0, "wrist": -1.5, "ankle": 1.0}
    body = np.zeros((1, 17, 2), np.float32)
    for joint, y in ends.items():
        body[:, posture_statistics._JOINTS[joint], 1] = y
    values = posture_statistics._posture(body)[0, posture_statistics._COMPARED]
    rise, length, _, wrist_shoulder, wrist_hip, ankle_hip, wrist_ankle = values[4:]
    assert (rise, length) == pytest.approx((-1, 1), abs=1e-3)
    assert (wrist_shoulder, wrist_hip) == pytest.approx((-0.5, -1.5))
    assert (ankle_hip, wrist_ankle) == pytest.approx((1.0, -2.5))
