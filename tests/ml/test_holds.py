"""A plank is timed; lying, bending over, moving and going away are not."""

import numpy as np
import pytest

from models import figures, postures
from models.discriminator import analyze
from models.features import track
from models.holds import held_s
from models.sequence import Sequence

PRONE, SUPINE, UPRIGHT = 80.0, -88.0, 0.0
PLANK = postures.posture(arm=(85, 6))


def posing(posture: np.ndarray, pitch: float, seconds: float = 6.0, sway: float = 0.0) -> Sequence:
    """A stick figure seen from its side, for a while."""
    time = np.arange(0, seconds, 1 / 15)
    poised = np.repeat(posture[None], len(time), axis=0)
    points = figures.picture(poised, np.full(len(time), 90.0), pitch)
    points[:, :, 0] += sway * np.sin(2 * np.pi * time)[:, None]
    poses = np.ones((len(time), 17, 3), np.float32)
    low, high = points.min((0, 1)), points.max((0, 1))
    poses[:, :, :2] = 0.1 + 0.8 * (points - low) / (high - low).max()
    return Sequence.at_fps(poses, 15.0, aspect=1.0)


def seconds_held(sequence: Sequence) -> float:
    return held_s(sequence, track(sequence))


def test_a_plank_is_timed():
    assert seconds_held(posing(PLANK, PRONE)) == pytest.approx(6.0, abs=0.2)


@pytest.mark.parametrize(
    ("posture", "pitch", "sway"),
    [
        (postures.posture(), UPRIGHT, 0.0),
        (postures.posture(arm=(170, 5)), SUPINE, 0.0),
        (postures.posture(80, (5, 8), thigh=(15, 6), shank=(0, 4)), UPRIGHT, 0.0),
        (PLANK, PRONE, 1.0),
    ],
    ids=["standing", "lying", "bent over", "rocking"],
)
def test_other_positions_are_not(posture, pitch, sway):
    assert seconds_held(posing(posture, pitch, sway=sway)) < 1.0


def test_time_out_of_sight_does_not_count():
    whole = posing(PLANK, PRONE, 10.0)
    kept = (whole.t_ms < 3_000) | (whole.t_ms > 7_000)
    seen = Sequence(whole.t_ms[kept], whole.poses[kept], whole.aspect)
    assert seconds_held(seen) == pytest.approx(6.0, abs=0.3)


@pytest.mark.parametrize("exercise", [None, "plank"])
def test_the_answer_carries_the_time_and_no_repetition(exercise):
    found = analyze(posing(PLANK, PRONE), exercise)
    assert (found.exercise, found.reps) == ("plank", ())
    assert found.hold_s == pytest.approx(6.0, abs=0.2)


def test_repetitions_have_no_hold_time():
    assert analyze(posing(postures.posture(), UPRIGHT), "squat").hold_s is None


def test_nothing_seen_is_no_time():
    nobody = Sequence.at_fps(np.zeros((30, 17, 3), np.float32), 15.0, 1.0)
    assert analyze(nobody, "plank").hold_s == 0
