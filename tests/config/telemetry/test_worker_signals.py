"""What a Celery worker does when it is up, when a child begins and ends, and with each task."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from config.telemetry import tasks, workers
from tests.config.telemetry.lines import listening


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Ports that were opened."""
    told: list[Any] = []
    monkeypatch.setattr("config.telemetry.serving.open_port", lambda **asked: told.append(asked))
    return told


@pytest.fixture
def apart(settings: Settings) -> None:
    """A worker in a process of its own."""
    settings.EMBEDDED, settings.METRICS_PORT = False, 9464


@pytest.mark.usefixtures("apart")
def test_a_worker_that_finds_its_broker_anew_has_its_port_already(opened: list[Any]) -> None:
    workers.open_port_once()
    assert [asked["knows_all"] for asked in opened] == [False]
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="metrics")
    thread.start()
    workers.open_port_once()
    done.set()
    thread.join()
    assert len(opened) == 1


@pytest.mark.parametrize("setting", [("EMBEDDED", True), ("METRICS_PORT", 0)])
@pytest.mark.usefixtures("apart")
def test_no_port_where_none_is_asked_for_or_the_web_process_has_it(
    opened: list[Any], settings: Settings, setting: tuple[str, Any]
) -> None:
    setattr(settings, *setting)
    workers.open_port_once()
    assert opened == []


@pytest.mark.usefixtures("apart")
def test_each_child_has_a_tracer_and_sends_what_it_still_has(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    told: list[str] = []
    provider = SimpleNamespace(shutdown=lambda: told.append("sent"))

    def install(role: str) -> Any:
        told.append(role)
        return SimpleNamespace(provider=provider)

    monkeypatch.setattr(workers, "_tracer", None)
    monkeypatch.setattr(workers.tracing, "install", install)
    workers.send_the_last()  # where nothing is traced
    workers.trace_here()
    workers.send_the_last()
    assert told == ["worker", "sent"]
    settings.EMBEDDED = True
    workers.trace_here()
    assert told == ["worker", "sent"], "the web process has one"


def test_a_loop_is_stuck_when_it_is_silent_though_the_broker_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_beaten_at", -1e9)
    monkeypatch.setattr(workers.health, "broker", lambda: workers.health.OK)
    assert not workers.is_alive()
    monkeypatch.setattr(workers.health, "broker", lambda: "failed")
    assert workers.is_alive(), "it may wait for one"
    monkeypatch.setattr(workers.health, "broker", lambda: workers.health.OK)
    workers.beaten()
    assert workers.is_alive()


def test_an_end_without_a_beginning_is_not_counted() -> None:
    task: Any = SimpleNamespace(name="x", request=SimpleNamespace())
    with listening() as lines:
        tasks.end(task=task, state="SUCCESS")
    assert lines.of("task") == []


@pytest.mark.parametrize(("reason", "kind"), [(OSError("gone"), "OSError"), ("soon", None)])
def test_a_task_that_is_tried_again_says_why(reason: object, kind: str | None) -> None:
    with listening() as lines:
        tasks.tried_again(reason=reason)
    (line,) = lines.of("task will be tried again")
    assert line.get("exception", {}).get("type") == kind
