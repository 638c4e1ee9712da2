"""Synthetic people: every exercise has its figures, seeds decide, and rest is rest."""

import numpy as np
import pytest

from models import body, figures
from models.errands import ERRANDS
from models.exercises import CATALOGUE
from models.features import inputs
from models.heldout import draw, is_held_out
from models.postures import FIGURES, PLANKS
from models.skeleton import MIRROR
from models.stance import KNEEL, STAND, both, mirrored, posture, sided

SLUGS = [spec.slug for spec in CATALOGUE if spec.kind == "reps"]


def seen(poses: np.ndarray, turn_deg: float = 150.0) -> np.ndarray:
    """(N, 17, 2) the postures before a camera."""
    return figures.picture(np.atleast_2d(poses), np.full(len(np.atleast_2d(poses)), turn_deg))


def test_every_exercise_of_the_catalogue_has_figures():
    assert sorted(FIGURES) == sorted(SLUGS)
    assert len(PLANKS) > 1


@pytest.mark.parametrize("slug", SLUGS)
def test_a_seed_makes_the_same_people(slug):
    first, plan = figures.exercise(slug, 128, np.random.default_rng(4))
    again, _ = figures.exercise(slug, 128, np.random.default_rng(4))
    other, _ = figures.exercise(slug, 128, np.random.default_rng(5))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.05
    assert first.shape == (128, 34)
    assert first.dtype == np.float32
    assert np.abs(first).max() <= 0.5 + 1e-6
    assert len(plan) == 128


@pytest.mark.parametrize("slug", SLUGS)
def test_a_repetition_moves_more_than_standing_about(slug):
    """From start to turn the visible pose must change, or there is nothing to count."""
    for figure in FIGURES[slug]:
        poses = np.stack([figure.start, *figure.way])
        views = [seen(poses, turn) for turn in (100.0, 170.0)]
        size = max(np.ptp(view, axis=(0, 1)).max() for view in views)
        moved = max(np.abs(np.diff(view, axis=0)).max() for view in views)
        assert moved > 0.08 * size


@pytest.mark.parametrize("seed", range(12))
def test_exercises_without_a_name_are_counted_too(seed):
    samples, plan = figures.uncatalogued(128, np.random.default_rng(seed))
    assert samples.shape == (128, 34)
    assert np.isfinite(samples).all()
    assert len(plan.starts) >= 1


@pytest.mark.parametrize("seed", range(12))
def test_not_exercising_has_no_repetition(seed):
    for make in (figures.not_exercising, figures.plank):
        samples, plan = make(128, np.random.default_rng(seed))
        assert samples.shape == (128, 34)
        assert np.isfinite(samples).all()
        assert not plan.active.any()
        assert not plan.cycle.any()
        assert len(plan.starts) == 0


@pytest.mark.parametrize("name", sorted(ERRANDS))
def test_every_errand_is_more_than_one_posture(name):
    assert len({pose.tobytes() for pose in ERRANDS[name]}) > 1


def test_a_mirrored_posture_is_the_mirrored_picture():
    sample = sided(posture(10, (40, 20)), posture(30, (5, 10), bend=12, twist=-20))
    sample[body.FACE] = 25
    straight, mirror = seen(sample, 180.0)[0], seen(mirrored(sample), 180.0)[0]
    swapped = mirror[list(MIRROR)] * [-1, 1]
    np.testing.assert_allclose(straight, swapped, atol=1e-9)
    np.testing.assert_array_equal(mirrored(mirrored(sample)), sample)


def test_sides_look_alike_to_the_discriminator():
    """A curl of the left arm seen from one side is one of the right arm seen from the other."""
    figure = FIGURES["bicep_curl"][0]
    left, right = seen(figure.turn, 150.0), seen(mirrored(figure.turn), -150.0)
    flipped = right * [-1, 1]
    unit = [figures.unit_box(view.astype(np.float32)) for view in (left, flipped)]
    one = np.ones(1, np.float32)
    np.testing.assert_allclose(inputs(unit[0], one), inputs(unit[1], one), atol=1e-5)


def test_both_sides_at_once_is_its_own_mirror_image():
    turn = both(FIGURES["bicep_curl"][0]).turn
    np.testing.assert_array_equal(turn, mirrored(turn))


def test_standing_is_upright_and_of_human_proportions():
    points = seen(STAND, 180.0)[0]
    nose, shoulder, hip, knee, ankle = points[0], points[5], points[11], points[13], points[15]
    assert nose[1] < shoulder[1] < hip[1] < knee[1] < ankle[1]
    assert points[5, 0] > points[6, 0]  # who faces the camera has the left hand on its right
    trunk, leg = hip[1] - shoulder[1], ankle[1] - hip[1]
    assert 1.5 < leg / trunk < 1.9


def test_kneeling_is_shorter():
    assert np.ptp(seen(KNEEL)[0, :, 1]) < 0.8 * np.ptp(seen(STAND)[0, :, 1])


def test_a_pitched_body_lies():
    flat = figures.picture(STAND[None], np.full(1, 90.0), pitch_deg=90.0)[0]
    assert np.ptp(flat[:, 0]) > 3 * np.ptp(flat[:, 1])


def test_hands_on_a_bar_stay_there():
    figure = FIGURES["pull_up"][0]
    poses = np.stack([figure.start, figure.turn])
    points = body.project(poses, body.Camera(180.0), np.ones(body.SIZES), grounded=True)
    wrists, hips = points[:, 9:11, 1].mean(axis=1), points[:, 11:13, 1].mean(axis=1)
    assert wrists[0] == pytest.approx(wrists[1], abs=0.02)
    assert hips[1] < hips[0] - 0.1


def test_feet_stay_on_the_floor():
    figure = FIGURES["squat"][0]
    poses = np.stack([figure.start, figure.turn])
    points = body.project(poses, body.Camera(180.0, distance=50), np.ones(8), grounded=True)
    assert points[0, 15:, 1].max() == pytest.approx(points[1, 15:, 1].max(), abs=0.01)
    assert points[1, 11, 1] > points[0, 11, 1] + 0.1


def test_training_and_suite_never_draw_the_same():
    rng = np.random.default_rng(0)
    for held_out in (False, True):
        values = [draw(-75, 75, 10, rng, held_out) for _ in range(500)]
        assert {is_held_out(value, -75, 75, 10) for value in values} == {held_out}
        assert min(values) < -50
        assert max(values) > 50


def test_legs_tell_training_and_suite_apart():
    rng = np.random.default_rng(0)

    def legginess(held_out: bool) -> float:
        size = body.sizes(rng, held_out)
        return float(1 - size[0])

    assert all(not is_held_out(legginess(False), -0.1, 0.1, 5) for _ in range(200))
    assert all(is_held_out(legginess(True), -0.1, 0.1, 5) for _ in range(200))
