"""Tasks of Celery: what they carry along from the request, their line in the log, their figures."""

import inspect
import logging
import time
from contextlib import ExitStack
from functools import lru_cache
from types import TracebackType
from typing import Any, Final

from celery import Task
from celery.signals import (
    before_task_publish,
    setup_logging,
    task_failure,
    task_postrun,
    task_prerun,
    task_retry,
)

from config.telemetry import meters
from config.telemetry.context import Value, begun, request_id, request_id_from
from sessions import trace

log: Final = logging.getLogger(__name__)
OBSERVED: Final = "observed"
SLOW_S: Final = 1.0  # what took less and went well is counted alone
IDS: Final = {"set_id", "workout_id"}


@setup_logging.connect
def keep_logging(**_: object) -> None:
    """Called before Celery would set up a log of its own: Django has done so."""


@before_task_publish.connect
def send_along(headers: dict[str, Any], **_: object) -> None:
    """Called where a task is sent: what it belongs to travels in the message's headers."""
    headers["sent_at"] = time.time()
    if of_request := request_id():
        headers["request_id"] = of_request
    if traced := trace.traceparent():
        headers["traceparent"] = traced


@task_prerun.connect
def begin(task_id: str, task: "Task[Any, Any]", args: Any, kwargs: Any, **_: object) -> None:
    """Called by a worker before it runs a task."""
    request, stack = task.request, ExitStack()
    ids = _ids(task, args, kwargs)
    given = getattr(request, "request_id", None)
    stack.enter_context(
        begun(request_id_from(given or request_id()), task=task.name, task_id=task_id, **ids)
    )
    parent = getattr(request, "traceparent", None)
    if parent or trace.traceparent():
        stack.enter_context(trace.span(f"task {task.name}", parent=parent, task_id=task_id))
    setattr(request, OBSERVED, (stack, time.perf_counter()))
    if sent_at := getattr(request, "sent_at", None):
        queue = str((request.delivery_info or {}).get("routing_key") or "unknown")
        meters.TASK_WAIT_S.labels(queue).observe(max(0.0, time.time() - sent_at))


@task_postrun.connect
def end(task: "Task[Any, Any]", state: str | None, **_: object) -> None:
    """Called by a worker after it has run a task, however it ended."""
    stack, started = getattr(task.request, OBSERVED, (None, 0.0))
    if stack is None:
        return
    took_s = time.perf_counter() - started
    outcome = (state or "unknown").lower()
    meters.TASKS.labels(task.name, outcome).inc()
    meters.TASK_S.labels(task.name).observe(took_s)
    level = logging.INFO if took_s > SLOW_S or outcome != "success" else logging.DEBUG
    log.log(level, "task", extra={"outcome": outcome, "duration_ms": round(1000 * took_s, 1)})
    stack.close()


@task_failure.connect
def failed(exception: BaseException, traceback: TracebackType | None, **_: object) -> None:
    """Called by a worker when a task has raised."""
    log.error("task failed", exc_info=(type(exception), exception, traceback))


@task_retry.connect
def tried_again(reason: object, **_: object) -> None:
    """Called by a worker when a task asks to be run again."""
    error = reason if isinstance(reason, BaseException) else None
    log.warning("task will be tried again", exc_info=error)


def _ids(task: "Task[Any, Any]", args: Any, kwargs: Any) -> dict[str, Value]:
    """Ids of rows among the arguments, by the names of the parameters."""
    given = {**dict(zip(_names(task.run), args or (), strict=False)), **(kwargs or {})}
    return {name: str(value) for name, value in given.items() if name in IDS}


@lru_cache(maxsize=256)
def _names(run: Any) -> tuple[str, ...]:
    return tuple(inspect.signature(run).parameters)
