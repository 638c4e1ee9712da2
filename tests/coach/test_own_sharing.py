"""A coach gives an exercise to athletes of theirs: by hand, or with a plan that asks for it."""

from uuid import uuid4

import pytest

from accounts.models import Notification, User
from coach.models import CoachLink, Scope
from coach.services.plan_changes import plan_assign
from sessions.models import OwnExercise
from tests.coach.builders import MONDAY, NOW, a_programme
from tests.workouts.builders import Athlete, errors
from tests.workouts.shown import an_exercise

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("cora@example.org", is_coach=True, display_name="Cora"))


@pytest.fixture
def shown(coach: Athlete, ada: Athlete) -> OwnExercise:
    CoachLink.objects.create(coach=coach.user, athlete=ada.user, scopes=[Scope.PLAN])
    return an_exercise(coach.user)


def share(coach: Athlete, own: OwnExercise, *athletes: Athlete):
    ids = [str(one.user.pk) for one in athletes]
    return coach.call("PUT", f"own-exercises/{own.id}/athletes", {"athletes": ids})


def offered(who: Athlete) -> set[str]:
    return {one["slug"] for one in who.get("exercises") if one["offered"]}


def test_an_athlete_is_told_once_and_can_train_it(
    coach: Athlete, ada: Athlete, shown: OwnExercise
) -> None:
    for _ in range(2):
        assert share(coach, shown, ada).json()["athletes"] == [str(ada.user.pk)]
    assert shown.exercise_id in offered(ada)
    told = Notification.objects.get(user=ada.user)
    assert (told.kind, told.data["title"]) == ("exercise_shared", "Sofa squat")
    assert told.url == f"/exercises/{shown.exercise_id}"
    assert share(coach, shown).json()["athletes"] == []
    assert shown.exercise_id not in offered(ada)


def test_nobody_without_a_link_can_be_chosen_or_found_out(
    coach: Athlete, eve: Athlete, shown: OwnExercise
) -> None:
    there = share(coach, shown, eve)
    nobody = coach.call("PUT", f"own-exercises/{shown.id}/athletes", {"athletes": [str(uuid4())]})
    assert there.status_code == nobody.status_code == 400
    assert errors(there) == errors(nobody)
    assert list(errors(there)) == ["athletes[0]"]


def test_whose_link_has_ended_keeps_it_and_is_not_told_to_the_coach(
    coach: Athlete, ada: Athlete, shown: OwnExercise
) -> None:
    share(coach, shown, ada)
    CoachLink.objects.update(ended_at=NOW)
    assert coach.get(f"own-exercises/{shown.id}")["athletes"] == []
    assert share(coach, shown).status_code == 200
    assert shown.exercise_id in offered(ada)


def test_a_plan_brings_the_exercises_that_it_asks_for(
    coach: Athlete, ada: Athlete, shown: OwnExercise
) -> None:
    asked = {"exercise": shown.exercise_id, "sets": 3, "reps": 8, "rule": "add_rep"}
    plan_assign(
        coach=coach.user, athlete=ada.user, plan_id=uuid4(),
        programme=a_programme(coach.user, [asked]), starts_on=MONDAY, weekdays=(0,), weeks=2,
        at=None, now=NOW,
    )  # fmt: skip
    assert shown.exercise_id in offered(ada)
    planned = ada.get("planned?from=2026-03-02&to=2026-03-08")
    assert shown.exercise_id in str(planned)


def test_only_who_has_it_can_put_it_into_a_programme(
    coach: Athlete, eve: Athlete, shown: OwnExercise
) -> None:
    item = {"exercise": shown.exercise_id, "sets": 3, "reps": 8, "rule": "add_rep"}
    body = {"title": "Mine", "weeks": 2, "days": [{"week": 0, "title": "", "items": [item]}]}
    refused = eve.call("PUT", f"programmes/{uuid4()}", body)
    assert list(errors(refused)) == ["days[0].items[0].exercise"]
    assert coach.call("PUT", f"programmes/{uuid4()}", body).status_code == 200
