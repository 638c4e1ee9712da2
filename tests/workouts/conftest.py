"""An athlete, another one, and the queue: what is enqueued runs when the test says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import environ
import psycopg
import pytest
from celery import Task
from django.core.management import call_command
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from accounts.models import User
from sessions.models import Attempt, WorkoutSet
from sessions.services.catalogue import catalogue_load
from tests.workouts.builders import Athlete, add_set


@pytest.fixture
def catalogue(db: None) -> None:
    catalogue_load()


@pytest.fixture
def athlete(catalogue: None) -> Athlete:
    return Athlete(User.objects.create_user("ada@example.org", weekly_goal=2))


@pytest.fixture
def stranger(catalogue: None) -> Athlete:
    return Athlete(User.objects.create_user("eve@example.org"))


@pytest.fixture
def five(athlete: Athlete) -> WorkoutSet:
    """Five repetitions of 3 s from 0 on, and an attempt at 16 s."""
    row = add_set(athlete.user, reps=5, attempt_count=1)
    Attempt.objects.create(
        set=row, start_ms=16_000, end_ms=18_000, reason="too_small", rom_deg=61, needed_deg=90,
        model_version="v1",
    )  # fmt: skip
    return row


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> "Queue":
    return Queue(monkeypatch)


@pytest.fixture(scope="session")
def template(postgres_url: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Name of a database with every table and the catalogue, from which others are copied."""
    name = f"template_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    with django_db_blocker.unblock(), default_database(postgres_url, name):
        call_command("migrate", verbosity=0)
        catalogue_load()
    return name


@pytest.fixture
def on_postgres(
    postgres_url: str, template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The default connection, in every thread, is a new database on a real server."""
    name = f"test_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    with django_db_blocker.unblock(), default_database(postgres_url, name):
        yield


@contextmanager
def default_database(postgres_url: str, name: str) -> Iterator[None]:
    before, kept = connections.settings["default"], connections["default"]
    config = environ.Env.db_url_config(postgres_url) | {"NAME": name}
    connections.settings["default"] = connections.configure_settings({"default": config})["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = kept


class Queue:
    """Stands where the broker stands. Committing is left to the tests on real engines."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: list[tuple[Task, tuple[Any, ...]]] = []
        monkeypatch.setattr(transaction, "on_commit", lambda do, robust=False: do())
        monkeypatch.setattr(Task, "apply_async", self._keep())

    def _keep(self) -> Callable[..., None]:
        def apply_async(task: Task, args: tuple[Any, ...] = (), *_: Any, **options: Any) -> None:
            self.waiting.append((task, tuple(args)))

        return apply_async

    def run(self) -> list[str]:
        """Does what is waiting, and what that enqueues; returns the names of the tasks."""
        done = []
        while self.waiting:
            task, args = self.waiting.pop(0)
            task.run(*args)
            done.append(task.name.rpartition(".")[2])
        return done
