"""Many athletes in one cheap process: `python -m benchmarks._load_client PLAN.json`.

Each has a connection for its clips and a socket of its workout, as a page has. It sends a clip of a
second every second, come what may (an open loop), and notes when the socket brings a result that
knows the clip's last frame. 429 and 503 are obeyed as the page's outbox does. Prints JSON.

Plan: {port, athletes: [{session, csrf, workout, set}], ramp_s, measure_s, patience_s}.
"""

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import uvloop
from websockets.asyncio.client import connect

from models.clip import CONTENT_TYPE, Clip, encode
from models.film import film

FPS = 30
FILMS, FILM_SEED = (1, 2, 4, 7, 9, 12), 5
RETRY_S = 0.5
AT_ONCE = 10  # pages that open


def filmed(number: int, seconds: int) -> list[tuple[bytes, int]]:
    """Clips of a second, and when each one's last frame is, of a film over and over."""
    poses = film(FILMS[number % len(FILMS)], FILM_SEED, at_fps=FPS).sequence.poses
    poses = np.resize(poses, (seconds * FPS, *poses.shape[1:]))
    t_ms = np.round(np.arange(len(poses)) * 1000 / FPS).astype(np.int64)
    cut = [slice(i, i + FPS) for i in range(0, len(poses), FPS)]
    return [
        (encode(Clip("posenet_mobilenet_075", 640, 480, t_ms[s], poses[s])), int(t_ms[s][-1]))
        for s in cut
    ]


class Athlete:
    """latencies_s: of the clips that were due while it is measured, None until seen."""

    def __init__(self, who: dict[str, str], plan: dict[str, Any], clips: list[Any]) -> None:
        self._who, self._plan, self._clips = who, plan, clips
        self._sent: list[float] = []
        self._took: list[float | None] = []  # s of each clip
        self._next = 0  # the oldest clip that no result knows
        self.latencies_s: list[float | None] = []
        self.refused = 0

    async def open(self, at_once: asyncio.Semaphore) -> None:
        """As a page does before it sends anything."""
        port = self._plan["port"]
        cookie = f"sessionid={self._who['session']}; csrftoken={self._who['csrf']}"
        address = f"ws://127.0.0.1:{port}/ws/workouts/{self._who['workout']}"
        origin: Any = f"http://127.0.0.1:{port}"
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nOrigin: {origin}\r\n"
            f"X-CSRFToken: {self._who['csrf']}\r\nContent-Type: {CONTENT_TYPE}\r\n"
        )
        async with at_once:
            self._page = await connect(
                address, additional_headers={"Cookie": cookie}, origin=origin, open_timeout=30
            )
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)

    async def train(self, begin: float) -> None:
        at = begin + random.random() * self._plan["ramp_s"]
        measured_from = begin + self._plan["ramp_s"] + 1
        until = measured_from + self._plan["measure_s"]
        listening = asyncio.create_task(self._listen(self._page))
        index, first = 0, 0
        while at < until:
            await asyncio.sleep(at - time.monotonic())
            first += at < measured_from
            await self._put(index)
            index, at = index + 1, at + 1
        await asyncio.sleep(until + self._plan["patience_s"] - time.monotonic())
        listening.cancel()
        self.latencies_s = self._took[first:]
        self._writer.close()
        await self._page.close()

    async def _put(self, index: int) -> None:
        body, _ = self._clips[index]
        path = f"/api/sets/{self._who['set']}/clips/{index}"
        request = f"PUT {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n".encode()
        self._sent.append(time.monotonic())
        self._took.append(None)
        while True:
            self._writer.write(request + body)
            answer = await self._reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in answer.lower().split(b"\r\n")
                if line.startswith(b"content-length")
            )
            said = await self._reader.readexactly(length)
            status = answer[9:12]
            if status in (b"202", b"200"):
                return
            if status not in (b"429", b"503"):
                raise SystemExit(f"{path} answered {status!r}: {said[:300]!r}")
            self.refused += 1
            await asyncio.sleep(RETRY_S)

    async def _listen(self, page: Any) -> None:
        async for text in page:
            now, told = time.monotonic(), orjson.loads(text)
            if told["type"] != "set.analyzed":
                continue
            while self._next < len(self._sent):
                if told["analyzed_to_ms"] < self._clips[self._next][1]:
                    break
                self._took[self._next] = now - self._sent[self._next]
                self._next += 1


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    seconds = int(plan["ramp_s"] + plan["measure_s"]) + 3
    films = [filmed(number, seconds) for number in range(len(FILMS))]
    people = [Athlete(who, plan, films[i % len(films)]) for i, who in enumerate(plan["athletes"])]
    at_once = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(one.open(at_once) for one in people))
    begin = time.monotonic() + 1
    print(json.dumps({"begins_s": time.time() + 1}), flush=True)
    await asyncio.gather(*(one.train(begin) for one in people))
    took = [second for one in people for second in one.latencies_s]
    return {"took_s": took, "refused": sum(one.refused for one in people)}


if __name__ == "__main__":
    chosen = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(uvloop.run(run(chosen))))
