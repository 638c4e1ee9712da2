"""What somebody else does between two steps of a write: no id is taken over, nothing is doubled.

Both share a connection here, so that what was done in between is undone with what is refused.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from coach.models import CoachNote, Plan, Programme
from coach.services import locks, notes, plans, programmes
from coach.services.links import grant_link
from tests.coach.builders import SQUATS, a_plan, planned_rows
from tests.coach.people import a_coach
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db
BODY = {"title": "Mine", "weeks": 2, "days": [{"items": [SQUATS]}]}


Before = Callable[[ModuleType, str, Callable[[], Any]], list[int]]


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Before:
    """before(module, name, ask): asks once, when the module's function is called; returns what
    will be the status of the answer."""

    def patch(module: ModuleType, name: str, ask: Callable[[], Any]) -> list[int]:
        step, answers = getattr(module, name), []

        def late(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.setattr(module, name, step)
            answers.append(ask().status_code)
            return step(*args, **kwargs)

        monkeypatch.setattr(module, name, late)
        return answers

    return patch


def start(programme: UUID) -> dict[str, Any]:
    today = timezone.now().date().isoformat()
    return {"programme": str(programme), "starts_on": today, "weekdays": [0], "weeks": 2}


def test_the_same_plan_started_twice_at_once_is_one(ada: Athlete, before: Before) -> None:
    path = f"plans/{uuid4()}"
    body = start(Programme.objects.get(slug="first_steps").id)
    before(plans, "_check_room", lambda: ada.call("PUT", path, body))
    answer = ada.call("PUT", path, body)
    assert answer.status_code == 200
    assert answer.json()["tally"]["planned"] == 2
    assert Plan.objects.count() == 1


def test_a_plan_whose_id_another_takes_at_once_is_theirs(
    ada: Athlete, eve: Athlete, before: Before
) -> None:
    path = f"plans/{uuid4()}"
    body = start(Programme.objects.get(slug="first_steps").id)
    theirs = before(plans, "_check_room", lambda: eve.call("PUT", path, body))
    assert (ada.call("PUT", path, body).status_code, theirs) == (404, [200])
    assert not Plan.objects.filter(athlete=ada.user).exists()


def test_a_programme_whose_id_another_takes_at_once_is_theirs(
    ada: Athlete, eve: Athlete, before: Before
) -> None:
    path = f"programmes/{uuid4()}"
    theirs = before(programmes, "_new", lambda: eve.call("PUT", path, BODY))
    assert (ada.call("PUT", path, BODY).status_code, theirs) == (404, [200])
    assert not Programme.objects.filter(author=ada.user).exists()


def test_a_note_whose_id_another_takes_at_once_is_theirs(ada: Athlete, before: Before) -> None:
    tom, kim = a_coach("tom"), a_coach("kim")
    for coach in (tom, kim):
        grant_link(athlete=ada.user, coach=coach.user, scopes=["live"])
    path = f"athletes/{ada.user.pk}/notes/{uuid4()}"
    theirs = before(notes, "_new", lambda: kim.call("PUT", path, {"text": "Hers"}))
    assert (tom.call("PUT", path, {"text": "His"}).status_code, theirs) == (404, [200])
    assert not CoachNote.objects.filter(coach=tom.user).exists()


def test_a_planned_workout_whose_plan_ends_at_once_is_planned_no_more(
    ada: Athlete, before: Before
) -> None:
    now = timezone.now()
    plan = a_plan(ada.user, weekdays=tuple(range(7)), starts_on=now.date(), now=now)
    row = planned_rows(plan)[-1]
    ended = before(locks, "plan_locked", lambda: ada.call("DELETE", f"plans/{plan.id}"))
    answer = ada.call("PATCH", f"planned/{row.id}", {"skipped": True})
    assert (answer.status_code, ended) == (404, [204])
    assert planned_rows(plan)[-1].skipped_at is None
