"""Lines of the log, as JSON or to be read by people. What is not named here is not written.

A record's own fields are those of FIELDS. A message of a library is written without its words:
what it is filled with may be an address, a header or a row.
"""

import logging
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from pythonjsonlogger.json import JsonFormatter

from config.telemetry.context import known
from config.telemetry.scrub import exception_told, scrubbed

ROOMS: Final = {"config", "coach", "sessions", "accounts", "models"}
FIELDS: Final = (
    "request_id",
    "method",
    "route",
    "status",
    "duration_ms",
    "user",
    "task",
    "task_id",
    "outcome",
    "workout_id",
    "set_id",
    "model_version",
    "trace_id",
)
PHRASES: Final = {status.phrase for status in HTTPStatus}
NUMBERS: Final = (int, float, UUID, type(None))
LEVELS: Final = {
    # They show headers, and rows, to whoever asks for DEBUG.
    "websockets": {"level": "INFO"},
    "django.db.backends": {"level": "INFO"},
    # Paths hold codes and tokens: `config.telemetry` tells of requests and tasks in their place.
    "django.request": {"level": "ERROR"},
    "celery.app.trace": {"level": "CRITICAL"},
    "celery.worker.strategy": {"level": "WARNING"},
}


def logging_config(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING. form: json or plain; plain is quiet about requests that went well."""
    requests = {"level": "INFO" if form == "json" else "WARNING"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "config.telemetry.logs.JsonLines"},
            "plain": {"()": "config.telemetry.logs.PlainLines"},
        },
        "filters": {"counted": {"()": "config.telemetry.logs.Counted"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["counted"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **LEVELS,
            "config.telemetry": requests if level != "DEBUG" else {"level": "DEBUG"},
        },
    }


class Counted(logging.Filter):
    """Counts warnings and errors; lets everything through."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            from config.telemetry.meters import LOG_LINES  # a command that warns of nothing is fast

            LOG_LINES.labels(record.levelname).inc()
        return True


class JsonLines(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return str(self.serialize_log_record(told(record)))


class PlainLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        found = told(record)
        error = found.pop("exception", None)
        head = [found.pop("time"), found.pop("level"), found.pop("logger"), found.pop("message")]
        line = " ".join([*head, *(f"{name}={value}" for name, value in found.items())])
        if not error:
            return line
        if settings.DEBUG and record.exc_info:
            return f"{line}\n{self.formatException(record.exc_info)}"
        frames = "".join(f"\n  {frame}" for frame in error["frames"])
        return f"{line}{frames}\n  {': '.join(filter(None, (error['type'], error.get('message'))))}"


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What may be written of a record, in the order of the line."""
    found: dict[str, Any] = {
        "time": _time(record.created),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    more = known()
    for name in FIELDS:
        value = record.__dict__.get(name, more.get(name))
        if value is not None:
            found[name] = value
    if record.exc_info and record.exc_info[1] is not None:
        found["exception"] = exception_told(record.exc_info[1])
    return found


def _time(created_s: float) -> str:
    return datetime.fromtimestamp(created_s, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    room = record.name.partition(".")[0]
    if room not in ROOMS:
        return scrubbed(_without_words(record))
    if record.args or not record.name.startswith("config.telemetry"):
        return scrubbed(record.getMessage())
    return str(record.msg)


class _Hidden:
    def __repr__(self) -> str:
        return "…"


def _without_words(record: logging.LogRecord) -> str:
    """The library's template, filled with numbers and ids alone."""
    template, args = str(record.msg), record.args
    if not args:
        return template
    try:
        if isinstance(args, dict):
            return template % {name: _harmless(value) for name, value in args.items()}
        return template % tuple(_harmless(value) for value in args)
    except (TypeError, ValueError, KeyError):
        return template


def _harmless(value: object) -> object:
    is_known = value in PHRASES if isinstance(value, str) else isinstance(value, NUMBERS)
    return value if is_known else _Hidden()
