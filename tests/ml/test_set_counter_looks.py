"""What a look reads, what it keeps of the one before, and how sure quick looks are."""

from typing import Any

import numpy as np
import pytest

from models import set_counter
from models.results import Analysis, Rep, Tempo
from models.set_counter import SetCounter

POSE = np.zeros((17, 3), np.float32)


def rep(start_ms: int, end_ms: int) -> Rep:
    return Rep(start_ms, (start_ms + end_ms) // 2, end_ms, 0.9, None, Tempo(1, 0, 1))


class Looks:
    """Answers what a test wants found next, and keeps what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Any] = []
        self.finds: list[list[Rep]] = []
        self.rate_hz: float | None = None
        monkeypatch.setattr(set_counter, "analyze", self)

    def __call__(self, sequence, exercise, network, near=None, is_open=False) -> Analysis:
        self.asked.append((sequence, exercise, network, near, is_open))
        found = self.finds.pop(0) if self.finds else []
        return Analysis("v", "squat", 0.9, tuple(found), rate_hz=self.rate_hz)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(monkeypatch)


def fed(counter: SetCounter, start_ms: int, end_ms: int, step_ms: int = 500) -> None:
    for t_ms in range(start_ms, end_ms + 1, step_ms):
        counter.push(t_ms, POSE + t_ms)


def test_the_first_look_reads_everything_and_says_how_it_was_asked(looks: Looks) -> None:
    network: Any = object()
    counter = SetCounter(1.5, "squat", network)
    fed(counter, 0, 3_000)
    counter.look()
    [(sequence, exercise, asked, near, is_open)] = looks.asked
    assert sequence.t_ms.tolist() == list(range(0, 3_001, 500))
    assert sequence.poses[2, 0, 0] == 1_000
    assert sequence.aspect == 1.5
    assert (exercise, asked, near, is_open) == ("squat", network, None, True)


def test_a_finished_set_is_read_as_a_whole(looks: Looks) -> None:
    counter = SetCounter(0.5, None)
    fed(counter, 0, 60_000)
    counter.look()
    looks.finds = [[rep(0, 2_000)]]
    found = counter.finish()
    sequence, _, _, near, is_open = looks.asked[-1]
    assert (len(sequence), near, is_open) == (121, None, False)
    assert len(found.reps) == 1


def test_an_open_set_is_read_from_45_s_before_the_last_look(looks: Looks) -> None:
    counter = SetCounter()
    fed(counter, 0, 50_000)
    counter.look()
    fed(counter, 50_500, 52_000)
    counter.look()
    assert looks.asked[1][0].t_ms[0] == 5_000


def test_what_lies_before_the_tail_stays_as_it_was_found(looks: Looks) -> None:
    """The tail begins at 15 s, and its first 15 s are not believed: the middle decides."""
    counter = SetCounter()
    before, across, after = rep(28_000, 29_000), rep(29_000, 30_998), rep(30_500, 31_500)
    looks.finds = [[before, across, after]]
    fed(counter, 0, 60_000)
    assert counter.look().reps == 3
    looks.finds = [[rep(16_000, 18_000), rep(31_000, 33_000), rep(40_000, 42_000)]]
    fed(counter, 60_500, 61_000)
    assert counter.look().reps == 4


def test_a_repetition_found_again_a_little_earlier_is_taken_once(looks: Looks) -> None:
    counter = SetCounter()
    looks.finds = [[rep(24_000, 26_000)]]
    fed(counter, 0, 60_000)
    assert counter.look().reps == 1
    # Middles at 26 s (too early), 27 s (within 3 s of the cut) and 25.5 s.
    looks.finds = [[rep(24_500, 26_500), rep(26_000, 28_000)]]
    fed(counter, 60_500, 61_000)
    assert counter.look().reps == 2


def test_one_that_begins_before_the_last_kept_has_ended_is_the_same(looks: Looks) -> None:
    counter = SetCounter()
    looks.finds = [[rep(28_000, 31_000)]]
    fed(counter, 0, 60_000)
    counter.look()
    looks.finds = [[rep(29_000, 30_000), rep(29_500, 31_500)]]
    fed(counter, 60_500, 61_000)
    assert counter.look().reps == 2


def test_a_tail_that_begins_at_the_start_is_believed_from_there(looks: Looks) -> None:
    counter = SetCounter()
    looks.finds = [[rep(0, 1_000)]]
    fed(counter, 0, 45_000)
    counter.look()
    looks.finds = [[rep(0, 900), rep(900, 1_900)]]
    fed(counter, 45_500, 46_000)
    assert counter.look().reps == 2


def test_full_looks_are_four_seconds_and_three_quick_ones_apart(looks: Looks) -> None:
    looks.rate_hz = 8.0
    counter = SetCounter()
    full = []
    for second in range(12):
        fed(counter, second * 2_000, second * 2_000 + 1_500)
        counter.look()
        full.append(looks.asked[-1][3] is None)
    assert [i for i, one in enumerate(full) if one] == [0, 4, 8]
    counter = SetCounter()
    full = []
    for tick in range(24):
        counter.push(tick * 500, POSE)
        counter.look()
        full.append(looks.asked[-1][3] is None)
    assert [i for i, one in enumerate(full) if one] == [0, 8, 16]


def test_quick_looks_stay_within_two_steps_of_the_rate(looks: Looks) -> None:
    looks.rate_hz = 8.0
    counter = SetCounter()
    counter.push(0, POSE)
    counter.look()
    counter.push(500, POSE)
    counter.look()
    near = looks.asked[-1][3]
    step = 1.5 ** (1 / 3)
    assert [near(8.0 * step**by) for by in (-3, -2, -1, 0, 1, 2, 3)] == [
        False, True, True, True, True, True, False,
    ]  # fmt: skip


def test_a_count_that_comes_again_is_no_longer_doubted(looks: Looks) -> None:
    """Less, as much, less: only two looks in a row that find less take something back."""
    counter = SetCounter()
    said = []
    for second, count in enumerate((3, 2, 3, 2, 1)):
        counter.push(second * 1_000, POSE)
        looks.finds = [[rep(2_000 * i, 2_000 * i + 1_000) for i in range(count)]]
        said.append(counter.look().reps)
    assert said == [3, 3, 3, 3, 2]


def test_a_quick_look_decides_nothing_for_good(looks: Looks) -> None:
    """What it found before the tail is not kept; what the last full look did is."""
    looks.rate_hz = 8.0
    counter = SetCounter()
    looks.finds = [[rep(1_000, 3_000)]]
    fed(counter, 0, 60_000)
    assert counter.look().reps == 1
    looks.finds = [[rep(31_000, 32_000), rep(33_000, 34_000)], []]
    fed(counter, 60_500, 61_000)
    assert counter.look().reps == 3
    fed(counter, 61_500, 62_000)
    assert counter.look().reps == 3
    assert counter._sure == [rep(1_000, 3_000)]
