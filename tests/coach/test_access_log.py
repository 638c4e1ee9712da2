"""Every look of a coach, for the athlete to read."""

import json
from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest

from accounts.models import User
from coach.models import Access
from coach.services.links import grant_link
from sessions.models import WorkoutSession
from tests.coach.builders import a_plan, a_workout, squats
from tests.coach.people import a_coach
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(ada: Athlete) -> Athlete:
    coach = a_coach()
    grant_link(athlete=ada.user, coach=coach.user, scopes=["results", "plan"])
    return coach


@pytest.fixture
def workout(ada: Athlete) -> WorkoutSession:
    return a_workout(ada.user, date(2026, 3, 3), *squats(8))


def test_a_look_at_a_set_says_which(ada: Athlete, tom: Athlete, workout: WorkoutSession) -> None:
    one = workout.sets.get()
    tom.get(f"athletes/{ada.user.pk}/sets/{one.pk}")
    [look] = ada.get("access-log")["results"]
    assert (look["what"], look["coach"]["id"]) == ("set", str(tom.user.pk))
    assert look["about"] == {
        "workout": str(workout.pk), "set": str(one.pk), "day": "2026-03-03",
        "exercise": "squat", "title": None,
    }  # fmt: skip


def test_what_is_deleted_stays_in_the_log_without_details(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    tom.get(f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    ada.call("DELETE", f"workouts/{workout.pk}")
    [look] = ada.get("access-log")["results"]
    assert (look["what"], look["about"]) == ("workout", None)


def test_only_reading_is_a_look(ada: Athlete, tom: Athlete) -> None:
    tom.call("PUT", f"athletes/{ada.user.pk}/plans/{uuid4()}", {})
    assert ada.get("access-log")["results"] == []
    tom.get(f"athletes/{ada.user.pk}/workouts")
    [look] = ada.get("access-log")["results"]
    assert look["what"] == "overview"


def test_a_refused_look_is_none(ada: Athlete, workout: WorkoutSession) -> None:
    stranger = a_coach("una")
    stranger.call("GET", f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    assert ada.get("access-log")["results"] == []


def test_it_is_the_athletes_alone(
    ada: Athlete, eve: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    tom.get(f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    assert eve.get("access-log")["results"] == []
    assert tom.get("access-log")["results"] == []
    mine = Access.objects.get(athlete=ada.user).pk
    assert eve.call("GET", f"access-log?before={mine}").status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    for _ in range(5):
        tom.get(f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    Access.objects.update(at=Access.objects.latest("id").at)  # all at the same moment
    seen, before = [], ""
    for _ in range(3):
        page = ada.get(f"access-log?limit=2{before}")
        seen += [look["id"] for look in page["results"]]
        before = f"&before={page['next_before']}"
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)
    assert page["next_before"] is None


def test_it_takes_the_same_few_questions_whatever_its_length(
    ada: Athlete, tom: Athlete, workout: WorkoutSession, django_assert_max_num_queries: object
) -> None:
    a_plan(ada.user)
    for _ in range(20):
        tom.get(f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(ada.get("access-log")["results"]) == 20


def test_an_export_tells_who_was_granted_what_and_who_looked(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    User.objects.filter(pk=tom.user.pk).update(display_name="Tom")
    tom.get(f"athletes/{ada.user.pk}/workouts/{workout.pk}")
    bundle = ZipFile(BytesIO(b"".join(ada.client.get("/api/export"))))
    [link] = json.loads(bundle.read("coaches.json"))
    [look] = json.loads(bundle.read("looks.json"))
    assert (link["coach"], link["scopes"]) == ("Tom", ["results", "plan"])
    assert (look["what"], look["target"]) == ("workout", str(workout.pk))
