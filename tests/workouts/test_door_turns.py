"""A turn at the door: waves at a pace, whole sets between them, tails when there is time."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from sessions import door
from sessions.waiting import DUE, TAIL, WHOLE, InRedis, lists

WAVE_S, WHOLE_S, TAIL_S = 0.01, 0.1, 0.1
PACE_MS = round(1000 * door.PACE_S)


class Time:
    """Goes on only where somebody works or sleeps. then: what happens at which second."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.then: list[tuple[float, Callable[[], Any]]] = []

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, span_s: float) -> None:
        self.now_s += span_s
        for one in [one for one in self.then if one[0] <= self.now_s]:
            self.then.remove(one)
            one[1]()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    own = Time()
    monkeypatch.setattr(door, "time", own)
    monkeypatch.setattr(door._Turn, "wave_s", 0.0)
    return own


@pytest.fixture
def work(time: Time, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What is done, and when, in ms since the beginning."""
    done: list[Any] = []

    def doing(name: str, takes_s: float) -> Callable[[Any], list[Any]]:
        def do(what: Any) -> list[Any]:
            done.append((name, round(1000 * (time.now_s - 1000)), what))
            time.sleep(takes_s)
            return []

        return do

    for name, takes_s in (("_follow", WAVE_S), ("_whole", WHOLE_S), ("_thoroughly", TAIL_S)):
        monkeypatch.setattr(door, name, doing(name, takes_s))
    yield done
    for name in (DUE, WHOLE, TAIL):
        lists().take(name, 999)


def ids(count: int) -> list[UUID]:
    """In the order in which Redis gives back what has waited equally long."""
    return sorted(uuid4() for _ in range(count))


def test_with_nothing_to_do_a_turn_is_over_at_once(work: list[Any], time: Time) -> None:
    assert door.answer() == door.Answered([], is_more=False)
    assert (work, time.now_s) == ([], 1000.0)


def test_the_first_is_counted_at_once_and_what_comes_soon_after_together(
    work: list[Any], time: Time
) -> None:
    first, *others = ids(4)
    lists().add(DUE, [first])
    time.then = [(1000.001 + n / 100, lambda one=one: lists().add(DUE, [one]))  # type: ignore[misc]
                 for n, one in enumerate(others)]  # fmt: skip
    assert not door.answer().is_more
    assert work == [("_follow", 0, [first]), ("_follow", PACE_MS, others)]


def test_the_pace_is_kept_from_one_turn_to_the_next(work: list[Any], time: Time) -> None:
    lists().add(DUE, ids(1))
    door.answer()
    time.now_s = 1000.05
    lists().add(DUE, ids(1))
    door.answer()
    assert [at for _, at, _ in work] == [0, PACE_MS]


def test_full_waves_wait_for_nobody(work: list[Any], time: Time) -> None:
    many = ids(2 * door.AT_ONCE)
    lists().add(DUE, many)
    door.answer()
    assert work == [("_follow", 0, many[: door.AT_ONCE]), ("_follow", 10, many[door.AT_ONCE :])]


def test_whole_sets_come_between_waves(work: list[Any], time: Time) -> None:
    lists().add(DUE, ids(1))
    wholes = ids(2)
    lists().add(WHOLE, wholes)
    time.then = [(1000.02, lambda: lists().add(DUE, ids(1)))]
    door.answer()
    assert [(name, at) for name, at, _ in work] == [
        ("_follow", 0), ("_whole", 10), ("_follow", 110), ("_whole", 120),
    ]  # fmt: skip


def test_tails_are_read_once_waves_have_left_enough_time(work: list[Any], time: Time) -> None:
    lists().add(DUE, ids(1))
    lists().add(TAIL, ids(1))
    assert not door.answer().is_more
    assert [(name, at) for name, at, _ in work] == [("_follow", 0), ("_thoroughly", 25)]


def test_no_tail_is_read_while_waves_fill_the_turn(
    work: list[Any], time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PACE_S", 1.5 * WAVE_S)
    lists().add(TAIL, ids(1))
    lists().add(DUE, ids(1))
    time.then = [(1000.0 + n / 1000, lambda: lists().add(DUE, ids(1))) for n in range(1, 400)]
    assert door.answer().is_more
    assert {name for name, _, _ in work} == {"_follow"}
    assert time.now_s < 1000 + door.SLICE_S + WAVE_S


def test_a_long_turn_that_leaves_nothing_is_the_last(work: list[Any], time: Time) -> None:
    lists().add(WHOLE, ids(3))
    assert not door.answer().is_more
    assert time.now_s > 999.99 + door.SLICE_S
    lists().add(WHOLE, ids(5))
    assert door.answer().is_more


@pytest.mark.engines
def test_one_is_sent_to_the_door_until_somebody_is_there(redis_url: str) -> None:
    own = InRedis(redis_url)
    own.at_door()
    assert [own.call(), own.call(), own.ring(ids(1))] == [True, False, False]
    own.at_door()
    assert [own.ring(ids(1)), own.call()] == [True, False]
    assert own.some()
    own.take(DUE, 9)
    assert not own.some()
    own.at_door()
    own._redis.close()
