"""OpenTelemetry behind `sessions.trace`, where OTEL_EXPORTER_OTLP_ENDPOINT is set.

Spans are sent by a thread of its own out of a bounded queue: a receiver that is slow or away costs
spans, never a request. A caller's own `traceparent` is not believed: it would choose what is kept.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from config import VERSION
from config.telemetry.context import know
from sessions import trace
from sessions.trace import Id

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
# Whatever else a caller names stays here: a span carries neither persons nor keypoints.
ALLOWED: Final = {
    "set_id", "workout_id", "task_id", "clip", "clips", "sets", "model_version", "method", "route",
    "status",
}  # fmt: skip


class OpenTelemetryTracer:
    """A `sessions.trace.Tracer`."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self.provider = provider
        self._tracer = provider.get_tracer("posecoach", VERSION)
        self._carrier = TraceContextTextMapPropagator()

    @contextmanager
    def span(self, name: str, parent: str | None, ids: dict[str, Id]) -> Iterator[None]:
        started = self._tracer.start_as_current_span(
            name,
            context=self._context(parent),
            attributes=_attributes(ids),
            record_exception=False,  # its text may hold anything
            set_status_on_exception=False,
        )
        with started as span:
            know(trace_id=f"{span.get_span_context().trace_id:032x}")
            yield

    def record(self, name: str, parent: str, started_s: float, ids: dict[str, Id]) -> str | None:
        from opentelemetry.trace import set_span_in_context

        span = self._tracer.start_span(
            name,
            context=self._context(parent),
            attributes=_attributes(ids),
            start_time=int(started_s * 1e9),
        )
        span.end()
        return self._told(set_span_in_context(span))

    def describe(self, ids: dict[str, Id]) -> None:
        """A request is named by its route as soon as that is known."""
        from opentelemetry.trace import get_current_span

        span = get_current_span()
        span.set_attributes(_attributes(ids))
        if "route" in ids:
            span.update_name(f"{ids.get('method', '')} {ids['route']}".strip())

    @contextmanager
    def under(self, parent: str) -> Iterator[None]:
        from opentelemetry import context

        token = context.attach(self._context(parent) or context.get_current())
        try:
            yield
        finally:
            context.detach(token)

    def traceparent(self) -> str | None:
        return self._told(None)

    def _told(self, context: "Context | None") -> str | None:
        carrier: dict[str, str] = {}
        self._carrier.inject(carrier, context)
        return carrier.get("traceparent")

    def _context(self, parent: str | None) -> "Context | None":
        return self._carrier.extract({"traceparent": parent}) if parent else None


def _attributes(ids: Mapping[str, Id]) -> dict[str, str | int]:
    return {
        f"posecoach.{name}": value if isinstance(value, int) else str(value)
        for name, value in ids.items()
        if name in ALLOWED and value is not None
    }


def is_asked_for() -> bool:
    return any(os.environ.get(name) for name in ENDPOINTS)


def install(role: str, processor: "SpanProcessor | None" = None) -> OpenTelemetryTracer | None:
    """Traces from now on where it is asked for. role: web, worker, …; processor: a test's own.

    The share of requests that is traced is OTEL_TRACES_SAMPLER_ARG (0.1); what a traced one leads
    to is traced too. The names and defaults are those of OpenTelemetry.
    """
    if processor is None and not is_asked_for():
        return None
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    share = 1.0 if processor else float(os.environ.get("OTEL_TRACES_SAMPLER_ARG") or 0.1)
    name = os.environ.get("OTEL_SERVICE_NAME") or f"posecoach-{role}"
    told = {"service.name": name, "service.version": VERSION}
    provider = TracerProvider(
        resource=Resource(told), sampler=ParentBased(TraceIdRatioBased(share))
    )
    provider.add_span_processor(processor or _sending())
    made = OpenTelemetryTracer(provider)
    trace.install(made)
    return made


def _sending() -> "SpanProcessor":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(
        OTLPSpanExporter(timeout=5), max_queue_size=2048, schedule_delay_millis=2000
    )
