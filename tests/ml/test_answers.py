"""Many recordings are asked in two processes, with the same answers; hindsight is extra."""

import numpy as np
import pytest

from models import answers, hindsight
from models.answers import Depth, ask
from models.features import F
from models.recordings import Recording
from models.registry import WEIGHTS, load
from models.sequence import Sequence


def bowing(name="a", seconds=6.0, exercise="squat"):
    """A figure whose upper half goes down and up every two seconds."""
    t = np.arange(int(seconds * 15)) / 15
    poses = np.repeat(np.random.default_rng(1).random((1, 17, 3)), len(t), axis=0)
    poses[:, :, 2] = 1
    poses[:, :11, 1] += (0.3 - 0.3 * np.cos(np.pi * t))[:, None]
    return Recording(name, Sequence.at_fps(poses, 15), exercise=exercise, count=3, fold="0")


def test_two_processes_answer_as_one(monkeypatch):
    recordings = [bowing(str(n), 4.0 + n / 4) for n in range(4)]
    alone = ask(recordings, {"0": WEIGHTS})
    monkeypatch.setattr(answers, "_FEW", 0)
    assert ask(recordings, {"0": WEIGHTS}) == alone
    assert [one.name for one in alone] == ["0", "1", "2", "3"]


def test_where_no_second_process_starts_one_asks_alone(monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise OSError("no semaphores")

    monkeypatch.setattr(answers, "_FEW", 0)
    monkeypatch.setattr(answers, "_processes", lambda: 2)
    monkeypatch.setattr(answers, "ProcessPoolExecutor", refuse)
    assert len(ask([bowing()])) == 1
    assert "one asks alone" in capsys.readouterr().err


def test_only_what_is_asked_for_is_counted_once_more():
    plain = ask([bowing()])[0]
    assert (plain.count_if_known, plain.by_rate, plain.by_class) == (None, (), ())
    deep = ask([bowing()], WEIGHTS, Depth(known=True, hindsight=True))[0]
    assert deep.count_if_known is not None
    assert deep.count in deep.by_rate
    assert len(deep.by_class) == len(hindsight.CLASSES)


def test_an_exercise_outside_the_catalogue_cannot_be_given():
    found = ask([bowing(exercise="yodel")], WEIGHTS, Depth(known=True))[0]
    assert found.count_if_known is None
    assert not found.known


def test_the_same_samples_are_answered_once():
    class Session:
        asked = 0

        def run(self, names, feeds):
            self.asked += 1
            return [feeds["samples"] * 2]

    session = Session()
    memory = hindsight._Memory(session)
    samples = np.arange(4.0)
    for _ in range(3):
        assert memory.run(None, {"samples": samples})[0] == pytest.approx(samples * 2)
    memory.run(None, {"samples": samples + 1})
    assert session.asked == 2


def test_remembering_changes_no_answer():
    network = load()
    samples = np.random.default_rng(0).random((1, 40, F)).astype(np.float32)
    for mine, theirs in zip(
        hindsight.remembering(network).read(samples), network.read(samples), strict=True
    ):
        assert np.array_equal(mine, theirs)
