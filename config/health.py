"""Probes: /healthz says that the process answers, /readyz that it can do its work."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from config.celery import app
from config.embedded import is_working

OK = "ok"


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": OK})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 unless database and broker answer; a missing worker is told, and only delays counts."""
    checks = {"database": _database(), "broker": _broker(), "worker": _worker()}
    ready = checks["database"] == checks["broker"] == OK
    return JsonResponse(
        {"status": OK if ready else "unavailable", **checks}, status=200 if ready else 503
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return OK


def _broker() -> str:
    if settings.EMBEDDED:
        return OK
    try:
        with app.connection_for_write(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except Exception:  # each transport has errors of its own
        return "unreachable"
    return OK


def _worker() -> str:
    if settings.EMBEDDED:
        return OK if is_working() else "not running"
    try:
        return (
            OK if app.control.broadcast("ping", reply=True, timeout=1, limit=1) else "not running"
        )
    except Exception:  # each transport has errors of its own
        return "unreachable"
