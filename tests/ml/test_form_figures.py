"""Synthetic faults: made as named, found as made."""

import numpy as np
import pytest

from models import form_report
from models.faults import STANDARDS
from models.form import assess
from models.form_changes import ALL, change_for
from models.form_figures import clip
from models.form_manners import good
from models.form_view import straightened, yaw_deg


def test_the_same_seed_makes_the_same_clip():
    one, other = (clip("squat", "depth", "side", np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one.sequence.poses, other.sequence.poses)
    assert one.reps == other.reps


def test_every_fault_of_the_table_can_be_made():
    rng = np.random.default_rng(0)
    for slug, fault in ALL:
        manner = good(slug, rng)
        made = change_for(slug, fault)(manner, rng)
        moved = (made.start != manner.start).any() or (made.turn != manner.turn).any()
        timed = (made.out_s, made.back_s, made.depths, made.paces)
        assert moved or timed != (manner.out_s, manner.back_s, manner.depths, manner.paces)
    with pytest.raises(KeyError):
        change_for("squat", "chin_low")


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("squat", "depth"),
        ("squat", "knee_cave"),
        ("push_up", "sagging_hips"),
        ("lunge", "knee_forward"),
        ("bicep_curl", "swinging_arm"),
        ("shoulder_press", "lean_back"),
        ("jumping_jack", "feet_narrow"),
        ("sit_up", "half_way"),
    ],
)
def test_faults_are_found_and_their_absence_is(slug, name):
    view = next(fault.view for fault in STANDARDS[slug].faults if fault.name == name)
    found = {True: 0, False: 0}
    for seed in range(3):
        for guilty in found:
            shown = clip(
                slug, name if guilty else None, view, np.random.default_rng([3, seed]), False
            )
            blamed = {
                one.rep for one in assess(shown.sequence, slug, shown.reps) if one.fault == name
            }
            found[guilty] += len(blamed)
    assert found[True] >= 12  # of 15
    assert found[False] <= 1


@pytest.mark.parametrize("slug", ["squat", "push_up", "bench_press", "deadlift", "bicep_curl"])
def test_yaw_is_found_whatever_the_posture(slug):
    off = []
    for seed in range(6):
        shown = clip(slug, None, "any", np.random.default_rng([9, seed]), noisy=False)
        points = shown.sequence.poses[:, :, :2].astype(float) * [shown.sequence.aspect, 1]
        off.append(abs(np.median(yaw_deg(points)) - shown.yaw_deg))
    assert np.median(off) < 8


def test_straightening_undoes_a_turn_from_the_side():
    rng = np.random.default_rng(1)
    flat = rng.random((4, 17, 2))
    turned = flat * [np.cos(np.radians(40)), 1]
    np.testing.assert_allclose(straightened(turned, "side", 40), flat)
    np.testing.assert_allclose(straightened(turned, "any", 40), turned)


def test_balanced_accuracy():
    assert form_report.balanced(8, 10, 1, 10) == pytest.approx((0.8, 0.9, 0.85))
    assert form_report.balanced(0, 0, 0, 0) == (0, 1, 0.5)


def test_the_report_asks_for_its_data(capsys):
    assert form_report.main(["frames"]) == 2
    assert "--data" in capsys.readouterr().err


def test_the_report_has_a_line_an_exercise():
    lines = list(form_report.angles(1, False, 3))
    assert sum(line.startswith("| ") for line in lines) >= len(STANDARDS) + 2
