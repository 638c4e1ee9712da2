"""Every request and socket as it comes and goes: its id, its line in the log, its figures."""

import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from prometheus_client import Counter, Histogram

from config.telemetry import meters
from config.telemetry.context import Value, begun, request_id_from
from config.telemetry.routes import CLIP, CLIP_PATH, QUIET, STATIC, UNMATCHED, socket_route
from sessions import trace
from sessions.wire import FORBIDDEN, MALFORMED, SIGNED_OUT, TOO_LARGE, TOO_OFTEN

log: Final = logging.getLogger(__name__)

Message = Any
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
GONE: Final = 499  # the client hung up before there was an answer
FAILED: Final = 500
CODES: Final = {1000, 1001, 1005, 1006, 1011, 1012, MALFORMED, SIGNED_OUT, FORBIDDEN, TOO_LARGE,
                TOO_OFTEN}  # fmt: skip
HEADER: Final = b"x-request-id"
KNOWN: Final = 1_024  # kinds of answers


class Observed:
    """ASGI middleware, the outermost. What is inside adds what it knows, see `context.know`."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = request_id_from(_header(scope, HEADER))
        status = GONE

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told = (HEADER, request_id.encode())
                message = {**message, "headers": [*message.get("headers", ()), told]}
            await send(message)

        method = _method(scope)
        with begun(request_id, method=method) as known, trace.span(method):
            if CLIP_PATH.fullmatch(scope["path"]):  # stored without asking Django
                known["route"] = CLIP
            with _timed(known, lambda: status):
                try:
                    await self.app(scope, receive, answered)
                except Exception:
                    status = FAILED
                    raise

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = socket_route(scope["path"])
        is_open, code, started = False, 1006, time.perf_counter()

        async def said(message: Message) -> None:
            nonlocal is_open, code
            if message["type"] == "websocket.accept" and not is_open:
                is_open = True
                meters.SOCKETS.labels(route).inc()
            elif message["type"] == "websocket.close":
                code = message.get("code", 1000)
            await send(message)

        async def heard() -> Message:
            nonlocal code
            message = await receive()
            if message["type"] == "websocket.disconnect":
                code = message.get("code", 1005)
            return message

        with begun(request_id_from(_header(scope, HEADER)), method="WS", route=route):
            try:
                await self.app(scope, heard, said)
            finally:
                if is_open:
                    meters.SOCKETS.labels(route).dec()
                meters.SOCKETS_CLOSED.labels(route, _known_code(code)).inc()
                log.info("socket closed", extra={"status": code, "duration_ms": _ms(started)})


@contextmanager
def _timed(known: dict[str, Value], status: Callable[[], int]) -> Iterator[None]:
    started = time.perf_counter()
    meters.REQUESTS_OPEN.inc()
    try:
        yield
    finally:
        meters.REQUESTS_OPEN.dec()
        found = status()
        # What no view answered was a file of the page, or nothing.
        route = known.setdefault("route", STATIC if found < 400 else UNMATCHED)
        trace.describe(method=str(known["method"]), route=str(route), status=found)
        requests, seconds = _figures(str(known["method"]), str(route), found)
        requests.inc()
        seconds.observe(time.perf_counter() - started)
        level = _level(str(route), found)
        if log.isEnabledFor(level):
            log.log(level, "request", extra={"status": found, "duration_ms": _ms(started)})


@lru_cache(KNOWN)
def _figures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Looked up once for each kind of answer, for it is asked for with every one."""
    return meters.REQUESTS.labels(method, route, status), meters.REQUEST_S.labels(method, route)


def _level(route: str, status: int) -> int:
    if status >= FAILED:
        return logging.WARNING
    return logging.DEBUG if status < 400 and route in QUIET else logging.INFO


def _ms(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)


def _method(scope: Scope) -> str:
    method = str(scope.get("method", ""))
    return method if method in METHODS else "OTHER"


def _known_code(code: int) -> str:
    """Ours and the usual ones; a page may close with any of thousands."""
    return str(code) if code in CODES else "other"


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope.get("headers", ()):
        if key == name:
            return str(value.decode("latin-1"))
    return None
