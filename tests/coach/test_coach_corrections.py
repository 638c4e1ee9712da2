"""A coach's word about a set: said with its author, and the athlete hears of it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Notification, User
from coach.services.links import grant_link
from sessions.models import WorkoutSession
from tests.coach.builders import a_workout, squats
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(programmes: None) -> Athlete:
    user = User.objects.create_user("tom@example.org", is_coach=True, display_name="Tomás")
    return Athlete(user)


@pytest.fixture
def workout(ada: Athlete, tom: Athlete) -> WorkoutSession:
    """Of one set of eight squats, which Tomás may see."""
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    return a_workout(ada.user, date(2026, 3, 2), *squats(8, rep_count=8, exercise="squat"))


def say(who: Athlete, whose: Athlete, set_id: Any, reps: int, said: UUID | None = None) -> Any:
    prefix = "" if who is whose else f"athletes/{whose.user.id}/"
    body = {"kind": "count", "rep_count": reps}
    return who.call("PUT", f"{prefix}sets/{set_id}/corrections/{said or uuid4()}", body)


def test_the_athlete_sees_who_counted_and_is_told(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    set_id = workout.sets.get().id
    assert say(tom, ada, set_id, 10).json()["final_rep_count"] == 10
    seen = ada.get(f"sets/{set_id}")
    [correction] = seen["corrections"]
    assert seen["final_rep_count"] == 10
    assert (correction["author"], correction["by_athlete"]) == ("Tomás", False)
    [told] = Notification.objects.filter(user=ada.user)
    assert (told.kind, told.data["by"]) == ("corrected", "Tomás")
    assert told.url == f"/workouts/{workout.id}/sets/{set_id}"


def test_said_twice_it_is_told_once(ada: Athlete, tom: Athlete, workout: WorkoutSession) -> None:
    set_id, said = workout.sets.get().id, uuid4()
    assert say(tom, ada, set_id, 10, said).status_code == 200
    Notification.objects.update(read_at="2026-03-03T00:00Z")
    assert say(tom, ada, set_id, 10, said).status_code == 200
    assert Notification.objects.count() == 1


def test_the_last_word_is_the_last_one_said(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    set_id = workout.sets.get().id
    say(tom, ada, set_id, 10)
    assert say(ada, ada, set_id, 9).json()["final_rep_count"] == 9
    assert say(tom, ada, set_id, 11).json()["final_rep_count"] == 11


def test_the_athlete_takes_back_what_the_coach_said(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    set_id, said = workout.sets.get().id, uuid4()
    say(tom, ada, set_id, 10, said)
    answer = ada.call("DELETE", f"sets/{set_id}/corrections/{said}")
    assert answer.json()["final_rep_count"] == 8
    assert say(tom, ada, set_id, 10, said).json()["final_rep_count"] == 8


def test_the_coach_takes_back_only_their_own(
    ada: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    set_id, hers, his = workout.sets.get().id, uuid4(), uuid4()
    say(ada, ada, set_id, 9, hers)
    path = f"athletes/{ada.user.id}/sets/{set_id}/corrections"
    assert tom.call("DELETE", f"{path}/{hers}").status_code == 409
    assert ada.get(f"sets/{set_id}")["final_rep_count"] == 9
    say(tom, ada, set_id, 12, his)
    assert tom.call("DELETE", f"{path}/{his}").json()["final_rep_count"] == 9


@pytest.mark.parametrize("scopes", [["plan", "replay", "comments"], None])
def test_without_the_results_there_is_nothing_to_correct(
    ada: Athlete, eve: Athlete, tom: Athlete, scopes: list[str] | None
) -> None:
    set_id = a_workout(eve.user, date(2026, 3, 2), *squats(8)).sets.get().id
    if scopes:
        grant_link(athlete=eve.user, coach=tom.user, scopes=scopes)
    assert say(tom, eve, set_id, 10).status_code == 404
    assert not Notification.objects.exists()


def test_a_set_of_somebody_else_is_not_reached_through_an_athlete(
    ada: Athlete, eve: Athlete, tom: Athlete, workout: WorkoutSession
) -> None:
    other = a_workout(eve.user, date(2026, 3, 2), *squats(8)).sets.get()
    assert say(tom, ada, other.id, 10).status_code == 404
    other.refresh_from_db()
    assert other.final_rep_count == 8
