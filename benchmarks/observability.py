"""What does telling cost: a cheap request with a line of JSON and its figures, against without?

One process, no sockets: the ASGI application as it is, its log going to a file, and the same
application without `Observed`, `KnownMiddleware` and lines. They take turns, a second in all of
each turn's requests, and the middle of the ratios of neighbouring turns counts. A server with
sockets does more for each request, so the real share is smaller.

    python -m benchmarks.observability [--turns 20] [--requests 150]
"""

import argparse
import asyncio
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks._common import report

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["LOG_FORMAT"] = "json"
App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
SCOPE: dict[str, Any] = {
    "type": "http", "http_version": "1.1", "method": "GET", "path": "/api/me",
    "raw_path": b"/api/me", "query_string": b"", "root_path": "", "scheme": "http",
    "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    "headers": [(b"host", b"localhost"), (b"accept", b"*/*")],
}  # fmt: skip


def telling_and_silent() -> tuple[App, App]:
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    from config.asgi import application
    from config.body_limit import BodyLimit

    every = settings.MIDDLEWARE
    settings.MIDDLEWARE = [one for one in every if not one.endswith("KnownMiddleware")]
    silent = BodyLimit(get_asgi_application())
    settings.MIDDLEWARE = every
    return application, silent


async def ask(app: App, requests: int) -> float:
    """Requests a second, one after another."""
    statuses: set[int] = set()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.add(message["status"])

    async def again() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    started = time.perf_counter()
    for _ in range(requests):
        whole = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive(whole: list[dict[str, Any]] = whole) -> dict[str, Any]:
            return whole.pop() if whole else await again()

        await app({**SCOPE}, receive, send)
    took_s = time.perf_counter() - started
    if statuses != {401}:
        raise RuntimeError(f"Expected 401 alone, got {statuses}.")
    return requests / took_s


async def compared(telling: App, silent: App, turns: int, requests: int) -> tuple[float, float]:
    """(requests a second with all that is told, ratio to without)."""
    for app in (telling, silent):
        await ask(app, requests)
    speeds, ratios = [], []
    for turn in range(turns):
        first, second = (telling, silent) if turn % 2 else (silent, telling)
        found = {id(first): await ask(first, requests), id(second): await ask(second, requests)}
        speeds.append(found[id(telling)])
        ratios.append(found[id(telling)] / found[id(silent)])
    return statistics.median(speeds), statistics.median(ratios)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--requests", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        apps = telling_and_silent()
        console = logging.getLogger().handlers[0]
        with open(os.path.join(folder, "log"), "w+") as log:
            console.setStream(log)  # type: ignore[attr-defined]
            speed, ratio = asyncio.run(compared(*apps, options.turns, options.requests))
            log.seek(0)
            lines = len(log.readlines())
    expected = options.requests * (options.turns + 1)
    if lines != expected:
        raise RuntimeError(f"Expected {expected} lines in the log, got {lines}.")
    report("observability", speed, "requests/s", ratio, "the same without log and figures")


if __name__ == "__main__":
    main()
