"""An admin, another version, and three workouts that the shipped one has counted."""

from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from sessions import rescoring
from sessions.models import ModelVersion, WorkoutSet
from sessions.services.versions import version_register
from tests.workouts.builders import Athlete
from tests.workouts.conftest import Queue
from tests.workouts.rescoring.history import OTHER, train
from tests.workouts.versions import confused


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(rescoring, "YIELD_S", 0.0)


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


@pytest.fixture
def version(admin: User) -> ModelVersion:
    return version_register(confused(OTHER), by=admin)[0]


@pytest.fixture
def trained(athlete: Athlete, queue: Queue) -> list[WorkoutSet]:
    sets = [train(athlete, days) for days in range(3)]
    queue.run()
    for one in sets:
        one.refresh_from_db()
    return sets
