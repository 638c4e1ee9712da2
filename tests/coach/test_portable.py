"""Programmes and plans that come in with an export: one's own, and never over another's."""

from typing import Any

import pytest

from coach.models import Plan, Programme
from tests.coach.builders import PLANK, SQUATS, a_plan
from tests.workouts.builders import Athlete
from tests.workouts.carried import brought, exported
from tests.workouts.conftest import Queue, queue  # noqa: F401

pytestmark = pytest.mark.django_db


def problems(report: Any) -> dict[str, str]:
    """What is wrong, by kind."""
    return {one["kind"]: one["message"] for one in report["problems"]}


def test_what_was_lost_comes_back_as_it_was(ada: Athlete, queue: Queue) -> None:  # noqa: F811
    paths = ("plans", "programmes", "planned?from=2026-03-01&to=2026-03-31")
    plan = a_plan(ada.user, [SQUATS], [PLANK])
    told, body = [ada.get(path) for path in paths], exported(ada)
    Plan.objects.all().delete()
    Programme.objects.filter(author=ada.user).delete()
    report = brought(ada, queue, body)
    assert (report["others"], report["problems"]) == (2, [])
    assert [ada.get(path) for path in paths] == told
    assert Plan.objects.get(id=plan.id).programme_id == plan.programme_id


def test_a_plan_whose_programme_is_gone_comes_alone(
    ada: Athlete,
    queue: Queue,  # noqa: F811
) -> None:
    plan = a_plan(ada.user)
    ada.call("DELETE", f"programmes/{plan.programme_id}")
    body = exported(ada)
    Plan.objects.all().delete()
    report = brought(ada, queue, body)
    assert (report["others"], report["problems"]) == (1, [])
    found = Plan.objects.get(id=plan.id)
    assert (found.programme, found.title, found.planned.count()) == (None, "Mine", 4)


def test_one_that_was_deleted_here_is_not_written_over(
    ada: Athlete,
    queue: Queue,  # noqa: F811
) -> None:
    plan = a_plan(ada.user)
    body = exported(ada)
    ada.call("DELETE", f"programmes/{plan.programme_id}")
    report = brought(ada, queue, body)
    assert problems(report)["programmes"] == "A programme with this id is here already."
    assert Programme.objects.get(id=plan.programme_id).deleted_at is not None


def test_anothers_are_left_as_they_are(
    ada: Athlete,
    eve: Athlete,
    queue: Queue,  # noqa: F811
) -> None:
    a_plan(ada.user)
    report = brought(eve, queue, exported(ada))
    assert problems(report) == {
        "programmes": "A programme with this id is here already.",
        "plans": "A plan with this id is here already.",
    }
    assert eve.get("plans") == []
    assert Plan.objects.get().athlete == ada.user
