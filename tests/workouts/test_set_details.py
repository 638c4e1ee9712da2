"""Weight, effort, note and target of a set; the estimate of what could be lifted once."""

from typing import Any
from uuid import uuid4

import pytest

from sessions.arithmetic.strength import one_rm_kg
from sessions.models import WorkoutSet
from tests.workouts.builders import Athlete, add_set, errors, set_body
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db


def test_details_are_written_one_by_one(athlete: Athlete, queue: Queue) -> None:
    row = add_set(athlete.user, reps=10)
    path = f"sets/{row.id}"
    told = athlete.call("PATCH", path, {"weight_kg": 60.5}).json()
    assert (told["weight_kg"], told["rpe"], told["note"]) == (60.5, None, "")
    told = athlete.call("PATCH", path, {"rpe": 8.5, "note": "Left heel lifts."}).json()
    assert (told["weight_kg"], told["rpe"], told["note"]) == (60.5, 8.5, "Left heel lifts.")
    assert told["one_rm_kg"] == pytest.approx(60.5 * 36 / 27)
    assert (len(told["reps"]), told["missing_clips"]) == (10, [])
    assert WorkoutSet.objects.get(id=row.id).trend_due
    assert queue.run() == ["refresh_trend", "refresh_trend"]
    told = athlete.call("PATCH", path, {"weight_kg": None, "rpe": None, "note": ""}).json()
    assert (told["weight_kg"], told["one_rm_kg"], told["note"]) == (None, None, "")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"weight_kg": -1}, "weight_kg"),
        ({"weight_kg": 1000.5}, "weight_kg"),
        ({"weight_kg": "heavy"}, "weight_kg"),
        ({"weight_kg": float("nan")}, "weight_kg"),
        ({"rpe": 0.5}, "rpe"),
        ({"rpe": 10.5}, "rpe"),
        ({"rpe": 7.3}, "rpe"),
        ({"rpe": float("inf")}, "rpe"),
        ({"note": "x" * 2001}, "note"),
        ({"note": None}, "note"),
    ],
)
def test_a_refusal_names_the_field(athlete: Athlete, given: dict[str, Any], field: str) -> None:
    row = add_set(athlete.user, reps=1)
    answer = athlete.call("PATCH", f"sets/{row.id}", given)
    assert answer.status_code == 400
    assert field in errors(answer)


def test_nothing_given_is_refused(athlete: Athlete) -> None:
    row = add_set(athlete.user, reps=1)
    answer = athlete.call("PATCH", f"sets/{row.id}", {"weight": 3})
    assert answer.status_code == 400
    assert "weight_kg" in answer.json()["error"]["message"]


def test_anybody_elses_set_is_not_there(athlete: Athlete, stranger: Athlete) -> None:
    row = add_set(athlete.user, reps=1)
    assert stranger.call("PATCH", f"sets/{row.id}", {"rpe": 5}).status_code == 404


def test_a_target_comes_with_the_start(athlete: Athlete) -> None:
    workout_id, set_id = athlete.start_workout(), uuid4()
    body = set_body(workout_id, "squat") | {"target_reps": 12}
    told = athlete.call("PUT", f"sets/{set_id}", body).json()
    assert (told["target_reps"], told["target_hold_s"]) == (12, None)
    assert athlete.call("PUT", f"sets/{set_id}", body).status_code == 200
    other = athlete.call("PUT", f"sets/{set_id}", body | {"target_reps": 10})
    assert other.status_code == 409
    for name, value in (("target_reps", 0), ("target_hold_s", 14_401), ("target_reps", 2.5)):
        answer = athlete.call("PUT", f"sets/{uuid4()}", body | {name: value})
        assert (answer.status_code, list(errors(answer))) == (400, [name])


def test_the_estimate() -> None:
    assert one_rm_kg(100, 1) == 100
    assert one_rm_kg(100, 10) == pytest.approx(100 * (1 + 10 / 30))  # where Epley agrees
    assert one_rm_kg(80, 5) == 90
    assert [one_rm_kg(80, reps) for reps in (0, 13)] == [None, None]
    assert [one_rm_kg(weight, 5) for weight in (None, 0)] == [None, None]
