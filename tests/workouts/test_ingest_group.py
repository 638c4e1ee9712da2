"""One commit for all that wait: in order, bounded, and each is told what became of theirs."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from sessions.ingest import group as groups
from sessions.ingest.group import BusyError, GroupCommit, LostError

WAIT_S = 10


class Store:
    """Writes down each batch; holds the thread where it is asked to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.ended = 0
        self.may_go, self.is_here = threading.Event(), threading.Event()
        self.may_go.set()
        self.fails: Callable[[], None] = lambda: None

    def __call__(self, batch: Sequence[int]) -> list[str]:
        self.is_here.set()
        assert self.may_go.wait(WAIT_S)
        self.fails()
        self.batches.append(list(batch))
        return [f"stored {one}" for one in batch]

    def end(self) -> None:
        self.ended += 1

    async def hold(self, group: "GroupCommit[int, str]") -> "asyncio.Task[str]":
        """A first one is being stored until `may_go` is set."""
        self.may_go.clear()
        self.is_here.clear()
        first = asyncio.create_task(group.put(0))
        await asyncio.to_thread(self.is_here.wait, WAIT_S)
        return first


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def group(store: Store) -> Iterator[GroupCommit[int, str]]:
    made: GroupCommit[int, str] = GroupCommit(store, store.end, threads=1)
    yield made
    store.may_go.set()
    made.close()


async def settled() -> None:
    """Every task that was made has begun to wait."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_whoever_comes_meanwhile_is_stored_together_and_in_order(
    store: Store, group: GroupCommit[int, str]
) -> None:
    first = await store.hold(group)
    others = [asyncio.create_task(group.put(n)) for n in (3, 1, 2)]
    await settled()
    store.may_go.set()
    assert await first == "stored 0"
    assert await asyncio.gather(*others) == ["stored 3", "stored 1", "stored 2"]
    assert store.batches == [[0], [3, 1, 2]]


async def test_the_next_batch_does_not_wait_for_the_one_that_is_being_stored(store: Store) -> None:
    group: GroupCommit[int, str] = GroupCommit(store, store.end)
    first = await store.hold(group)
    store.is_here.clear()
    second = asyncio.create_task(group.put(1))
    assert await asyncio.to_thread(store.is_here.wait, WAIT_S), "beside the first"
    third = asyncio.create_task(group.put(2))
    await asyncio.sleep(0.1)
    assert not any(one.done() for one in (first, second, third))
    store.may_go.set()
    assert await asyncio.gather(first, second, third) == [f"stored {n}" for n in range(3)]
    await group.end()
    assert sorted(store.batches) == [[0], [1], [2]]
    assert store.ended == 2, "in each thread"


async def test_only_one_gathers_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "PACE_S", 3600.0)
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 3)
    group: GroupCommit[int, str] = GroupCommit(store)
    assert await group.put(0) == "stored 0"
    others = [asyncio.create_task(group.put(n)) for n in (1, 2, 3)]
    await asyncio.wait_for(asyncio.gather(*others), WAIT_S)
    assert store.batches == [[0], [1, 2, 3]]
    await group.end()


async def test_whoever_comes_soon_after_a_batch_waits_for_others(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "PACE_S", 3600.0)
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 3)
    first = asyncio.create_task(group.put(0))
    others = [asyncio.create_task(group.put(n)) for n in (1, 2)]
    await asyncio.wait_for(asyncio.gather(first, *others), WAIT_S)
    more = [asyncio.create_task(group.put(n)) for n in (3, 4)]
    await asyncio.sleep(0.1)
    assert not any(one.done() for one in more)
    more.append(asyncio.create_task(group.put(5)))
    await asyncio.wait_for(asyncio.gather(*more), WAIT_S)
    assert store.batches[-1] == [3, 4, 5]


async def test_whoever_comes_after_a_pause_waits_for_nobody(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(groups, "PACE_S", 0.001)
    assert [await group.put(n) for n in (0, 1)] == ["stored 0", "stored 1"]
    assert store.batches == [[0], [1]]


async def test_a_batch_has_an_end(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 2)
    first = await store.hold(group)
    others = [asyncio.create_task(group.put(n)) for n in range(1, 6)]
    await settled()
    store.may_go.set()
    await asyncio.gather(first, *others)
    assert store.batches == [[0], [1, 2], [3, 4], [5]]


async def test_beyond_what_may_wait_one_is_sent_back_at_once(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_WAITING", 2)
    first = await store.hold(group)
    assert not group.is_full()
    others = [asyncio.create_task(group.put(n)) for n in (1, 2)]
    await settled()
    assert group.is_full()
    with pytest.raises(BusyError):
        await group.put(3)
    store.may_go.set()
    await asyncio.gather(first, *others)
    assert store.batches == [[0], [1, 2]]


async def test_who_has_waited_too_long_is_sent_back_and_not_stored(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await store.hold(group)
    monkeypatch.setattr(groups, "LONGEST_WAIT_S", -1.0)
    late = asyncio.create_task(group.put(1))
    await settled()
    monkeypatch.setattr(groups, "LONGEST_WAIT_S", 60.0)
    in_time = asyncio.create_task(group.put(2))
    await settled()
    store.may_go.set()
    await first
    with pytest.raises(BusyError):
        await late
    assert await in_time == "stored 2"
    assert store.batches == [[0], [2]]
    monkeypatch.setattr(groups, "LONGEST_WAIT_S", -1.0)
    with pytest.raises(BusyError):
        await group.put(3)
    assert store.batches == [[0], [2]], "nobody is left of this batch"


async def test_a_batch_that_cannot_be_stored_is_lost_and_the_next_is_not(
    store: Store, group: GroupCommit[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> None:
        raise ConnectionError("the database is away")

    store.fails = away
    both = await asyncio.gather(group.put(1), group.put(2), return_exceptions=True)
    assert [type(one) for one in both] == [LostError, LostError]
    assert "could not be stored" in caplog.text
    store.fails = lambda: None
    assert await group.put(3) == "stored 3"


async def test_no_answer_in_time_is_no_answer(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "ANSWER_WITHIN_S", 0.05)
    store.may_go.clear()
    with pytest.raises(LostError):
        await group.put(1)
    store.may_go.set()
    monkeypatch.setattr(groups, "ANSWER_WITHIN_S", 10.0)
    assert await group.put(2) == "stored 2"
    assert store.batches == [[1], [2]], "it may be stored, or not: here it was"


async def test_who_hangs_up_spoils_nobody(store: Store, group: GroupCommit[int, str]) -> None:
    first = await store.hold(group)
    gone, stays = (asyncio.create_task(group.put(n)) for n in (1, 2))
    await settled()
    gone.cancel()
    await settled()
    store.may_go.set()
    assert await first == "stored 0"
    assert await stays == "stored 2"


async def test_closing_answers_all_that_wait_and_ends_the_thread(store: Store) -> None:
    group: GroupCommit[int, str] = GroupCommit(store, store.end, threads=1)
    first = await store.hold(group)
    other = asyncio.create_task(group.put(1))
    await settled()
    closing = asyncio.create_task(asyncio.to_thread(group.close))
    await asyncio.sleep(0.05)
    store.may_go.set()
    await closing
    assert await asyncio.gather(first, other) == ["stored 0", "stored 1"]
    assert (store.batches, store.ended) == ([[0], [1]], 1)
    group.close()
    assert store.ended == 1, "there is no thread to end"
    assert await group.put(2) == "stored 2", "and the next one begins another"
    await asyncio.to_thread(group.close)
    assert store.ended == 2


def test_answers_for_a_server_that_has_ended_are_logged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    group: GroupCommit[int, str] = GroupCommit(store, store.end, threads=1)

    async def ends() -> None:
        first = await store.hold(group)
        first.cancel()

    asyncio.run(ends())
    with caplog.at_level(logging.WARNING):
        store.may_go.set()
        group.close()
    assert "1 clips were stored, and nobody waits any more" in caplog.text
    assert store.batches == [[0]]


async def test_who_comes_in_one_turn_of_the_loop_is_made_ready_together(store: Store) -> None:
    ready: list[list[int]] = []

    def prepare(asked: Sequence[int]) -> None:
        ready.append(list(asked))

    group: GroupCommit[int, str] = GroupCommit(store, prepare=prepare)
    assert await asyncio.gather(group.put(1), group.put(2)) == ["stored 1", "stored 2"]
    assert await group.put(3) == "stored 3"
    group.close()
    assert ready == [[1, 2], [3]]


async def test_what_cannot_be_made_ready_is_stored_all_the_same(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def prepare(_: Sequence[int]) -> None:
        raise MemoryError

    group: GroupCommit[int, str] = GroupCommit(store, prepare=prepare)
    assert await group.put(1) == "stored 1"
    group.close()
    assert "1 clips could not be made ready" in caplog.text


async def test_the_end_comes_after_what_has_just_come(
    store: Store, group: GroupCommit[int, str]
) -> None:
    just = asyncio.create_task(group.put(1))
    await asyncio.sleep(0)
    await group.end()
    assert await just == "stored 1"


async def test_who_was_not_handed_over_yet_waits_too(
    store: Store, group: GroupCommit[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_WAITING", 1)
    first = asyncio.create_task(group.put(1))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await group.put(2)
    assert await first == "stored 1"
