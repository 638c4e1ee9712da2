"""Spans of a clip's way from its request to its count.

Knows no tracing library. `config.telemetry` installs a tracer where an exporter is configured;
without one everything here does nothing. Ids only: a span never carries a person or a keypoint.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol
from uuid import UUID

Id = str | int | UUID | None


class Tracer(Protocol):
    """What `install` takes. A parent is a W3C `traceparent`; None means the current span."""

    def span(
        self, name: str, parent: str | None, ids: dict[str, Id]
    ) -> AbstractContextManager[None]: ...

    def record(
        self, name: str, parent: str, started_s: float, ids: dict[str, Id]
    ) -> str | None: ...

    def describe(self, ids: dict[str, Id]) -> None: ...

    def under(self, parent: str) -> AbstractContextManager[None]: ...

    def traceparent(self) -> str | None: ...


_tracer: Tracer | None = None


def install(tracer: Tracer | None) -> None:
    """The tracer of this process; None switches tracing off."""
    global _tracer
    _tracer = tracer


def is_on() -> bool:
    return _tracer is not None


def span(name: str, *, parent: str | None = None, **ids: Id) -> AbstractContextManager[None]:
    """`with span("clip.commit", set_id=…):` a child of `parent`, else of the current span."""
    if _tracer is None:
        return nullcontext()
    return _tracer.span(name, parent, ids)


def record(name: str, *, parent: str | None, started_s: float, **ids: Id) -> str | None:
    """A span from started_s (`time.time()`) until now, for one of many served by the same work.

    A commit or a batch belongs to several traces; each of them gets its own. Returns the span's
    traceparent, for what follows from it. Without a parent nothing is traced.
    """
    if _tracer is None or parent is None:
        return None
    return _tracer.record(name, parent, started_s, ids)


def describe(**ids: Id) -> None:
    """Adds what was not known when the current span began."""
    if _tracer is not None:
        _tracer.describe(ids)


@contextmanager
def under(parent: str | None) -> Iterator[None]:
    """What is sent or traced inside belongs to `parent`: for another thread or another process."""
    if _tracer is None or parent is None:
        yield
        return
    with _tracer.under(parent):
        yield


def traceparent() -> str | None:
    """The current span as a W3C `traceparent`, to be carried along; None when nothing is traced."""
    return None if _tracer is None else _tracer.traceparent()
