"""A Celery worker's own port and tracer. Kubernetes asks it whether the worker still turns.

The pool is forked before the port is opened; a child that is forked later inherits no listening
thread, and writes its figures into the files that the main process gathers.
"""

import threading
import time
from typing import Final

from celery.signals import (
    heartbeat_sent,
    worker_process_init,
    worker_process_shutdown,
    worker_ready,
)
from django.conf import settings

from config import health
from config.telemetry import tracing

SILENT_S: Final = 60.0  # it beats every two seconds while the broker is there

_beaten_at = 0.0
_tracer: tracing.OpenTelemetryTracer | None = None


@heartbeat_sent.connect
def beaten(**_: object) -> None:
    """Called by the main loop of a worker every two seconds, while it has a broker."""
    global _beaten_at
    _beaten_at = time.monotonic()


@worker_ready.connect
def open_port_once(**_: object) -> None:
    """Called when a worker is up, and again after it has found its broker anew."""
    if settings.EMBEDDED or not settings.METRICS_PORT:
        return
    from config.telemetry.serving import open_port

    beaten()
    if not any(thread.name == "metrics" for thread in threading.enumerate()):
        open_port(knows_all=False, is_alive=is_alive)


@worker_process_init.connect
def trace_here(**_: object) -> None:
    """Called in every child of the pool; threads do not survive a fork, so each has its own."""
    global _tracer
    if not settings.EMBEDDED:
        _tracer = tracing.install("worker")


@worker_process_shutdown.connect
def send_the_last(**_: object) -> None:
    """Called when a child ends."""
    if _tracer is not None:
        _tracer.provider.shutdown()


def is_alive() -> bool:
    """A loop that is silent though the broker answers is stuck; without a broker it may wait."""
    is_silent = time.monotonic() - _beaten_at > SILENT_S
    return not is_silent or health.broker() != health.OK
