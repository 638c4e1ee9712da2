"""Probes: a stranger hears one word, whoever runs the server every part, and both quickly."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import Settings

from config import health


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    health.forget()
    yield
    health.forget()


def test_liveness_asks_nobody() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_missing_worker_only_delays(settings: Settings) -> None:
    settings.EMBEDDED = True
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded"})
    assert health.state()[1] == {
        "database": "ok", "migrations": "ok", "broker": "ok", "worker": "not running",
    }  # fmt: skip


@pytest.mark.django_db
def test_without_database_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert health.state()[1]["database"] == "unreachable"


@pytest.mark.django_db
def test_without_broker_clips_are_stored_and_counted_later(settings: Settings) -> None:
    settings.EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded"})
    assert health.state()[1]["broker"] == "unreachable"


@pytest.mark.django_db
def test_a_database_that_is_behind_the_code_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one is missing"])
    assert Client().get("/readyz").status_code == 503
    assert health.state()[1]["migrations"] == "not migrated"


@pytest.mark.django_db
def test_a_thousand_probes_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT_S", 3600.0)
    asked = []
    monkeypatch.setattr(health, "_database", lambda: asked.append(1) or health.OK)
    for _ in range(5):
        Client().get("/readyz")
    assert len(asked) == 1
