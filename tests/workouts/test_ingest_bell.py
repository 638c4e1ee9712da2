"""The bell has a thread of its own: a broker that hangs keeps no clip waiting."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from sessions import doorbell
from sessions.ingest import bell as module
from sessions.ingest.bell import Bell

WAIT_S = 10


class Broker:
    """Hangs while `may_go` is not set; what was rung for, ring by ring."""

    def __init__(self) -> None:
        self.rung: list[dict[UUID, str | None]] = []
        self.may_go, self.is_here = threading.Event(), threading.Event()
        self._changed = threading.Condition()
        self.calls = 0

    def __call__(self, ids: Any, traces: Mapping[UUID, str | None]) -> None:
        assert set(ids) == set(traces)
        self.calls += 1
        if not traces:
            return
        self.is_here.set()
        assert self.may_go.wait(WAIT_S)
        with self._changed:
            self.rung.append(dict(traces))
            self._changed.notify_all()

    def wait_for(self, rings: int) -> None:
        enough: Callable[[], bool] = lambda: len(self.rung) >= rings  # noqa: E731
        with self._changed:
            assert self._changed.wait_for(enough, WAIT_S)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(doorbell, "ring", broker)
    return broker


def test_it_rings_for_what_is_due_in_its_newest_trace_while_nobody_waits(broker: Broker) -> None:
    bell, first, other = Bell(), uuid4(), uuid4()
    bell.ring({first: "00-a"})
    assert broker.is_here.wait(WAIT_S)
    bell.ring({first: "00-b", other: None})
    bell.ring({first: "00-c"})
    broker.may_go.set()
    broker.wait_for(2)
    assert broker.rung == [{first: "00-a"}, {first: "00-c", other: None}]
    bell.ring({})
    bell.ring({other: "00-d"})
    broker.wait_for(3)
    assert broker.rung[2:] == [{other: "00-d"}]
    time.sleep(0.05)
    assert broker.calls <= 5, "and waits, once there is nothing more"
    [thread] = [one for one in threading.enumerate() if one is bell._thread]
    assert thread.daemon, "it keeps no server from ending"


def test_a_broker_that_hangs_for_long_is_owed_a_bounded_number(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    bell = Bell()
    bell.ring({uuid4(): None})
    assert broker.is_here.wait(WAIT_S)
    for _ in range(4):
        bell.ring({uuid4(): None, uuid4(): None})
    broker.may_go.set()
    broker.wait_for(2)
    assert [len(one) for one in broker.rung] == [1, 3]
