"""The athlete says where it hurts, changes it, takes it back; it travels with an export."""

from typing import Any
from uuid import UUID

import pytest

from sessions.hooks import athlete_changed
from sessions.models import WorkoutSession
from sessions.portable import workouts
from sessions.portable.told import workout_told
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


def said(athlete: Athlete, workout: UUID, **given: Any) -> tuple[Any, Any]:
    answer = athlete.call("PATCH", f"workouts/{workout}", given)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told == {k: v for k, v in athlete.get(f"workouts/{workout}").items() if k != "sets"}
    return told["pain_level"], told["pain_area"]


def test_pain_is_said_changed_and_taken_back(athlete: Athlete) -> None:
    workout = athlete.start_workout()
    assert said(athlete, workout, note="Fine.") == (None, None)
    assert said(athlete, workout, pain_level=4, pain_area="knee") == (4, "knee")
    assert said(athlete, workout, pain_area="hip") == (4, "hip")
    assert said(athlete, workout, pain_area=None) == (4, None)
    assert said(athlete, workout, pain_level=6, pain_area="other") == (6, "other")
    assert said(athlete, workout, pain_level=0) == (0, None)
    assert said(athlete, workout, pain_level=None) == (None, None)
    assert athlete.get(f"workouts/{workout}")["note"] == "Fine."


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"pain_level": 11}, "pain_level"),
        ({"pain_level": -1}, "pain_level"),
        ({"pain_level": "much"}, "pain_level"),
        ({"pain_level": 3, "pain_area": "toe"}, "pain_area"),
        ({"pain_area": "knee"}, "pain_area"),
        ({"pain_level": 0, "pain_area": "knee"}, "pain_area"),
        ({}, None),
    ],
)
def test_what_is_wrong_is_named(athlete: Athlete, given: dict[str, Any], field: str | None) -> None:
    workout = athlete.start_workout()
    answer = athlete.call("PATCH", f"workouts/{workout}", given)
    assert answer.status_code == 400
    assert set(errors(answer)) == ({field} if field else set())
    row = WorkoutSession.objects.get(id=workout)
    assert (row.pain_level, row.pain_area) == (None, "")


def test_whoever_listens_hears_of_it(athlete: Athlete) -> None:
    heard: list[UUID] = []

    def listen(athlete_id: UUID, **_: Any) -> None:
        heard.append(athlete_id)

    workout = athlete.start_workout()
    athlete_changed.connect(listen)
    try:
        said(athlete, workout, pain_level=2)
    finally:
        athlete_changed.disconnect(listen)
    assert heard == [athlete.user.pk]


def test_it_is_in_the_export_and_an_older_file_says_nothing(athlete: Athlete) -> None:
    workout = athlete.start_workout()
    older = workout_told(athlete.user, workout)
    assert older is not None
    assert (older.pop("pain_level"), older.pop("pain_area")) == (None, "")
    assert workouts.is_same(athlete.user, older, workout)
    values = workouts.checked(older, workout, lambda _set, _lengths: iter(()))
    assert (values["pain_level"], values["pain_area"]) == (None, "")
    said(athlete, workout, pain_level=5, pain_area="back")
    told = workout_told(athlete.user, workout)
    assert told is not None
    WorkoutSession.objects.all().delete()
    workouts.read(
        athlete.user, workouts.checked(told, workout, lambda *_: iter(())), lambda *_: iter(())
    )
    row = WorkoutSession.objects.get(id=workout)
    assert (row.pain_level, row.pain_area) == (5, "back")
