"""How long the log of looks is: as long as the server says, whoever looked at how many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from coach import looks_kept
from coach.models import Access
from coach.tasks import remove_old_looks
from tests.coach.people import a_coach
from tests.workouts.builders import Athlete
from tests.workouts.conftest import athlete, catalogue  # noqa: F401


@pytest.fixture
def looked(
    athlete: Athlete,  # noqa: F811
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], list[int]]:
    """Six looks, of which the server keeps two; how many days ago those were that are left."""
    settings.ACCESS_LOG_DAYS = 30
    monkeypatch.setattr(looks_kept, "_AT_ONCE", 2)
    coach, now = a_coach().user, timezone.now()
    for days in (1, 29, 31, 32, 33, 400):
        at = now - timedelta(days=days)
        Access.objects.create(coach=coach, athlete=athlete.user, what="roster", at=at)
    return lambda: sorted((now - look.at).days for look in Access.objects.all())


def test_old_looks_go_and_newer_ones_stay(looked: Callable[[], list[int]]) -> None:
    remove_old_looks()
    assert looked() == [1, 29]


def test_who_has_worked_long_enough_lets_others_and_comes_back(
    looked: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks_kept, "SLICE_S", -1)
    again: list[int] = []
    monkeypatch.setattr(remove_old_looks, "delay", lambda: again.append(len(looked())))
    for _ in range(3):
        remove_old_looks.run()
    assert again == [4, 2]
    assert looked() == [1, 29]
