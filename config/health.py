"""Probes: /healthz says that the process answers, /readyz that it can do its work."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.celery import app
from config.embedded import is_working

OK = "ok"
MISSING = "not running"
UNREACHABLE = "unreachable"


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": OK})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 unless database and broker answer; a missing worker is told, and only delays counts."""
    found = readiness()
    ready = found["database"] == found["broker"] == OK
    status = OK if ready else "unavailable"
    return JsonResponse({"status": status, **found}, status=200 if ready else 503)


def readiness() -> dict[str, str]:
    """database, broker and worker, each OK or what is wrong."""
    database, broker = _database(), _broker()
    return {"database": database, "broker": broker, "worker": _worker(broker)}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return UNREACHABLE
    return OK


def _broker() -> str:
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
