"""What waits in front of Django and of the database is few, and waits for a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from sessions.ingest import gate as gates
from sessions.ingest import group as groups
from sessions.ingest.gate import ClosedError, Gate
from sessions.ingest.group import BusyError, GroupCommit, LostError
from sessions.ingest.passes import LASTS_S, Passes

Receive = Callable[[], Awaitable[Any]]


def body(*parts: bytes) -> Receive:
    """What an app receives: the parts, then nothing more."""
    whole = [
        {"type": "http.request", "body": part, "more_body": i < len(parts)}
        for i, part in enumerate(parts, 1)
    ]

    async def receive() -> Any:
        return whole.pop(0) if whole else {"type": "http.disconnect"}

    return receive


async def inside(gate: Gate, until: asyncio.Event) -> str:
    async with gate.before(body(b"a", b"b")) as receive:
        await receive()
        if (await receive())["type"] == "http.request":
            await until.wait()
        return str((await receive())["type"])


async def test_as_many_as_there_are_places_are_inside_and_the_next_follow() -> None:
    gate, until = Gate(2), asyncio.Event()
    entered = [asyncio.create_task(inside(gate, until)) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert gate._waiting == 3
    until.set()
    assert await asyncio.gather(*entered) == ["http.disconnect"] * 5
    assert gate._waiting == 0


async def test_beyond_those_who_may_wait_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MOST_WAITING", 1)
    gate, until = Gate(1), asyncio.Event()
    entered = [asyncio.create_task(inside(gate, until)) for _ in range(2)]
    await asyncio.sleep(0)
    assert gate.is_full()
    with pytest.raises(ClosedError):
        await inside(gate, until)
    until.set()
    await asyncio.gather(*entered)
    assert not gate.is_full()


async def test_nobody_waits_for_long_and_the_place_is_free_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gates, "LONGEST_WAIT_S", 0.0)
    gate, until = Gate(1), asyncio.Event()
    first = asyncio.create_task(inside(gate, until))
    await asyncio.sleep(0)
    with pytest.raises(ClosedError):
        await inside(gate, until)
    until.set()
    await first
    monkeypatch.setattr(gates, "LONGEST_WAIT_S", 60.0)
    assert await inside(gate, until) == "http.disconnect"


async def test_who_sends_slowly_takes_nobodys_place() -> None:
    gate, until = Gate(1), asyncio.Event()
    until.set()
    async with gate.before(body(b"a", b"b")) as receive:
        assert (await receive())["more_body"]
        assert await inside(gate, until) == "http.disconnect"
        await receive()
        assert gate._places.locked()
    assert not gate._places.locked()


async def test_who_breaks_inside_leaves_the_place() -> None:
    gate = Gate(1)

    async def breaks() -> None:
        async with gate.before(body(b"a")) as receive:
            await receive()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    assert not gate._places.locked()


async def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "WATCH_EVERY_S", 0.0)
    monkeypatch.setattr(groups, "ANSWER_WITHIN_S", 0.0)
    hung, loop = asyncio.Event(), asyncio.get_running_loop()

    def store(asked: Sequence[int]) -> list[int]:
        asyncio.run_coroutine_threadsafe(hung.wait(), loop).result()
        return list(asked)

    group: GroupCommit[int, int] = GroupCommit(store)
    with pytest.raises(LostError):
        await group.put(1)
    hung.set()
    await asyncio.to_thread(group.close)
    assert not group._promised


async def test_each_is_told_what_became_of_it_and_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(groups, "WATCH_EVERY_S", 0.0)
    group: GroupCommit[int, int] = GroupCommit(lambda asked: [2 * one for one in asked])
    assert await asyncio.gather(*map(group.put, range(20))) == list(range(0, 40, 2))
    while group._promised or group._watch:
        await asyncio.sleep(0)
    monkeypatch.setattr(groups, "MOST_WAITING", 0)
    assert group.is_full()
    with pytest.raises(BusyError):
        await group.put(1)
    await asyncio.to_thread(group.close)


def test_passes_given_together_do_not_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 0.0)
    passes, note = Passes(), {"user_id": 1, "session_key": "a"}
    for first in (0, 255):
        passes.keep(bytes([first] * 20), note, [])
    ends = sorted(one.until_s for one in passes._known.values())
    assert LASTS_S / 2 <= ends[0] < 0.6 * LASTS_S
    assert ends[1] == LASTS_S
