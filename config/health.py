"""Probes: /healthz says that the process answers, /readyz whether it can do its work.

A stranger hears one word. The parts are told on the port of METRICS_PORT, and in Django admin.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.celery import app
from config.embedded import is_working

OK: Final = "ok"
DEGRADED: Final = "degraded"
UNAVAILABLE: Final = "unavailable"
MISSING: Final = "not running"
UNREACHABLE: Final = "unreachable"
OUTDATED: Final = "not migrated"
NEEDED: Final = ("database", "migrations")  # without the others, answers are given and counts late
KEPT_S: Final = 1.0  # whoever asks a thousand times a second asks the database once


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": OK})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 where nothing can be stored; `degraded` where what is stored is counted later."""
    found, _ = state()
    return JsonResponse({"status": found}, status=status_of(found))


def status_of(state: str) -> int:
    return 503 if state == UNAVAILABLE else 200


def state() -> tuple[str, dict[str, str]]:
    """(ok, degraded or unavailable; the parts), at most KEPT_S old."""
    return _kept.state()


def forget() -> None:
    """Asks anew, also within KEPT_S; for tests."""
    _kept.forget()
    _migrations.forget()


def readiness() -> dict[str, str]:
    """database, migrations, broker and worker, each OK or what is wrong."""
    database = _database()
    migrations = _migrations.state() if database == OK else UNREACHABLE
    found = broker()
    worker = _worker(found)
    return {"database": database, "migrations": migrations, "broker": found, "worker": worker}


class _Kept:
    """One asks for all who come in the same moment."""

    def __init__(self, ask: Callable[[], dict[str, str]]) -> None:
        self._ask, self._lock = ask, threading.Lock()
        self._found: dict[str, str] = {}
        self._asked_at = float("-inf")

    def state(self) -> tuple[str, dict[str, str]]:
        with self._lock:
            if time.monotonic() - self._asked_at > KEPT_S:
                self._found, self._asked_at = self._ask(), time.monotonic()
            parts = self._found
        if any(parts[name] != OK for name in NEEDED):
            return UNAVAILABLE, parts
        return (OK if set(parts.values()) == {OK} else DEGRADED), parts

    def forget(self) -> None:
        self._asked_at = float("-inf")


class _Migrations:
    """Once all are applied they stay so for as long as this code runs."""

    def __init__(self) -> None:
        self._applied = False

    def forget(self) -> None:
        self._applied = False

    def state(self) -> str:
        if not self._applied:
            executor = MigrationExecutor(connection)
            self._applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return OK if self._applied else OUTDATED


_kept = _Kept(readiness)
_migrations = _Migrations()


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return UNREACHABLE
    return OK


def broker() -> str:
    if settings.EMBEDDED:
        return OK
    once = Retry(NoBackoff(), 0)
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, retry=once) as redis:
            redis.ping()
    except RedisError:
        return UNREACHABLE
    return OK


def _worker(broker: str) -> str:
    if settings.EMBEDDED:
        return OK if is_working() else MISSING
    if broker != OK:
        return UNREACHABLE
    # The one that counts, not the one of the batch queue.
    answers = app.control.broadcast(
        "ping",
        reply=True,
        timeout=1,
        limit=1,
        pattern="celery@*",
        matcher="glob",  # type: ignore[arg-type]
    )
    return OK if answers else MISSING
