"""Findings: what is measured beside the standard, and what is left unsaid."""

import json
from dataclasses import replace

import numpy as np
import pytest

from models import body, form_golden
from models.exercises import BY_SLUG
from models.faults import SOURCES, STANDARDS
from models.form import Finding, _merged, assess
from models.form_looks import _lowering_s
from models.form_measures import SIDED, WHOLE
from models.postures import FIGURES, PLANKS
from models.results import Rep, Tempo
from models.sequence import Sequence
from models.skeleton import KEYPOINTS
from models.stance import LEAN

STALE = "run python -m models.form_golden, then the tests in frontend/src/discriminator"
SQUAT = FIGURES["squat"][0]
FPS, REP_S = 15, 2.4


def filmed(start, turn, yaw=0.0, depths=(1.0, 1.0, 1.0), rep_s=(REP_S,)):
    """A set before an exact camera: the sequence and its repetitions."""
    levels, spans, at = [], [], 0
    for i, depth in enumerate(depths):
        frames = round(FPS * rep_s[i % len(rep_s)])
        levels.append(depth * (1 - np.cos(2 * np.pi * np.arange(frames) / frames)) / 2)
        spans.append((at, at + frames))
        at += frames
    postures = start + np.concatenate(levels)[:, None] * (turn - start)
    camera = body.Camera(90 + yaw, distance=8.0)
    points = body.project(postures, camera, np.ones(body.SIZES), grounded=True)
    low, high = points.min((0, 1)), points.max((0, 1))
    points = 0.1 + 0.8 * (points - low) / (high - low).max()
    poses = np.concatenate([points, np.full((*points.shape[:2], 1), 0.9)], axis=2)
    ms = 1000 / FPS
    reps = [Rep(round(a * ms), 0, round(b * ms), 1.0, None, Tempo(1, 0, 1)) for a, b in spans]
    return Sequence.at_fps(poses, FPS, 1.0), reps


def names(found: tuple[Finding, ...]) -> set[str]:
    return {one.fault for one in found}


def leaning(posture, degrees):
    made = posture.copy()
    made[LEAN] += degrees
    return made


@pytest.mark.parametrize("yaw", [0, 30, 60, 90])
def test_a_good_squat_has_no_findings(yaw):
    assert assess(*reordered(filmed(SQUAT.start, SQUAT.turn, yaw))) == ()


def reordered(film, slug="squat"):
    sequence, reps = film
    return sequence, slug, reps


@pytest.mark.parametrize("yaw", [0, 40, 90])
def test_a_shallow_squat_is_told_from_every_view(yaw):
    half = SQUAT.start + 0.5 * (SQUAT.turn - SQUAT.start)
    found = assess(*reordered(filmed(SQUAT.start, half, yaw)))
    assert names(found) == {"depth"}
    assert [one.rep for one in found] == [0, 1, 2]
    one = found[0]
    assert (one.joint, one.phase, one.unit, one.limit) == ("knee", "bottom", "deg", 20)
    assert one.measured == pytest.approx(40, abs=6)
    assert one.severity == pytest.approx((one.measured - 20) / 40, abs=0.01)


def test_what_the_view_hides_is_not_said():
    low = leaning(SQUAT.turn, 40)
    from_the_side = assess(*reordered(filmed(SQUAT.start, low, 0)))
    assert "trunk_lean" in names(from_the_side)
    assert from_the_side[0].measured == pytest.approx(38 + 40, abs=7)  # the median near the bottom
    assert "trunk_lean" not in names(assess(*reordered(filmed(SQUAT.start, low, 90))))


def test_what_is_not_seen_is_not_said():
    half = SQUAT.start + 0.5 * (SQUAT.turn - SQUAT.start)
    sequence, reps = filmed(SQUAT.start, half)
    hidden = sequence.poses.copy()
    hidden[:, [KEYPOINTS.index("left_knee"), KEYPOINTS.index("right_knee")], 2] = 0.2
    assert assess(replace(sequence, poses=hidden), "squat", reps) == ()


def test_one_side_is_enough():
    half = SQUAT.start + 0.5 * (SQUAT.turn - SQUAT.start)
    sequence, reps = filmed(SQUAT.start, half)
    hidden = sequence.poses.copy()
    hidden[:, KEYPOINTS.index("left_knee"), 2] = 0.1
    hidden[:, KEYPOINTS.index("left_knee"), :2] = 0.5
    assert names(assess(replace(sequence, poses=hidden), "squat", reps)) == {"depth"}


def test_a_repetition_is_compared_with_the_others_of_the_same_person():
    found = assess(*reordered(filmed(SQUAT.start, SQUAT.turn, 0, (1, 1, 0.6, 1))))
    short = [one for one in found if one.fault == "short_range"]
    assert [one.rep for one in short] == [2]
    assert short[0].unit == "ratio"
    two = assess(*reordered(filmed(SQUAT.start, SQUAT.turn, 0, (1, 0.6))))
    assert "short_range" not in names(two)


def test_a_repetition_is_not_short_where_its_joint_went_as_far_as_ever():
    sequence, slug, reps = reordered(filmed(SQUAT.start, SQUAT.turn, 0, (1, 1, 0.6, 1)))
    wide = [replace(rep, rom_deg=100.0) for rep in reps]
    assert "short_range" not in names(assess(sequence, slug, wide))


def test_worst_first_within_a_repetition():
    half = leaning(SQUAT.start + 0.6 * (SQUAT.turn - SQUAT.start), 55)
    found = assess(*reordered(filmed(SQUAT.start, half)))
    first = [one.severity for one in found if one.rep == 0]
    assert len(first) > 1
    assert first == sorted(first, reverse=True)


def test_speed_and_evenness():
    quick = assess(*reordered(filmed(SQUAT.start, SQUAT.turn, 0, (1,) * 3, (0.8,))))
    assert names(quick) == {"fast_lowering"}
    assert quick[0].measured == pytest.approx(0.3, abs=0.1)
    uneven = assess(*reordered(filmed(SQUAT.start, SQUAT.turn, 0, (1,) * 4, (1.8, 4.0))))
    assert [(one.fault, one.rep) for one in uneven] == [("uneven_tempo", None)]


def test_a_hold_is_judged_by_stretches_and_told_once():
    piked = leaning(PLANKS[0], 20)
    piked[piked == PLANKS[0]] = PLANKS[0][piked == PLANKS[0]]
    piked[[17, 18, 21, 22]] += 20  # thighs and shanks forward
    sequence, _ = filmed(piked, piked, 0, (0,) * 5)
    found = assess(sequence, "plank")
    assert [(one.fault, one.rep) for one in found] == [("piked_hips", None)]
    assert found[0].end_ms - found[0].start_ms > 9_000
    straight, _ = filmed(PLANKS[0], PLANKS[0], 0, (0,) * 5)
    assert assess(straight, "plank") == ()


def test_no_standard_no_shape_nobody_nothing():
    sequence, reps = filmed(SQUAT.start, SQUAT.start + 0.4 * (SQUAT.turn - SQUAT.start))
    assert assess(sequence, "squat", reps)
    assert assess(sequence, None, reps) == ()
    assert assess(sequence, "unknown", reps) == ()
    assert assess(sequence, "pommel_horse", reps) == ()
    assert assess(replace(sequence, aspect=None), "squat", reps) == ()
    assert assess(replace(sequence, poses=sequence.poses * [1, 1, 0]), "squat", reps) == ()
    assert assess(sequence, "squat", ()) == ()


def test_a_repetition_of_one_frame_is_not_judged():
    sequence, _ = filmed(SQUAT.start, SQUAT.turn)
    for length in (0, 1, 70):
        moment = Rep(1000, 1000, 1000 + length, 1.0, None, Tempo(0, 0, 0))
        assert assess(sequence, "squat", [moment]) == ()


def test_the_table_is_whole():
    assert set(STANDARDS) == set(BY_SLUG) - {"pommel_horse"}
    timed = {"lowering_s", "share_of_range", "tempo_spread"}
    for standard in STANDARDS.values():
        assert standard.driver is None or standard.driver in SIDED
        for fault in standard.faults:
            assert fault.measure in {*SIDED, *WHOLE, *timed}
            assert fault.source in SOURCES
            assert fault.span > 0
            assert fault.severity(fault.limit) == 0


CASES = {case["name"]: case for case in json.loads(form_golden.PATH.read_text())["cases"]}


@pytest.mark.parametrize("name", CASES)
def test_golden_findings_have_not_drifted(name):
    case = CASES[name]
    found = form_golden.findings_of(case)
    assert [one["fault"] for one in found] == [one["fault"] for one in case["findings"]], STALE
    for one, kept in zip(found, case["findings"], strict=True):
        assert one == pytest.approx(kept, abs=0.02), STALE


def held(start_ms, severity, fault="sagging"):
    """As a hold's stretch of ten seconds finds it."""
    end_ms = start_ms + 10_000
    return Finding(None, fault, "body", "whole", 1.0, 2.0, "deg", severity, start_ms, end_ms)


def test_a_fault_that_came_back_is_told_twice_and_one_that_went_on_once():
    found = [held(0, 0.2), held(10_000, 0.7), held(30_000, 0.1), held(0, 0.5, "piked")]
    told = [(one.fault, one.start_ms, one.end_ms, one.severity) for one in _merged(found)]
    assert told == [
        ("sagging", 0, 20_000, 0.7), ("piked", 0, 10_000, 0.5), ("sagging", 30_000, 40_000, 0.1),
    ]  # fmt: skip


def test_how_fast_one_goes_down_is_not_said_of_what_was_not_seen():
    t_s = np.arange(10) / 10
    assert _lowering_s(t_s, np.full(10, np.nan)) is None
    assert _lowering_s(t_s, np.where(t_s == 0.5, 0.5, np.nan)) is None
    assert _lowering_s(t_s, np.linspace(0, 1, 10)) == pytest.approx(0.9, abs=0.2)
