"""Probes: what is missing is named, and quickly."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings


def test_liveness_asks_nobody() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_missing_worker_only_delays(settings: Settings) -> None:
    settings.EMBEDDED = True
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok", "database": "ok", "broker": "ok", "worker": "not running",
    }  # fmt: skip


def test_without_database_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


@pytest.mark.django_db
def test_without_broker_it_is_not_ready(settings: Settings) -> None:
    settings.EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "unreachable"
