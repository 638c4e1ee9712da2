"""Sets wait in order, each once; its trace waits with it and is taken once."""

from uuid import uuid4

import pytest

from sessions import waiting
from sessions.waiting import DUE, Here, InRedis, Lists


@pytest.fixture(params=["here", pytest.param("redis", marks=pytest.mark.engines)])
def lists(request: pytest.FixtureRequest) -> Lists:
    if request.param == "here":
        return Here()
    return InRedis(request.getfixturevalue("redis_url"))


def test_a_trace_is_taken_once(lists: Lists) -> None:
    traced, other = uuid4(), uuid4()
    lists.leave_traces({})
    lists.leave_traces({traced: "00-a"})
    lists.leave_traces({traced: "00-b"})
    assert lists.take_traces([other, traced]) == {traced: "00-b"}
    assert lists.take_traces([other, traced]) == {}


def test_in_one_process_they_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST_TRACES", 2)
    lists = Here()
    for _ in range(5):
        lists.leave_traces({uuid4(): "00-a"})
    assert len(lists._traces) == 2


def test_who_has_waited_longest_is_taken_first(lists: Lists) -> None:
    waiting = [uuid4() for _ in range(5)]
    for one in waiting:
        lists.add(DUE, [one])
    lists.ring([waiting[0]])
    assert lists.take(DUE, 2) == waiting[:2], "ringing again costs nobody their place"
    lists.ring([waiting[0]])
    assert lists.take(DUE, 9) == [*waiting[2:], waiting[0]]
    assert lists.take(DUE, 9) == []
