"""An open set followed clip by clip: near what its tail's analysis finds, whoever is beside it."""

import numpy as np
import pytest

from benchmarks._common import squats
from models import following, pace
from models.follower import FPS, LONGEST_S, Follower, extend
from models.following import Span
from models.registry import load
from models.sequence import Sequence

NETWORK = load()
SET = squats(40.0, 30.0)


class Page:
    """Keeps what looks have found, as rows do."""

    def __init__(self) -> None:
        self.follower = Follower("squat")
        self.spans: list[Span] = []

    def take(self, found: following.Look) -> int:
        new = [(rep.start_ms, rep.end_ms) for rep in found.reps]
        self.spans = self.spans[: found.kept] + new
        return len(self.spans)


def played(sequence: Sequence, others: int = 0) -> list[int]:
    """The count after each second, with other followers in the same batch."""
    page, beside = Page(), [Page() for _ in range(others)]
    counts = []
    for second in range(int(sequence.t_ms[-1]) // 1000 + 1):
        new = sequence.between(1000 * second, 1000 * (second + 1))
        pages = [*beside, page]
        assert all(extend([one.follower for one in pages], [new] * len(pages)))
        looks = following.look([p.follower for p in pages], [p.spans for p in pages], NETWORK)
        counts.append([one.take(look) for one, look in zip(pages, looks, strict=True)][-1])
    return counts


def test_every_repetition_is_counted_soon_and_once() -> None:
    counts = played(SET)
    done = [int((second + 1) / 2.5) for second in range(len(counts))]
    off = np.array(counts[8:]) - np.array(done[8:])
    assert np.abs(off).max() <= 1


def test_who_runs_beside_changes_nothing() -> None:
    short = SET.between(0, 12_000)
    assert played(short) == played(short, others=3)


def test_nobody_is_not_counted() -> None:
    empty = Sequence(SET.t_ms, np.zeros_like(SET.poses), SET.aspect)
    assert set(played(empty.between(0, 9_000))) == {0}


def test_what_is_remembered_does_not_grow() -> None:
    follower = Follower()
    long = squats(60.0, 30.0)
    for second in range(60):
        extend([follower], [long.between(1000 * second, 1000 * (second + 1))])
    assert len(follower) <= FPS * LONGEST_S + 1


def test_a_frame_from_before_is_refused() -> None:
    follower = Follower()
    assert extend([follower], [SET.between(0, 2_000)]) == [True]
    frames = len(follower)
    assert extend([follower, Follower()], [SET.between(1_000, 3_000)] * 2) == [False, True]
    assert (len(follower), follower.end_ms) == (frames, 1_967)
    with pytest.raises(ValueError, match="expected more than 1967, got 1000"):
        follower.extended_by(SET.between(1_000, 3_000))


def test_who_waits_for_a_rate_has_one_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_AT_ONCE", 1)
    pages = [Page() for _ in range(3)]
    for second in range(5):
        new = SET.between(1000 * second, 1000 * (second + 1))
        assert all(extend([one.follower for one in pages], [new] * 3))
        following.look([one.follower for one in pages], [one.spans for one in pages], NETWORK)
        have = sum(one.follower.strip is not None for one in pages)
        assert have == min(3, second + 1), "those without a rate come before those who have one"
