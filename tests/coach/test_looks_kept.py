"""How long the log of looks is: as long as the server says, whoever looked at how many."""

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


def test_old_looks_go_and_newer_ones_stay(
    athlete: Athlete,  # noqa: F811
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.ACCESS_LOG_DAYS = 30
    monkeypatch.setattr(looks_kept, "_AT_ONCE", 2)
    coach, now = a_coach().user, timezone.now()
    for days in (1, 29, 31, 32, 33, 400):
        at = now - timedelta(days=days)
        Access.objects.create(coach=coach, athlete=athlete.user, what="roster", at=at)
    remove_old_looks()
    left = [(now - look.at).days for look in Access.objects.all()]
    assert sorted(left) == [1, 29]
