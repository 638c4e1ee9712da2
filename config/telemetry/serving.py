"""The port of a process for those who run it: /metrics, /healthz, /readyz. Never the public one.

METRICS_PORT switches it on, METRICS_HOST says where it listens (this machine alone, unless told
otherwise), METRICS_TOKEN asks whoever comes for `Authorization: Bearer …`.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable
from hmac import compare_digest
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.db import connections
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    disable_created_metrics,
    generate_latest,
)

from accounts import meters as of_accounts
from coach import meters as of_coach
from config import health
from config.telemetry import meters
from config.telemetry.collected import Collected
from config.telemetry.pool import gathered
from sessions import meters as of_training

# Told from the start, also where nothing was counted yet.
METERS: Final = (meters, of_accounts, of_coach, of_training)
disable_created_metrics()  # type: ignore[no-untyped-call]  # a series beside each, of no use here
log: Final = logging.getLogger(__name__)
Answer = tuple[HTTPStatus, str, bytes]
IsAlive = Callable[[], bool]


class Port(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 16

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """In a thread of its own, which leaves no connection behind."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class _Quiet(WSGIRequestHandler):
    timeout = 10

    def log_message(self, *_: Any) -> None:
        """Called for every request."""


class Telling:
    """A WSGI application. knows_all: of a web process, which asks database and broker too."""

    def __init__(self, *, knows_all: bool, is_alive: IsAlive = lambda: True) -> None:
        self._is_alive = is_alive
        self._collected = Collected() if knows_all else None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        status, kind, body = self._answer(environ)
        start(f"{status.value} {status.phrase}", [("Content-Type", kind)])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        if not may_ask(environ.get("HTTP_AUTHORIZATION", "")):
            return _json(HTTPStatus.UNAUTHORIZED, {"status": "METRICS_TOKEN is missing or wrong"})
        match environ.get("PATH_INFO"):
            case "/metrics":
                return HTTPStatus.OK, CONTENT_TYPE_LATEST, self.metrics()
            case "/healthz":
                alive = self._is_alive()
                status = HTTPStatus.OK if alive else HTTPStatus.SERVICE_UNAVAILABLE
                return _json(status, {"status": health.OK if alive else "stuck"})
            case "/readyz":
                state, parts = health.state()
                return _json(HTTPStatus(health.status_of(state)), {"status": state, **parts})
        return _json(HTTPStatus.NOT_FOUND, {"status": "There are /metrics, /healthz and /readyz."})

    def metrics(self) -> bytes:
        """Prometheus' text format."""
        own = generate_latest(gathered() or REGISTRY)
        if self._collected is None:
            return own
        asked = CollectorRegistry()
        asked.register(self._collected)
        return own + generate_latest(asked)


def may_ask(authorization: str) -> bool:
    token = settings.METRICS_TOKEN
    return not token or compare_digest(authorization.encode(), f"Bearer {token}".encode())


def open_port(*, knows_all: bool, is_alive: IsAlive = lambda: True) -> Port | None:
    """Serves in a thread of its own until `shutdown()`. None where it is not asked for.

    A port that is taken costs the figures and not the server: it is logged.
    """
    host, port = settings.METRICS_HOST, settings.METRICS_PORT
    if not port:
        return None
    telling = Telling(knows_all=knows_all, is_alive=is_alive)
    try:
        made = make_server(host, port, telling, server_class=Port, handler_class=_Quiet)
    except OSError as error:
        log.warning("METRICS_PORT %s cannot be had, nothing is told there", port, exc_info=error)
        return None
    threading.Thread(target=made.serve_forever, name="metrics", daemon=True).start()
    return made


def _json(status: HTTPStatus, told: dict[str, str]) -> Answer:
    return status, "application/json", json.dumps(told).encode()
