"""The load: many athletes, each with a connection that stays, as cheap as Python can make them.

A process of its own: `python -m benchmarks.ingest.load PLAN` reads the plan (JSON, `Plan`), sends,
and prints what came of it (JSON). First everybody sends one clip, a few at a time, until it was
stored: browsers that are new to a server are a measurement of their own. Closed loop: each
connection sends when it has been answered. Open loop: clips are due at random times whose mean rate
is given, whether or not earlier ones have been answered, and waited from the time at which they
were due.
"""

import asyncio
import json
import os
import pickle
import random
import re
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import uvloop

from benchmarks.ingest.processor import spent_s

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
RETRY = re.compile(rb"(?i)\r\nretry-after: *(\d+)")
LOST_WAIT_S = 1.0
RESERVE_S = 3.0  # for the answers that are still on their way when the time is over


@dataclass
class Plan:
    """heads: of each athlete, what stands before the clip's number and what after it; bodies: of
    each number. rate_per_s: None for the closed loop. let_in_at_once: how many first clips are on
    their way together. watched: processes, by name, whose processor time is told."""

    port: int
    heads: str
    bodies: str
    connections: int
    seconds: float
    warm_s: float
    rate_per_s: float | None
    let_in_at_once: int = 8
    watched: dict[str, int] = field(default_factory=dict)


@dataclass
class Found:
    """sent_at, due_at, answered_at in seconds of one clock; status 0: the connection was lost."""

    due_at: list[float] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    answered_at: list[float] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    acknowledged: list[tuple[int, int]] = field(default_factory=list)


class Athlete(asyncio.Protocol):
    """One connection with one request under way at a time, as a browser has it."""

    def __init__(self, load: "Load", number: int) -> None:
        self.load, self.number = load, number
        self.before, self.after = load.heads[number]
        self.index = 0
        self.heard: asyncio.Future[int] | None = None
        self.due: deque[float] = deque()
        self.sent: tuple[float, float] | None = None
        self.buffer = b""
        self.transport: Any = None
        self.retry_s = LOST_WAIT_S
        self.connecting: asyncio.Task[None] | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.set_write_buffer_limits(high=1 << 20)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self.sent and not self.connecting and not self.load.over:
            self._answered(0)

    async def come_in(self) -> None:
        """Sends the first clip until it is stored."""
        while True:
            self.heard = asyncio.get_running_loop().create_future()
            self.ask(time.perf_counter())
            status = await self.heard
            self.load.let_in[status] += 1
            if 200 <= status < 300:
                self.load.found.acknowledged.append((self.number, self.index))
                break
            await asyncio.sleep(self.retry_s * self.load.luck.uniform(1, 1.5))  # as the page does
        self.heard, self.index = None, 1

    def ask(self, due_at: float) -> None:
        if self.sent:
            self.due.append(due_at)
            return
        if self.index >= len(self.load.bodies):
            raise SystemExit("too few clips were prepared")
        self.sent = (due_at, time.perf_counter())
        if self.transport.is_closing():  # the server has closed what was idle
            self.connecting = asyncio.create_task(self._connect())
        else:
            self._write()

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, "127.0.0.1", self.load.plan.port)
        self.connecting = None
        self._write()

    def _write(self) -> None:
        head = self.before + b"%d" % self.index + self.after
        self.transport.write(head + self.load.bodies[self.index])

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = LENGTH.search(self.buffer, 0, end + 2)
        if not length or len(self.buffer) < end + 4 + int(length[1]):
            return
        if later := RETRY.search(self.buffer, 0, end + 2):
            self.retry_s = float(later[1])
        status, self.buffer = int(self.buffer[9:12]), b""
        self._answered(status)

    def _answered(self, status: int) -> None:
        if self.heard:
            self.sent = None
            if not self.heard.done():
                self.heard.set_result(status)
            return
        if self.sent:
            self.load.note(self.number, self.index, status, *self.sent)
        self.sent = None
        self.index += 1
        if self.due:
            self.ask(self.due.popleft())
        elif self.load.plan.rate_per_s is None and not self.load.over:
            self.ask(time.perf_counter())


class Load:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.heads = pickle.loads(Path(plan.heads).read_bytes())
        self.bodies = pickle.loads(Path(plan.bodies).read_bytes())
        self.found = Found()
        self.over = False
        self.let_in, self.luck = Counter[int](), random.Random(3)

    def note(self, athlete: int, index: int, status: int, due_at: float, sent_at: float) -> None:
        found = self.found
        found.due_at.append(due_at)
        found.sent_at.append(sent_at)
        found.answered_at.append(time.perf_counter())
        found.status.append(status)
        if 200 <= status < 300:
            found.acknowledged.append((athlete, index))

    async def run(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        athletes: list[Athlete] = []
        for number in range(self.plan.connections):
            _, one = await loop.create_connection(
                lambda number=number: Athlete(self, number), "127.0.0.1", self.plan.port
            )
            athletes.append(one)
        begin = time.perf_counter()
        await self._let_in(athletes)
        let_in_s, begin = time.perf_counter() - begin, time.perf_counter()
        spending = asyncio.create_task(self._spent())
        asked = await (self._closed if self.plan.rate_per_s is None else self._open)(athletes)
        spent = await spending
        until = time.perf_counter() + RESERVE_S
        while time.perf_counter() < until and any(one.sent for one in athletes):
            await asyncio.sleep(0.02)
        self.over = True
        came = {"let_in_s": let_in_s, "let_in_status": self.let_in, "spent_s": spent}
        return came | self._told(begin, asked)

    async def _let_in(self, athletes: list[Athlete]) -> None:
        places = asyncio.Semaphore(self.plan.let_in_at_once)

        async def one(athlete: Athlete) -> None:
            async with places:
                await athlete.come_in()

        await asyncio.gather(*map(one, athletes))

    async def _spent(self) -> dict[str, float]:
        """Seconds of processor of each process while the load is measured."""
        watched = {**self.plan.watched, "load": os.getpid()}
        await asyncio.sleep(self.plan.warm_s)
        before = {name: spent_s(pid) for name, pid in watched.items()}
        await asyncio.sleep(self.plan.seconds)
        return {name: spent_s(pid) - before[name] for name, pid in watched.items()}

    async def _closed(self, athletes: list[Athlete]) -> int:
        for one in athletes:
            one.ask(time.perf_counter())
        await asyncio.sleep(self.plan.warm_s + self.plan.seconds)
        self.over = True
        return 0

    async def _open(self, athletes: list[Athlete]) -> int:
        assert self.plan.rate_per_s
        asked = 0
        due = time.perf_counter()
        end = due + self.plan.warm_s + self.plan.seconds
        while due < end:
            now = time.perf_counter()
            while due <= now and due < end:
                athletes[asked % len(athletes)].ask(due)
                due += self.luck.expovariate(self.plan.rate_per_s)
                asked += 1
            await asyncio.sleep(max(0.0, min(due, end) - time.perf_counter()))
        return asked

    def _told(self, begin: float, asked: int) -> dict[str, Any]:
        found, plan = self.found, self.plan
        due, sent, answered = (
            np.array(times) for times in (found.due_at, found.sent_at, found.answered_at)
        )
        status = np.array(found.status)
        since, until = begin + plan.warm_s, begin + plan.warm_s + plan.seconds
        good = (status >= 200) & (status < 300)
        within = (answered >= since) & (answered < until)
        waits_ms = (answered - due)[good & (due >= since)] * 1000
        codes, counts = np.unique(status, return_counts=True)
        return {
            "per_s": float((within & good).sum()) / plan.seconds,
            "seconds": plan.seconds,
            "answered_per_s": float(within.sum()) / plan.seconds,
            "status": {str(code): int(n) for code, n in zip(codes, counts, strict=True)},
            "unanswered": max(0, asked - len(status)),
            "p50_ms": _quantile(waits_ms, 0.5),
            "p99_ms": _quantile(waits_ms, 0.99),
            "worst_ms": _quantile(waits_ms, 1),
            "late_ms": _quantile((sent - due) * 1000, 0.99),
            "acknowledged": found.acknowledged,
        }


def _quantile(values: np.ndarray[Any, Any], share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else float("nan")


if __name__ == "__main__":
    print(json.dumps(uvloop.run(Load(Plan(**json.loads(Path(sys.argv[1]).read_text()))).run())))
