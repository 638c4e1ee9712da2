"""A coach reads what was granted, and the athlete can tell; anything else does not exist."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Access
from coach.selectors.threads import thread_get
from coach.services.access import PAGE_LASTS
from coach.services.links import end_link, grant_link
from tests.coach.builders import a_workout, squats
from tests.workouts.builders import Athlete, add_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("tom@example.org", is_coach=True))


def test_a_coach_reads_a_workout_and_the_athlete_can_tell(ada: Athlete, tom: Athlete) -> None:
    workout = a_workout(ada.user, date(2026, 3, 2), *squats(8, 8))
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    path = f"athletes/{ada.user.id}/workouts/{workout.id}"
    assert tom.get(path) == ada.get(f"workouts/{workout.id}")
    [look] = Access.objects.filter(athlete=ada.user)
    assert (look.coach, look.what, look.target) == (tom.user, "workout", workout.id)


@pytest.mark.parametrize("page", ["workouts", "trends", "records"])
def test_without_the_scope_there_is_no_such_athlete(ada: Athlete, tom: Athlete, page: str) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["plan"])
    assert tom.call("GET", f"athletes/{ada.user.id}/{page}").status_code == 404
    assert not Access.objects.exists()


@pytest.mark.parametrize(
    ("part", "page", "what"),
    [
        ("/workouts", "", "overview"),
        ("/timeline", "", "overview"),
        ("/compliance", "", "overview"),
        ("/plan-changes", "/plans", "plan"),
    ],
)
def test_a_part_of_a_page_shares_its_look_and_is_no_way_around_the_log(
    ada: Athlete, tom: Athlete, part: str, page: str, what: str
) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "plan"])
    looks = Access.objects.filter(athlete=ada.user, coach=tom.user)
    for path, seen in ((part, 1), (part, 1), (page, 2), (part, 2)):
        tom.get(f"athletes/{ada.user.id}{path}")
        assert list(looks.values_list("what", flat=True)) == [what] * seen
    looks.update(at=timezone.now() - PAGE_LASTS)
    tom.get(f"athletes/{ada.user.id}{part}")
    assert looks.count() == 3


def test_what_ended_is_gone_at_once(ada: Athlete, tom: Athlete) -> None:
    link = grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    assert tom.get(f"athletes/{ada.user.id}/workouts")["results"] == []
    end_link(link=link, acting=ada.user)
    assert tom.call("GET", f"athletes/{ada.user.id}/workouts").status_code == 404


def test_an_athlete_is_not_another_ones_set(ada: Athlete, eve: Athlete, tom: Athlete) -> None:
    workout = a_workout(eve.user, date(2026, 3, 2), *squats(8))
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    assert tom.call("GET", f"athletes/{ada.user.id}/workouts/{workout.id}").status_code == 404


def test_a_thread_of_others_is_not_found(ada: Athlete, eve: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "comments"])
    thread, one = uuid4(), add_set(ada.user, reps=1)
    path = f"athletes/{ada.user.pk}/sets/{one.pk}/threads/{thread}"
    said = {"message": {"id": str(uuid4()), "text": "Knees"}}
    assert tom.call("PUT", path, said).status_code == 200
    assert thread_get(actor=ada.user, athlete=ada.user, thread_id=thread).row.id == thread
    for actor, athlete in ((eve, eve), (eve, ada)):
        with pytest.raises(NotFound, match="no such thread of yours"):
            thread_get(actor=actor.user, athlete=athlete.user, thread_id=thread)
