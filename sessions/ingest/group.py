"""One commit for all clips that wait: a bounded queue, and THREADS that empty it.

While a batch is being committed the next one gathers, so that batches grow with the load. Two of
them begin PACE_S apart, unless as many wait as one may hold, since most of what a small one costs
a larger one costs no more; whoever comes after a pause waits for nobody. Nothing here grows without
a bound: beyond MOST_WAITING clips, or after LONGEST_WAIT_S in the queue, a clip is sent back with
`BusyError` before anything was done for it.
"""

import asyncio
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from math import inf
from typing import Final, Generic, TypeVar

from sessions import meters

log: Final = logging.getLogger(__name__)

MOST_WAITING: Final = 256
MOST_AT_ONCE: Final = 128
PACE_S: Final = 0.03
THREADS: Final = 2  # one waits for the disk while the other reads and writes
_LOOK_EVERY_S: Final = 0.005
LONGEST_WAIT_S: Final = 1.0
ANSWER_WITHIN_S: Final = 10.0
WATCH_EVERY_S: Final = 1.0

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class BusyError(Exception):
    """Too many are waiting; nothing was done."""


class LostError(Exception):
    """The database is away, or has not answered in time; what was sent may be stored or not."""


class Waiting(Generic[Asked, Told]):
    __slots__ = ("answer", "asked", "until_s")

    def __init__(self, asked: Asked, until_s: float) -> None:
        self.asked, self.until_s = asked, until_s
        self.answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()


class GroupCommit(Generic[Asked, Told]):
    """store: what became of each, in their order. Called in so many threads, at once.
    ended: called last in each. prepare: called on the loop with those of one turn of it."""

    def __init__(
        self,
        store: Callable[[Sequence[Asked]], Sequence[Told]],
        ended: Callable[[], None] = lambda: None,
        prepare: Callable[[Sequence[Asked]], None] = lambda _: None,
        threads: int = THREADS,
    ) -> None:
        self._store, self._ended, self._prepare = store, ended, prepare
        self._fresh: list[Waiting[Asked, Told]] = []
        self._queue: queue.SimpleQueue[Waiting[Asked, Told] | None] = queue.SimpleQueue()
        self._most_threads, self._threads = threads, list[threading.Thread]()
        self._turn = threading.Lock()  # whose it is gathers the next batch
        self._began_s = -inf
        self._promised: deque[tuple[float, asyncio.Future[Told]]] = deque()
        self._watch: asyncio.TimerHandle | None = None

    async def put(self, asked: Asked) -> Told:
        """What became of it, once it is committed. Raises BusyError, LostError."""
        if self.is_full():
            raise BusyError
        if not self._threads:
            self._begin()
        now = time.monotonic()
        waiting: Waiting[Asked, Told] = Waiting(asked, now + LONGEST_WAIT_S)
        self._promise(waiting.answer, now + ANSWER_WITHIN_S)
        if not self._fresh:
            asyncio.get_running_loop().call_soon(self._hand_over)
        self._fresh.append(waiting)
        return await waiting.answer

    def is_full(self) -> bool:
        return self._queue.qsize() + len(self._fresh) >= MOST_WAITING

    def _hand_over(self) -> None:
        """What has come in one turn of the loop goes to the thread, made ready or not."""
        fresh, self._fresh = self._fresh, []
        try:
            self._prepare([one.asked for one in fresh])
        except Exception:
            log.exception("%s clips could not be made ready", len(fresh))
        for one in fresh:
            self._queue.put(one)

    def _begin(self) -> None:
        for _ in range(self._most_threads):
            self._threads.append(threading.Thread(target=self._run, name="ingest", daemon=True))
            self._threads[-1].start()

    async def end(self) -> None:
        """Ends the threads once all that has come is answered."""
        self._hand_over()
        await asyncio.to_thread(self.close)

    def close(self) -> None:
        """Ends the threads once all that was handed over is answered."""
        for _ in self._threads:
            self._queue.put(None)
        while self._threads:
            self._threads.pop().join()

    def _promise(self, answer: "asyncio.Future[Told]", until_s: float) -> None:
        self._promised.append((until_s, answer))
        if self._watch is None:
            self._look_later()

    def _look_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(WATCH_EVERY_S, self._keep_promises)

    def _keep_promises(self) -> None:
        """One look a second at the oldest, which is cheaper than a timer for each."""
        self._watch, now = None, time.monotonic()
        while self._promised and (self._promised[0][1].done() or self._promised[0][0] < now):
            _answer(self._promised.popleft()[1], LostError())
        if self._promised:
            self._look_later()

    def _run(self) -> None:
        while batch := self._next():
            self._serve(batch)
        self._ended()

    def _next(self) -> list[Waiting[Asked, Told]]:
        """Gathered while the other threads store theirs; empty once there is none."""
        with self._turn:
            if (first := self._queue.get()) is None:
                return []
            self._gather(until_s=self._began_s + PACE_S)
            self._began_s = time.monotonic()
            return [first, *self._others()]

    def _gather(self, until_s: float) -> None:
        while self._queue.qsize() < MOST_AT_ONCE - 1 and (left_s := until_s - time.monotonic()) > 0:
            time.sleep(min(left_s, _LOOK_EVERY_S))

    def _others(self) -> list[Waiting[Asked, Told]]:
        others: list[Waiting[Asked, Told]] = []
        while len(others) < MOST_AT_ONCE - 1:
            try:
                other = self._queue.get_nowait()
            except queue.Empty:
                break
            if other is None:
                self._queue.put(None)  # first these, then the end
                break
            others.append(other)
        return others

    def _serve(self, batch: list[Waiting[Asked, Told]]) -> None:
        now = time.monotonic()
        late = [one for one in batch if one.until_s < now]
        batch = [one for one in batch if one.until_s >= now]
        _settle([(one, BusyError()) for one in late])
        meters.WAITING_CLIPS.set(self._queue.qsize())
        if not batch:
            return
        try:
            told = self._store([one.asked for one in batch])
        except Exception:
            log.exception("A batch of %s clips could not be stored", len(batch))
            _settle([(one, LostError()) for one in batch])
            return
        meters.BATCH_CLIPS.observe(len(batch))
        meters.COMMIT_S.observe(time.monotonic() - now)
        _settle(list(zip(batch, told, strict=True)))


def _settle(told: "Sequence[tuple[Waiting[Asked, Told], Told | Exception]]") -> None:
    """All of one loop with one call into it; a loop that has ended waits for no answer."""
    if not told:
        return

    def settle() -> None:
        for waiting, one in told:
            _answer(waiting.answer, one)

    try:
        told[0][0].answer.get_loop().call_soon_threadsafe(settle)
    except RuntimeError:
        log.warning("%s clips were stored, and nobody waits any more", len(told))


def _answer(promised: "asyncio.Future[Told]", told: "Told | Exception") -> None:
    """On the loop. Whoever has hung up is not told."""
    if promised.done():
        return
    if isinstance(told, (BusyError, LostError)):
        promised.set_exception(told)
    else:
        promised.set_result(told)  # type: ignore[arg-type]
