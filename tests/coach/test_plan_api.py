"""Plans over HTTP: shapes, refusals that name the field, and nobody else's rows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from coach.models import Plan, PlannedWorkout, Programme
from coach.services import plans, programmes
from tests.coach.builders import MONDAY, PRESS, SQUATS, a_plan, a_workout, planned_rows, squats
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


def programme(**item: Any) -> dict[str, Any]:
    return {"title": "Mine", "weeks": 2, "days": [{"items": [SQUATS, SQUATS | item]}]}


def test_programmes_are_told_easiest_first_then_ones_own(ada: Athlete, eve: Athlete) -> None:
    ada.call("PUT", f"programmes/{uuid4()}", programme())
    eve.call("PUT", f"programmes/{uuid4()}", programme())
    found = ada.get("programmes")
    assert [one["slug"] for one in found] == [
        "first_steps", "strong_base", "pair_of_dumbbells", "own_weight", None,
    ]  # fmt: skip
    assert [one["own"] for one in found] == [False] * 4 + [True]
    assert found[0]["days"][0]["items"][0] == {
        "exercise": "squat", "sets": 2, "reps": 8, "hold_s": None, "rest_s": 60, "tempo": None,
        "load_kg": None, "rom_deg": None, "rule": "add_rep", "ceiling": 15.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"exercise": "juggling"}, "exercise"),
        ({"sets": 0}, "sets"),
        ({"reps": 900}, "reps"),
        ({"reps": None, "hold_s": 30}, "hold_s"),
        ({"exercise": "plank"}, "reps"),
        ({"reps": None}, "rule"),
        ({"tempo": "slow"}, "tempo"),
        ({"rule": "add_load"}, "rule"),
        ({"rule": "double", "load_kg": 5}, "ceiling"),
        ({"rule": "wild"}, "rule"),
        ({"rest_s": -1}, "rest_s"),
        ({"load_kg": "nan"}, "load_kg"),
        ({"rom_deg": "inf"}, "rom_deg"),
        ({"rule": "double", "load_kg": 5, "ceiling": "nan"}, "ceiling"),
    ],
)
def test_a_wrong_prescription_is_named_and_nothing_is_kept(
    ada: Athlete, item: dict[str, Any], field: str
) -> None:
    answer = ada.call("PUT", f"programmes/{uuid4()}", programme(**item))
    assert answer.status_code == 400
    assert list(errors(answer)) == [f"days[0].items[1].{field}"]
    assert not Programme.objects.filter(author=ada.user).exists()


def test_a_programme_needs_days_and_a_day_needs_exercises(ada: Athlete) -> None:
    path = f"programmes/{uuid4()}"
    assert "days" in errors(ada.call("PUT", path, programme() | {"days": []}))
    empty = ada.call("PUT", path, programme() | {"days": [{"items": []}]})
    assert any("items" in field for field in errors(empty))


def test_a_programme_is_changed_deleted_and_brought_back(ada: Athlete) -> None:
    path = f"programmes/{uuid4()}"
    ada.call("PUT", path, programme())
    assert ada.call("PUT", path, programme() | {"title": "Better"}).json()["title"] == "Better"
    assert ada.call("DELETE", path).status_code == 204
    assert ada.call("PUT", path, programme()).status_code == 404
    assert ada.call("POST", f"{path}/restore").json()["title"] == "Better"


def test_built_in_programmes_belong_to_nobody(ada: Athlete) -> None:
    path = f"programmes/{Programme.objects.get(slug='first_steps').id}"
    assert ada.call("PUT", path, programme()).status_code == 404
    assert ada.call("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [7]}, "weekdays[0]"),
        ({"weeks": 53}, "weeks"),
        ({"starts_on": "2001-01-01"}, "starts_on"),
        ({"programme": "00000000-0000-4000-8000-000000000000"}, "programme"),
        ({"at": "late"}, "at"),
    ],
)
def test_a_wrong_start_is_named(ada: Athlete, change: dict[str, Any], field: str) -> None:
    body = {
        "programme": str(Programme.objects.get(slug="first_steps").id),
        "starts_on": timezone.now().date().isoformat(), "weekdays": [0], "weeks": 4,
    }  # fmt: skip
    answer = ada.call("PUT", f"plans/{uuid4()}", body | change)
    assert answer.status_code == 400, answer.content
    assert any(named.startswith(field.partition("[")[0]) for named in errors(answer))
    assert ada.get("plans") == []


def test_a_start_sent_again_survives_its_programme(ada: Athlete) -> None:
    mine, path = uuid4(), f"plans/{uuid4()}"
    ada.call("PUT", f"programmes/{mine}", programme())
    body = {
        "programme": str(mine), "starts_on": timezone.now().date().isoformat(), "weekdays": [0],
        "weeks": 1,
    }  # fmt: skip
    first = ada.call("PUT", path, body)
    ada.call("DELETE", f"programmes/{mine}")
    again = ada.call("PUT", path, body)
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())


def test_there_is_an_end_to_plans_and_programmes(
    ada: Athlete, eve: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MOST_PLANS", 2)
    monkeypatch.setattr(programmes, "MOST_PROGRAMMES", 1)
    path = f"programmes/{uuid4()}"
    body = {
        "programme": str(Programme.objects.get(slug="first_steps").id),
        "starts_on": timezone.now().date().isoformat(), "weekdays": [0], "weeks": 2,
    }  # fmt: skip
    for athlete in (ada, eve):
        begun = [f"plans/{uuid4()}" for _ in range(3)]
        told = [athlete.call("PUT", plan, body).status_code for plan in begun]
        assert told == [200, 200, 409]
        athlete.call("DELETE", begun[0])
        assert athlete.call("PUT", begun[2], body).status_code == 200
    for _ in range(2):
        assert ada.call("PUT", path, programme()).status_code == 200
    assert ada.call("PUT", f"programmes/{uuid4()}", programme()).status_code == 409
    ada.call("DELETE", path)
    assert ada.call("PUT", f"programmes/{uuid4()}", programme()).status_code == 200


def test_a_planned_workout_as_the_studio_reads_it(ada: Athlete) -> None:
    today = timezone.now().date()
    plan = a_plan(
        ada.user, [SQUATS | {"tempo": "3-1-1", "rom_deg": 90}], weekdays=tuple(range(7)),
        starts_on=today, now=timezone.now(),
    )  # fmt: skip
    first = planned_rows(plan)[0]
    told = ada.get(f"planned/{first.id}")
    assert told == {
        "id": str(first.id), "plan": str(plan.id), "plan_slug": None, "plan_title": "Mine",
        "title": "Day 1", "day": today.isoformat(), "at": None, "state": "planned",
        "workout": None, "minutes": 5, "percent": None, "bucket": None,
        "items": [
            {
                "exercise": "squat", "sets": 3, "reps": 8, "hold_s": None, "rest_s": 60,
                "tempo": "3-1-1", "load_kg": None, "rom_deg": 90.0, "ceiling": None,
                "why": {"code": "first", "rule": "add_rep", "step": 0.0},
                "done": None, "percent": None, "bucket": None,
            }
        ],
    }  # fmt: skip
    workout = a_workout(ada.user, today, *squats(8, 8, 8))
    body = {"workout": str(workout.id)}
    for _ in range(2):
        begun = ada.call("PUT", f"planned/{first.id}/workout", body).json()
    assert (begun["state"], begun["workout"], begun["percent"]) == ("done", str(workout.id), 100)
    assert begun["items"][0]["done"] == {"sets": 3, "reps": 24, "hold_s": 0.0}
    other = planned_rows(plan)[1]
    assert ada.call("PUT", f"planned/{other.id}/workout", body).status_code == 409
    assert ada.call("PATCH", f"planned/{first.id}", {"skipped": True}).status_code == 409
    assert ada.call("DELETE", f"planned/{first.id}/workout").json()["state"] == "planned"


def test_days_are_asked_for_with_both_ends(ada: Athlete) -> None:
    assert ada.get("planned?from=2026-03-01&to=2026-03-31") == []
    for query, field in (
        ("from=2026-03-01", "to"), ("to=2026-03-01", "from"), ("from=x&to=2026-03-01", "from"),
        ("from=2026-03-02&to=2026-03-01", "to"), ("from=2020-01-01&to=2026-03-01", "to"),
    ):  # fmt: skip
        assert list(errors(ada.call("GET", f"planned?{query}"))) == [field], query


def test_a_plan_ends_and_comes_back(ada: Athlete) -> None:
    plan = a_plan(ada.user, [PRESS])
    assert ada.call("DELETE", f"plans/{plan.id}").status_code == 204
    assert ada.get(f"plans/{plan.id}")["state"] == "ended"
    assert ada.call("POST", f"plans/{plan.id}/restore").json()["state"] == "finished"
    plan.ended_at, plan.ended_on = timezone.now() - timedelta(days=31), MONDAY
    plan.save()
    assert ada.call("POST", f"plans/{plan.id}/restore").status_code == 400


def test_others_find_nothing(ada: Athlete, eve: Athlete) -> None:
    plan = a_plan(ada.user)
    row = planned_rows(plan)[0]
    workout = str(a_workout(eve.user, MONDAY).id)
    start = {
        "programme": str(Programme.objects.get(slug="first_steps").id),
        "starts_on": MONDAY.isoformat(), "weekdays": [0], "weeks": 1,
    }  # fmt: skip
    calls = [
        ("GET", f"plans/{plan.id}", None), ("DELETE", f"plans/{plan.id}", None),
        ("POST", f"plans/{plan.id}/restore", None), ("PUT", f"plans/{plan.id}", start),
        ("GET", f"planned/{row.id}", None), ("PATCH", f"planned/{row.id}", {"skipped": True}),
        ("PUT", f"planned/{row.id}/workout", {"workout": workout}),
        ("DELETE", f"planned/{row.id}/workout", None),
        ("PUT", f"programmes/{plan.programme_id}", programme()),
        ("DELETE", f"programmes/{plan.programme_id}", None),
    ]  # fmt: skip
    for method, path, body in calls:
        assert eve.call(method, path, body).status_code == 404, path
    assert eve.get("planned?from=2026-01-01&to=2026-12-31") == eve.get("plans") == []
    assert eve.get("compliance")["streak"] == {"weeks": 0, "best_weeks": 0}


def test_a_plan_of_fewer_weeks_than_its_first_day_is_refused(ada: Athlete) -> None:
    programme_id = uuid4()
    late = [{"title": "Late", "items": [SQUATS], "week": 2}]
    answer = ada.call("PUT", f"programmes/{programme_id}", programme() | {"days": late})
    assert answer.status_code == 200, answer.content
    today = timezone.now().date().isoformat()
    start = {"programme": str(programme_id), "starts_on": today, "weekdays": [0], "weeks": 1}
    answer = ada.call("PUT", f"plans/{uuid4()}", start)
    assert errors(answer)["weeks"] == "Nothing is asked for in the first of these weeks."
    assert not Plan.objects.exists()


def test_asking_twice_changes_nothing_more(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    ada.call("DELETE", f"plans/{plan.id}")
    plan.refresh_from_db()
    ended = plan.ended_at
    assert ada.call("DELETE", f"plans/{plan.id}").status_code == 204
    plan.refresh_from_db()
    assert plan.ended_at == ended
    other = a_plan(ada.user)
    row = planned_rows(other)[0]
    assert ada.call("DELETE", f"planned/{row.id}/workout").status_code == 200
    for path in (f"programmes/{uuid4()}", f"programmes/{uuid4()}/restore"):
        method = "POST" if path.endswith("restore") else "DELETE"
        assert ada.call(method, path).status_code == 404


def test_what_stands_can_be_restored_and_stays(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    assert ada.call("POST", f"plans/{plan.id}/restore").json()["state"] == "finished"
    path = f"programmes/{plan.programme_id}"
    assert ada.call("POST", f"{path}/restore").json()["title"] == "Mine"
    assert ada.call("PUT", path, programme()).status_code == 200


def test_a_programme_without_days_makes_no_plan(ada: Athlete) -> None:
    """As an admin may leave a built-in one."""
    empty = Programme.objects.get(slug="first_steps")
    empty.days.all().delete()
    today = timezone.now().date().isoformat()
    start = {"programme": str(empty.id), "starts_on": today, "weekdays": [0], "weeks": 1}
    answer = ada.call("PUT", f"plans/{uuid4()}", start)
    assert errors(answer)["programme"] == "This programme has no days yet."
    assert not Plan.objects.exists()


def test_another_workout_may_take_the_place_and_what_was_asked_stays(ada: Athlete) -> None:
    today = timezone.now().date()
    plan = a_plan(ada.user, weekdays=tuple(range(7)), starts_on=today, now=timezone.now())
    first, second, *_ = planned_rows(plan)

    def begin(row: PlannedWorkout) -> Any:
        workout = a_workout(ada.user, today, *squats(8, 8, 8))
        answer = ada.call("PUT", f"planned/{row.id}/workout", {"workout": str(workout.id)})
        assert answer.json()["workout"] == str(workout.id)
        return answer.json()["items"][0]

    begin(first)
    assert begin(second)["reps"] == 9, "all was done the time before"
    ada.call("DELETE", f"planned/{first.id}/workout")
    assert begin(second)["reps"] == 9, "frozen, though the time before is no more"


def test_five_seconds_more_need_seconds_to_start_from(ada: Athlete) -> None:
    plank = {"exercise": "plank", "sets": 2, "rule": "add_hold"}
    wrong = programme() | {"days": [{"title": "", "items": [plank]}]}
    answer = ada.call("PUT", f"programmes/{uuid4()}", wrong)
    assert any(field.endswith("rule") for field in errors(answer))
