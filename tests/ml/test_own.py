"""An exercise that was shown once, counted in others: other bodies, sides, cameras and tempos."""

import json

import numpy as np
import pytest

from models import own_golden
from models.own import analyze, extremes, smooth, swings
from models.own_joints import proposed
from models.own_template import Mark, OwnError, Template, make
from models.sequence import Sequence

FPS = 15.0
FACTS = json.loads(own_golden.PATH.read_text())
STALE = "run python -m models.own_golden, then the tests in frontend/src/discriminator"
MARKS = [Mark(1000, 2000, 3000), Mark(3000, 4000, 5000), Mark(5000, 6000, 7000)]


def raises(
    reps,
    *,
    period_s=2.0,
    rest_s=1.0,
    reach_deg=150.0,
    scale=1.0,
    one_arm=False,
    seed=0,
    noise=0.003,
):
    """Somebody who stands and raises straight arms sideways; an exercise of no catalogue."""
    t_s = np.arange(int(FPS * (reps * period_s + 2 * rest_s))) / FPS
    turn = np.clip(t_s - rest_s, 0, reps * period_s) / period_s * 2 * np.pi
    angle = np.radians(8 + (reach_deg - 8) * (1 - np.cos(turn)) / 2)
    poses = np.full((len(t_s), 17, 3), 0.9, np.float32)
    place = {
        0: (0, -0.40),
        1: (0.02, -0.42),
        2: (-0.02, -0.42),
        3: (0.03, -0.41),
        4: (-0.03, -0.41),
    }
    place |= {5: (0.08, -0.28), 6: (-0.08, -0.28), 11: (0.05, 0.0), 12: (-0.05, 0.0)}
    place |= {13: (0.05, 0.2), 14: (-0.05, 0.2), 15: (0.05, 0.4), 16: (-0.05, 0.4)}
    points = np.zeros((len(t_s), 17, 2))
    for k, at in place.items():
        points[:, k] = at
    for side, shoulder, elbow, wrist in ((1, 5, 7, 9), (-1, 6, 8, 10)):
        moves = angle if side > 0 or not one_arm else np.full_like(angle, np.radians(8))
        along = np.stack([side * np.sin(moves), np.cos(moves)], axis=1)
        points[:, elbow] = points[:, shoulder] + 0.14 * along
        points[:, wrist] = points[:, shoulder] + 0.27 * along
    points = 0.5 + scale * points
    points += np.random.default_rng(seed).normal(0, noise, points.shape)
    poses[:, :, :2] = np.clip(points, 0, 1)
    return poses


def sequence(poses):
    return Sequence.at_fps(poses, FPS, aspect=1.0)


@pytest.fixture(scope="module")
def template():
    return make(sequence(raises(3)), MARKS)


def count(poses, template, **more):
    return analyze(sequence(poses), template, "own-x", **more)


def test_the_joint_that_moves_is_proposed_with_its_angles(template):
    assert proposed(sequence(raises(3)), MARKS) == ("shoulder",)
    shoulder = template.joints[0]
    assert shoulder.opens
    assert shoulder.start_deg == pytest.approx(8, abs=12)
    assert shoulder.turn_deg == pytest.approx(150, abs=12)


@pytest.mark.parametrize("period_s", [0.8, 2.0, 6.0])
@pytest.mark.parametrize("scale", [0.4, 1.0])
def test_other_tempos_and_sizes_count(template, period_s, scale):
    found = count(raises(6, period_s=period_s, scale=scale, seed=3), template)
    assert len(found.reps) == 6
    assert all(rep.start_ms < rep.turn_ms < rep.end_ms for rep in found.reps)
    middle = found.reps[2]
    assert middle.end_ms - middle.start_ms == pytest.approx(1000 * period_s, rel=0.35)


def test_one_arm_of_either_side_counts(template):
    one = raises(5, one_arm=True, seed=1)
    other = one.copy()
    other[:, :, 0] = 1 - other[:, :, 0]
    assert [len(count(poses, template).reps) for poses in (one, other)] == [5, 5]


def test_a_body_seen_obliquely_counts(template):
    poses = raises(5, seed=2)
    poses[:, :, 0] = 0.5 + 0.45 * (poses[:, :, 0] - 0.5)
    assert len(count(poses, template).reps) == 5


def test_half_the_way_is_an_attempt_with_what_was_needed(template):
    whole, small = raises(3), raises(1, reach_deg=55, rest_s=0.5)
    found = count(np.concatenate([whole, small, whole]), template)
    assert len(found.reps) == 6
    (attempt,) = found.attempts
    assert attempt.reason == "too_small"
    assert attempt.rom_deg < attempt.needed_deg


def test_who_never_goes_far_enough_counts_nothing_where_the_camera_sees_the_same(template):
    found = count(raises(4, reach_deg=55), template)
    assert found.reps == ()
    assert {one.reason for one in found.attempts} == {"too_small"}


def test_standing_still_and_nobody_count_nothing(template):
    assert count(raises(0, rest_s=6), template).reps == ()
    nobody = np.zeros((90, 17, 3), np.float32)
    assert count(nobody, template).reps == ()
    assert count(nobody[:3], template).reps == ()


def test_a_movement_under_way_is_no_attempt_yet(template):
    poses = raises(4)
    cut = poses[: int(FPS * (1 + 3 * 2.0 + 0.9))]
    found = count(cut, template, is_open=True)
    assert len(found.reps) == 3
    assert found.attempts == ()


def test_it_survives_the_way_through_json(template):
    again = Template.from_json(json.loads(json.dumps(template.to_json())))
    assert again.version == template.version
    poses = raises(5, seed=4)
    assert len(count(poses, again).reps) == 5
    with pytest.raises(ValueError, match="template: not readable"):
        Template.from_json({"version": "own-1"})
    with pytest.raises(ValueError, match="mark the repetitions again"):
        Template.from_json(template.to_json() | {"version": "own-0"})


@pytest.mark.parametrize(
    ("marks", "joints", "field"),
    [
        (MARKS[:1], (), "marks"),
        (MARKS * 3, (), "marks"),
        ([MARKS[0], Mark(3000, 5000, 5000)], (), "marks[1].turn_ms"),
        ([MARKS[0], Mark(2500, 4000, 5000)], (), "marks[1].start_ms"),
        ([MARKS[0], Mark(3000, 3100, 3300)], (), "marks[1].end_ms"),
        ([MARKS[0], Mark(3000, 4000, 60_000)], (), "marks[1].end_ms"),
        (MARKS, ("wrist",), "joints"),
        (MARKS, ("hip", "hip"), "joints"),
    ],
)
def test_what_cannot_be_a_reference_is_named(marks, joints, field):
    with pytest.raises(OwnError) as refused:
        make(sequence(raises(3)), marks, joints)
    assert refused.value.field == field


def test_a_reference_without_movement_or_body_is_refused():
    with pytest.raises(OwnError, match="hardly anything moves"):
        make(sequence(raises(3, reach_deg=8, noise=0)), MARKS)
    hidden = raises(3)
    hidden[20:40, :, 2] = 0
    with pytest.raises(OwnError, match="not wholly in the picture"):
        make(sequence(hidden), MARKS)


def test_extremes_take_turns_and_jitter_is_none():
    signal = np.array([0, 0.1, 0, 1, 0.9, 1, 0, 0.2, 0.1, 1.1, 0.0])
    assert extremes(signal, 0.5) == [(0, False), (3, True), (6, False), (9, True)]
    found = swings(signal, 0.5)
    assert [(one.start, one.turn, one.end) for one in found] == [(2, 3, 6), (6, 9, 10)]
    assert smooth(np.array([3.0, 0, 0])).tolist() == [2, 1, 0]


@pytest.mark.parametrize("shown", FACTS["shown"], ids=lambda one: one["name"])
def test_golden_vectors_have_not_drifted(shown):
    known = own_golden.cases()
    made = own_golden.template_of(known[shown["case"]], shown["marks"]).to_json()
    np.testing.assert_allclose(made["path"], shown["template"]["path"], atol=2e-5, err_msg=STALE)
    np.testing.assert_allclose(made["axis"], shown["template"]["axis"], atol=2e-5, err_msg=STALE)
    assert made["joints"] == shown["template"]["joints"], STALE
    stored = Template.from_json(shown["template"])
    for name, right in shown["answers"].items():
        for kind, told in own_golden.answers_of(known[name], stored).items():
            assert told["confidence"] == pytest.approx(right[kind]["confidence"], abs=0.01), STALE
            assert told["attempts"] == right[kind]["attempts"], STALE
            assert len(told["reps"]) == len(right[kind]["reps"]), STALE
            for rep, kept in zip(told["reps"], right[kind]["reps"], strict=True):
                assert rep == pytest.approx(kept, abs=0.2), STALE
