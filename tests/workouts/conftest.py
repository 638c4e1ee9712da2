"""An athlete, another one, and the queue: what is enqueued runs when the test says so."""

from collections.abc import Callable
from typing import Any

import pytest
from celery import Task
from django.db import transaction

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
