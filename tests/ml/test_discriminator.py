"""The door that the server uses: odd sequences get an answer, and TensorFlow stays out."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models import figures, postures
from models.discriminator import MODEL_VERSION, analyze, warm_up
from models.results import Analysis
from models.sequence import Sequence

ROOT = Path(__file__).parents[2]


def squats(count: int = 4, fps: float = 15.0, rep_s: float = 2.5, still_s: float = 1.5) -> Sequence:
    """A stick figure that stands, squats `count` times and stands."""
    figure = postures.FIGURES["squat"][0]
    time = np.arange(0, count * rep_s + 2 * still_s, 1 / fps)
    moving = np.clip(time - still_s, 0, count * rep_s)
    depth = (1 - np.cos(2 * np.pi * moving / rep_s)) / 2
    poised = figure.start + depth[:, None] * (figure.turn - figure.start)
    points = figures.picture(poised, turn_deg=np.full(len(time), 130.0))
    low, high = points.min((0, 1)), points.max((0, 1))
    poses = np.ones((len(time), 17, 3), np.float32)
    poses[:, :, :2] = 0.1 + 0.8 * (points - low) / (high - low).max()
    return Sequence.at_fps(poses, fps, aspect=1.0)


def odd(name: str) -> Sequence:
    rng = np.random.default_rng(0)
    junk = rng.random((60, 17, 3)).astype(np.float32)
    halves = np.concatenate([np.arange(30) * 66, 20_000 + np.arange(30) * 66])
    return {
        "empty": Sequence(np.zeros(0, np.int64), np.zeros((0, 17, 3), np.float32)),
        "one frame": Sequence.at_fps(junk[:1], 15),
        "two frames": Sequence.at_fps(junk[:2], 15),
        "unseen": Sequence.at_fps(np.zeros((60, 17, 3), np.float32), 15),
        "clips lost": Sequence(halves, junk),
        "5 fps": Sequence.at_fps(junk, 5),
        "60 fps": Sequence.at_fps(junk, 60),
        "no aspect": Sequence.at_fps(junk, 15, None),
        "one point": Sequence.at_fps(np.full((60, 17, 3), 0.5, np.float32), 15, 1.0),
    }[name]


@pytest.mark.parametrize("exercise", [None, "squat", "plank"])
@pytest.mark.parametrize(
    "name",
    [
        *("empty", "one frame", "two frames", "unseen", "clips lost"),
        *("5 fps", "60 fps", "no aspect", "one point"),
    ],
)
def test_an_odd_sequence_is_no_repetition(name, exercise):
    sequence = odd(name)
    found = analyze(sequence, exercise)
    assert isinstance(found, Analysis)
    assert found.reps == ()
    assert found.exercise == exercise or exercise is None
    assert found.model_version == MODEL_VERSION
    assert 0 <= found.visible <= 1


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("count", [2, 5])
def test_squats_are_counted_at_every_frame_rate(count, fps):
    assert len(analyze(squats(count, fps)).reps) == count


def test_squats_are_recognised_and_described():
    found = analyze(squats(4))
    assert found.exercise == "squat"
    assert found.visible == 1
    for before, after in zip(found.reps, found.reps[1:], strict=False):
        assert before.end_ms <= after.start_ms + 1
    for rep in found.reps:
        assert rep.start_ms < rep.turn_ms < rep.end_ms
        assert rep.end_ms - rep.start_ms == pytest.approx(2_500, abs=700)
        assert rep.rom_deg is not None
        assert 40 < rep.rom_deg < 150
        seconds = rep.tempo_s.down + rep.tempo_s.pause + rep.tempo_s.up
        assert 1000 * seconds == pytest.approx(rep.end_ms - rep.start_ms, abs=100)
        assert 0 <= rep.confidence <= 1


def test_without_aspect_there_is_no_range_of_motion():
    known = squats(3)
    found = analyze(Sequence(known.t_ms, known.poses))
    assert {rep.rom_deg for rep in found.reps} == {None}


def test_the_chosen_exercise_stands():
    assert analyze(squats(3), exercise="lunge").exercise == "lunge"


def test_lost_clips_cost_no_other_repetitions():
    whole = squats(8)
    kept = (whole.t_ms < 9_000) | (whole.t_ms > 12_500)
    found = analyze(Sequence(whole.t_ms[kept], whole.poses[kept], whole.aspect))
    assert 5 <= len(found.reps) <= 8


def test_standing_still_is_nothing():
    standing = squats(0, still_s=10)
    found = analyze(standing)
    assert (found.reps, found.exercise) == ((), None)


def test_an_unknown_exercise_is_refused_by_name():
    with pytest.raises(ValueError, match=r"exercise: expected one of squat, .* got 'yodel'"):
        analyze(squats(1), exercise="yodel")


def test_the_same_sequence_gives_the_same_answer():
    assert analyze(squats(3)) == analyze(squats(3))


def test_tensorflow_is_never_imported():
    code = (
        "import sys; from models.discriminator import warm_up; warm_up();"
        "print(sorted({'tensorflow', 'keras', 'onnx'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_warm_up_answers_nothing():
    assert warm_up() is None
