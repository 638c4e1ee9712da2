"""What a page says while a set goes on, whatever the single looks find."""

import numpy as np
import pytest

from models import set_counter
from models.results import Analysis, Rep, Tempo
from models.set_counter import SetCounter

POSE = np.zeros((17, 3), np.float32)


def found(count: int, rate_hz: float | None = 4.0) -> Analysis:
    reps = (
        Rep(2000 * i, 2000 * i + 1000, 2000 * i + 2000, 0.9, None, Tempo(1, 0, 1))
        for i in range(count)
    )
    return Analysis("v", "squat", 0.9, tuple(reps), rate_hz=rate_hz)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch):
    """Counts said after looks, one a second, that find these; F before a number is a full look."""

    def play(*counts: str) -> list[int]:
        full: list[bool] = []

        def analyze(sequence, exercise, network, near, is_open) -> Analysis:
            full.append(near is None)
            assert is_open
            return found(int(counts[len(full) - 1].removeprefix("F")))

        monkeypatch.setattr(set_counter, "analyze", analyze)
        counter, answers = SetCounter(), []
        for i, _ in enumerate(counts):
            counter.push(1000 * i, POSE)
            answers.append(counter.look().reps)
        assert full == [text.startswith("F") for text in counts]
        return answers

    return play


def test_quick_looks_come_between_full_ones(said):
    assert said("F0", "0", "1", "1", "F1", "2", "2", "2", "F2") == [0, 0, 1, 1, 1, 2, 2, 2, 2]


def test_a_quick_look_takes_nothing_back(said):
    assert said("F3", "2", "2", "3", "F3") == [3, 3, 3, 3, 3]


def test_one_full_look_takes_nothing_back_either(said):
    assert said("F3", "3", "3", "3", "F2", "3") == [3, 3, 3, 3, 3, 3]


def test_a_full_look_is_believed_where_the_one_before_found_less_too(said):
    assert said("F3", "3", "3", "2", "F1") == [3, 3, 3, 3, 2]


def test_without_a_rate_every_look_is_full(monkeypatch):
    asked = []

    def analyze(sequence, exercise, network, near, is_open):
        asked.append(near)
        return found(0, None)

    monkeypatch.setattr(set_counter, "analyze", analyze)
    counter = SetCounter()
    for i in range(3):
        counter.push(1000 * i, POSE)
        assert counter.look().reps == 0
    assert asked == [None, None, None]
