"""One clip, one trace, whoever does the work; and nothing in it of whom."""

import time
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from config.telemetry import tasks, tracing
from sessions import trace
from sessions.tasks import sweep

SET = "7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    made = tracing.install("test", SimpleSpanProcessor(exporter))
    assert made is not None
    yield exporter
    trace.install(None)
    made.provider.shutdown()


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def parent(span: ReadableSpan) -> int | None:
    return span.parent.span_id if span.parent else None


def identity(span: ReadableSpan) -> int:
    return int(span.get_span_context().span_id)


def test_without_an_endpoint_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tracing.ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    assert tracing.install("web") is None
    assert not trace.is_on()


def test_a_span_inside_another_is_its_child(spans: InMemorySpanExporter) -> None:
    with trace.span("outer"), trace.span("inner", set_id=SET):
        pass
    found = by_name(spans)
    assert parent(found["inner"]) == identity(found["outer"])
    assert found["inner"].attributes == {"posecoach.set_id": SET}


def test_a_commit_of_many_is_a_span_of_each(spans: InMemorySpanExporter) -> None:
    """Two requests wait, one commit stores both, one task analyses both."""
    waiting = []
    for name in ("PUT one", "PUT two"):
        with trace.span(name):
            waiting.append(trace.traceparent())
    for one in waiting:
        committed = trace.record("clip.commit", parent=one, started_s=time.time() - 1, clips=2)
        with trace.span("set.analyze", parent=committed):
            pass
    ended = spans.get_finished_spans()
    commits = [span for span in ended if span.name == "clip.commit"]
    analyses = [span for span in ended if span.name == "set.analyze"]
    requests = [span for span in ended if span.name.startswith("PUT")]
    assert [parent(one) for one in commits] == [identity(one) for one in requests]
    assert [parent(one) for one in analyses] == [identity(one) for one in commits]
    start, end = commits[0].start_time, commits[0].end_time
    assert start is not None
    assert end is not None
    assert 0.9e9 < end - start < 60e9


def test_a_message_carries_the_trace_into_the_task(spans: InMemorySpanExporter) -> None:
    headers: dict[str, object] = {}
    with trace.span("PUT"):
        tasks.send_along(headers=headers)
    sweep.push_request(**headers, delivery_info={"routing_key": "celery"})
    try:
        tasks.begin(task_id="t1", task=sweep, args=(), kwargs={})
        with trace.span("set.announce"):
            pass
        tasks.end(task=sweep, state="SUCCESS")
    finally:
        sweep.pop_request()
    found = by_name(spans)
    assert parent(found["task sessions.tasks.sweep"]) == identity(found["PUT"])
    assert parent(found["set.announce"]) == identity(found["task sessions.tasks.sweep"])
    assert trace.traceparent() is None


def test_from_another_thread_one_belongs_where_one_says(spans: InMemorySpanExporter) -> None:
    with trace.span("PUT"):
        carried = trace.traceparent()
    with trace.under(carried), trace.span("later"):
        pass
    found = by_name(spans)
    assert parent(found["later"]) == identity(found["PUT"])


def test_a_request_is_named_by_its_route(spans: InMemorySpanExporter) -> None:
    with trace.span("PUT"):
        trace.describe(method="PUT", route="/api/sets/{set_id}", status=202)
    (span,) = spans.get_finished_spans()
    assert span.name == "PUT /api/sets/{set_id}"


def test_what_has_no_route_keeps_its_name(spans: InMemorySpanExporter) -> None:
    with trace.span("task count"):
        trace.describe(set_id=SET)
    assert by_name(spans)["task count"].attributes == {"posecoach.set_id": SET}


def test_what_is_no_id_stays_here(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="ada"), trace.span("x", email="ada@example.org", clip=0):
        raise ValueError("ada@example.org")
    (span,) = spans.get_finished_spans()
    assert span.attributes == {"posecoach.clip": 0}
    assert not span.events
    assert "ada" not in span.to_json()


def test_a_share_is_traced_with_all_that_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0")
    made = tracing.install("web")
    assert made is not None
    try:
        with trace.span("PUT"):
            carried = trace.traceparent()
        assert carried is not None
        assert int(carried[-2:], 16) & 1 == 0  # not sampled, and so nothing that follows is
    finally:
        trace.install(None)
        made.provider.shutdown()
