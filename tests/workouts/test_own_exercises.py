"""An exercise that a coach has shown is a row of the catalogue to everything but its counting."""

import json
from base64 import b64encode
from dataclasses import replace
from uuid import uuid4

import pytest

from accounts.models import User
from sessions.analysis import analyze_set
from sessions.models import Exercise, OwnExercise, TrendDay, WorkoutSet
from sessions.references import BadReferenceError, read
from sessions.services.own import own_restore, own_retire
from sessions.trends import refresh
from tests.workouts.builders import Athlete, clips, errors, set_body, squats
from tests.workouts.carried import brought, exported, packed, sent, unpacked
from tests.workouts.conftest import Queue
from tests.workouts.shown import MARKS, an_exercise, given, reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(catalogue: None) -> Athlete:
    return Athlete(User.objects.create_user("cora@example.org", is_coach=True, display_name="Cora"))


@pytest.fixture
def shown(coach: Athlete, athlete: Athlete) -> OwnExercise:
    own = an_exercise(coach.user)
    own.shared_with.add(athlete.user)
    return own


def listed(who: Athlete) -> dict[str, dict[str, object]]:
    return {one["slug"]: one for one in who.get("exercises")}


def test_who_was_given_it_is_told_of_it_and_nobody_else(
    coach: Athlete, athlete: Athlete, stranger: Athlete, shown: OwnExercise
) -> None:
    slug = shown.exercise_id
    told = listed(athlete)[slug]
    assert (told["name"], told["offered"], told["joints"]) == ("Sofa squat", True, ["knee", "hip"])
    assert told["own"]["coach"] == "Cora"  # type: ignore[index]
    assert listed(athlete)["squat"]["own"] is None
    assert slug in listed(coach)
    assert slug not in listed(stranger)
    known = stranger.call("PUT", f"sets/{uuid4()}", set_body(stranger.start_workout(), slug))
    unknown = stranger.call("PUT", f"sets/{uuid4()}", set_body(stranger.start_workout(), "own-x"))
    assert known.status_code == unknown.status_code == 400
    assert errors(known)["exercise"].replace(slug, "own-x") == errors(unknown)["exercise"]


def test_a_set_of_it_is_counted_by_its_template_and_makes_a_trend(
    athlete: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    slug = shown.exercise_id
    workout = athlete.start_workout()
    set_id = athlete.start_set(workout, slug)
    count = athlete.send_all(set_id, squats(6, period_s=2.6))
    queue.run()
    assert 4 <= athlete.get(f"sets/{set_id}")["rep_count"] <= 6
    athlete.finish(set_id, count)
    queue.run()
    done = athlete.get(f"sets/{set_id}")
    assert (done["rep_count"], done["exercise"], done["final_exercise"]) == (6, slug, slug)
    assert done["model_version"].startswith("own-1-")
    assert done["confidence"] > 0.5
    assert all(rep["rom_deg"] > 20 for rep in done["reps"])
    assert TrendDay.objects.get(exercise=slug).reps == 6
    assert athlete.get("records")["exercises"][0]["exercise"] == slug


def test_a_movement_that_is_too_small_is_an_attempt_with_what_was_needed(
    athlete: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    set_id = athlete.start_set(athlete.start_workout(), shown.exercise_id)
    poses = squats(5)
    small = slice(15 * 5, 15 * 7)  # the third of them
    standing = poses[0, :, :2]
    poses[small, :, :2] = standing + 0.3 * (poses[small, :, :2] - standing)
    athlete.finish(set_id, athlete.send_all(set_id, poses))
    queue.run()
    done = athlete.get(f"sets/{set_id}")
    assert (done["rep_count"], [one["reason"] for one in done["attempts"]]) == (4, ["too_small"])
    assert 5_000 <= done["attempts"][0]["start_ms"] + 500 <= 6_000


def test_who_trained_it_still_reads_its_name_when_it_has_retired(
    coach: Athlete, athlete: Athlete, stranger: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    slug = shown.exercise_id
    workout = athlete.start_workout()
    set_id = athlete.start_set(workout, slug)
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    queue.run()
    own_retire(author=coach.user, own_id=shown.id)
    assert listed(athlete)[slug]["offered"] is False
    late = athlete.call("PUT", f"sets/{uuid4()}", set_body(workout, slug))
    assert late.status_code == 200, "a set that was trained before may come later"
    own_restore(author=coach.user, own_id=shown.id)
    assert listed(athlete)[slug]["offered"] is True
    shown.shared_with.clear()
    assert listed(athlete)[slug]["offered"] is False
    refresh(athlete.user.pk)
    assert TrendDay.objects.filter(exercise=slug).exists()


def test_sets_outlive_the_coach_and_the_keypoints_do_not(
    coach: Athlete, athlete: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    slug = shown.exercise_id
    set_id = athlete.start_set(athlete.start_workout(), slug)
    athlete.finish(set_id, athlete.send_all(set_id, squats(5)))
    queue.run()
    coach.user.delete()
    assert not OwnExercise.objects.exists()
    WorkoutSet.objects.filter(id=set_id).update(analyzed_revision=0, revision=1)
    analyze_set(set_id)
    done = athlete.get(f"sets/{set_id}")
    assert (done["final_exercise"], done["final_rep_count"]) == (slug, 5)
    told = listed(athlete)[slug]
    assert (told["name"], told["own"], told["offered"]) == ("Sofa squat", None, False)


def test_a_put_can_be_repeated_and_an_edit_keeps_the_recording(coach: Athlete) -> None:
    own_id = uuid4()
    first = coach.call("PUT", f"own-exercises/{own_id}", given())
    again = coach.call("PUT", f"own-exercises/{own_id}", given())
    assert first.status_code == again.status_code == 200
    assert first.json()["slug"] == again.json()["slug"]
    body = given(name="Bench squat", joints=["hip"], marks=MARKS[:2])
    del body["reference"]
    edited = coach.call("PUT", f"own-exercises/{own_id}", body).json()
    assert (edited["name"], edited["joints"]) == ("Bench squat", ["hip"])
    assert edited["template"]["joints"][0]["name"] == "hip"
    frames = coach.get(f"own-exercises/{own_id}/frames")
    assert (frames["width_px"], frames["height_px"]) == (640, 480)
    assert len(frames["keypoints"]) == 51 * len(frames["t_ms"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"marks": MARKS[:1]}, "marks"),
        ({"marks": [MARKS[0], {**MARKS[1], "turn_ms": 2900}]}, "marks[1].turn_ms"),
        ({"marks": [MARKS[0], {**MARKS[1], "end_ms": 60_000}]}, "marks[1].end_ms"),
        ({"marks": [MARKS[1], MARKS[0]]}, "marks[1].start_ms"),
        ({"reference": "???"}, "reference"),
        ({"reference": "UENDTA=="}, "reference"),
        ({"name": ""}, "name"),
        ({"joints": ["wrist"]}, "joints[0]"),
        ({"cues": [{"text": "Go", "moment": "never"}]}, "cues[0].moment"),
        ({"cues": [{"text": "Go", "moment": "start"}] * 7}, "cues"),
    ],
)
def test_what_is_wrong_is_named(coach: Athlete, change: dict[str, object], field: str) -> None:
    answer = coach.call("PUT", f"own-exercises/{uuid4()}", given(**change))
    assert answer.status_code == 400
    assert list(errors(answer)) == [field]
    assert not OwnExercise.objects.exists()


def test_a_reference_that_is_cut_off_is_refused(coach: Athlete) -> None:
    cut = b64encode(reference()[:-5]).decode()
    answer = coach.call("PUT", f"own-exercises/{uuid4()}", given(reference=cut))
    assert "clip 3: size" in errors(answer)["reference"]


def test_others_own_exercises_do_not_exist(
    coach: Athlete, athlete: Athlete, shown: OwnExercise
) -> None:
    other = Athlete(User.objects.create_user("carl@example.org", is_coach=True))
    path = f"own-exercises/{shown.id}"
    for who in (other, athlete):
        assert who.call("GET", path).status_code == 404
        assert who.call("GET", f"{path}/frames").status_code == 404
        assert who.call("DELETE", path).status_code == 404
        assert who.call("POST", f"{path}/restore").status_code == 404
        assert who.call("PUT", f"{path}/athletes", {"athletes": []}).status_code == 404
    assert other.call("PUT", path, given()).status_code == 404
    assert athlete.call("PUT", path, given()).status_code == 403
    assert athlete.get("own-exercises") == []


def test_an_export_with_it_is_read_where_nobody_has_shown_it(
    coach: Athlete, athlete: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    slug = shown.exercise_id
    set_id = athlete.start_set(athlete.start_workout(), slug)
    athlete.finish(set_id, athlete.send_all(set_id, squats(5)))
    queue.run()
    body = exported(athlete)
    assert brought(athlete, queue, body)["counts"]["same"] == 1
    athlete.user.delete()
    coach.user.delete()
    Exercise.objects.filter(slug=slug).delete()
    ada = Athlete(User.objects.create_user("ada@example.org"))
    assert brought(ada, queue, body)["counts"]["brought"] == 1
    told = ada.get(f"sets/{set_id}")
    assert (told["final_exercise"], told["final_rep_count"]) == (slug, 5)
    assert (listed(ada)[slug]["name"], listed(ada)[slug]["offered"]) == ("Sofa squat", False)


def test_an_export_that_names_what_it_does_not_bring_is_refused(
    athlete: Athlete, stranger: Athlete, shown: OwnExercise, queue: Queue
) -> None:
    slug = shown.exercise_id
    set_id = athlete.start_set(athlete.start_workout(), slug)
    athlete.finish(set_id, athlete.send_all(set_id, squats(5)))
    queue.run()
    files = unpacked(exported(athlete))
    name = next(one for one in files if one.startswith("workouts/"))
    record = json.loads(files[name])
    assert [one["slug"] for one in record["exercises"]] == [slug]
    files[name] = json.dumps({**record, "exercises": []}).encode()
    athlete.user.delete()
    report = sent(stranger, queue, packed(files))
    assert report["counts"]["refused"] == 1
    assert "I do not know" in report["problems"][0]["message"]


def test_there_is_an_end_to_how_many_and_a_retired_one_is_not_shown_anew(
    coach: Athlete, shown: OwnExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.services.own.MOST", 1)
    refused = coach.call("PUT", f"own-exercises/{uuid4()}", given())
    assert refused.status_code == 409
    assert "Retire one first" in refused.json()["error"]["message"]
    assert coach.call("PUT", f"own-exercises/{shown.id}", given()).status_code == 200
    own_retire(author=coach.user, own_id=shown.id)
    refused = coach.call("PUT", f"own-exercises/{shown.id}", given())
    assert "Bring it back first" in refused.json()["error"]["message"]
    unfilmed = given()
    del unfilmed["reference"]
    answer = coach.call("PUT", f"own-exercises/{uuid4()}", unfilmed)
    assert errors(answer)["reference"] == "Record the exercise first."


@pytest.mark.parametrize(
    ("size", "words"), [(0, "at least one clip"), (300 * 1024 + 1, "at most 307200 bytes")]
)
def test_a_recording_has_a_size(size: int, words: str) -> None:
    with pytest.raises(BadReferenceError, match=words):
        read(b"\0" * size)


def test_a_recording_has_a_length() -> None:
    later = [replace(one, t_ms=one.t_ms + 119_000) for one in clips(squats(3))]
    with pytest.raises(BadReferenceError, match="at most 120 s"):
        read(reference(later))
