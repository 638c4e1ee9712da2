"""Who has withdrawn the consent to storing movements: nothing new by any way, nothing old left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Consent, User
from sessions.models import Clip, Import, OwnExercise
from sessions.retention import remove_old_keypoints
from tests.workouts.builders import Athlete, errors, squats
from tests.workouts.carried import brought, exported, sent
from tests.workouts.conftest import Queue
from tests.workouts.shown import an_exercise, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(catalogue: None) -> Athlete:
    return Athlete(User.objects.create_user("cora@example.org", is_coach=True))


def withdraw(who: Athlete) -> None:
    now = timezone.now()
    Consent.objects.create(
        user=who.user, document="movement", version="1", agreed_at=now, ended_at=now
    )


def code(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]  # type: ignore[attr-defined]


REFUSED = (403, "consent_withdrawn")


def test_no_import_is_begun_and_none_that_was_checked_is_read(
    athlete: Athlete, queue: Queue
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(1)))
    queue.run()
    body = exported(athlete)
    report = sent(athlete, queue, body)
    withdraw(athlete)
    started = athlete.call("POST", f"imports/{report['id']}/start", {"with_profile": False})
    assert code(started) == REFUSED
    assert Import.objects.get().state == Import.State.CHECKED
    another = {"name": "a.zip", "bytes": 10, "weight_unit": "kg"}
    assert code(athlete.call("PUT", f"imports/{uuid4()}", another)) == REFUSED
    Consent.objects.update(ended_at=None)
    assert brought(athlete, queue, body)["state"] == "done"


def test_a_coach_shows_nothing_new_and_changes_words_alone(coach: Athlete) -> None:
    own = an_exercise(coach.user)
    withdraw(coach)
    assert code(coach.call("PUT", f"own-exercises/{uuid4()}", given())) == REFUSED
    assert code(coach.call("PUT", f"own-exercises/{own.id}", given())) == REFUSED
    words = given(name="Chair squat")
    del words["reference"]
    assert coach.call("PUT", f"own-exercises/{own.id}", words).json()["name"] == "Chair squat"


def test_a_recording_goes_and_what_was_made_of_it_stays(coach: Athlete, athlete: Athlete) -> None:
    own, other = an_exercise(coach.user), an_exercise(athlete_as_coach(athlete))
    withdraw(coach)
    remove_old_keypoints()
    left = OwnExercise.objects.get(id=own.id)
    assert bytes(left.reference) == b""
    assert left.template == own.template
    assert bytes(OwnExercise.objects.get(id=other.id).reference)
    frames = coach.get(f"own-exercises/{own.id}/frames")
    assert (frames["t_ms"], frames["keypoints"], frames["width_px"]) == ([], [], None)
    words = given()
    del words["reference"]
    assert "reference" in errors(coach.call("PUT", f"own-exercises/{own.id}", words))
    Consent.objects.update(ended_at=None)
    assert coach.call("PUT", f"own-exercises/{own.id}", given()).status_code == 200
    assert coach.get(f"own-exercises/{own.id}/frames")["t_ms"]


def test_a_set_of_a_clock_that_is_ahead_goes_too(athlete: Athlete, queue: Queue) -> None:
    at = timezone.now() + timedelta(hours=20)
    set_id = athlete.start_set(athlete.start_workout(at), at=at)
    athlete.finish(set_id, athlete.send_all(set_id, squats(1)), at)
    queue.run()
    withdraw(athlete)
    remove_old_keypoints()
    assert not Clip.objects.exists()


def athlete_as_coach(athlete: Athlete) -> User:
    athlete.user.is_coach = True
    athlete.user.save()
    return athlete.user
