"""Bad input: each is told which field is wrong, what is wrong and what would be right."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from models.clip import CONTENT_TYPE, encode
from sessions.models import Clip, WorkoutSession, WorkoutSet
from tests.workouts.builders import (
    START,
    Athlete,
    as_json,
    clips,
    errors,
    set_body,
    standing,
)
from tests.workouts.conftest import Queue


@pytest.fixture
def set_id(athlete: Athlete) -> UUID:
    return athlete.start_set(athlete.start_workout())


CLIP = next(clips(standing(20)))


def test_a_corrupt_clip_is_refused(athlete: Athlete, set_id: UUID) -> None:
    broken = bytearray(encode(CLIP))
    broken[100] ^= 0xFF
    answer = athlete.send(set_id, 0, bytes(broken))
    assert answer.status_code == 400
    assert "crc32" in errors(answer)
    assert not Clip.objects.exists()


def test_an_empty_request_is_refused(athlete: Athlete, set_id: UUID) -> None:
    assert "body" in errors(athlete.send(set_id, 0, b""))


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_json_that_is_no_number_is_refused_by_field(
    athlete: Athlete, set_id: UUID, token: str
) -> None:
    body = as_json(CLIP)
    body["frames"][3]["keypoints"][5][0] = "HERE"
    text = json.dumps(body).replace('"HERE"', token)
    answer = athlete.client.put(f"/api/sets/{set_id}/clips/0", text, "application/json")
    assert answer.status_code == 400
    if token != "1e999":  # orjson says "number out of range" and where
        assert list(errors(answer)) == ["frames[3].keypoints[5][0]"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda body: body["frames"][4].update(t_ms=1), "frames[4].dt_ms"),
        (lambda body: body["frames"][0].update(t_ms="0"), "frames[0].t_ms"),
        (lambda body: body["frames"][2]["keypoints"].pop(), "frames[2].keypoints"),
        (lambda body: body["frames"][2]["keypoints"][1].pop(), "frames[2].keypoints[1]"),
        (lambda body: body["frames"][0]["keypoints"][0].__setitem__(0, 320),
         "frames[0].keypoints[0][0]"),
        (lambda body: body.update(estimator="mediapipe"), "estimator"),
        (lambda body: body.update(width_px=0), "width_px"),
        (lambda body: body.update(frames=[]), "frames"),
        (lambda body: body.update(frames=body["frames"] * 16), "frames"),
        (lambda body: body["frames"][-1].update(t_ms=5_001), "frames[19].dt_ms"),
        (lambda body: [one.update(t_ms=one["t_ms"] + 14_400_001) for one in body["frames"]],
         "start_ms"),
    ],
)  # fmt: skip
def test_a_wrong_field_of_a_clip_is_named(
    athlete: Athlete, set_id: UUID, change: Any, field: str
) -> None:
    body = as_json(CLIP)
    change(body)
    answer = athlete.call("PUT", f"sets/{set_id}/clips/0", body)
    assert answer.status_code == 400
    assert field in errors(answer), answer.json()
    assert answer.json()["error"]["code"] == "invalid"


def test_json_and_binary_are_the_same_clip(athlete: Athlete, set_id: UUID) -> None:
    assert athlete.call("PUT", f"sets/{set_id}/clips/0", as_json(CLIP)).status_code == 202
    assert athlete.send(set_id, 0, CLIP).json()["duplicate"] is True


def test_another_clip_under_a_taken_index_is_a_conflict(athlete: Athlete, set_id: UUID) -> None:
    athlete.send(set_id, 0, CLIP)
    answer = athlete.send(set_id, 0, next(clips(standing(21))))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
    assert Clip.objects.get().frames == 20


def test_clips_may_not_overlap(athlete: Athlete, set_id: UUID) -> None:
    first, second = clips(standing(60))
    assert athlete.send(set_id, 1, first).status_code == 202
    assert "start_ms" in errors(athlete.send(set_id, 0, second))
    assert athlete.send(set_id, 2, second).status_code == 202
    assert "start_ms" in errors(athlete.send(set_id, 3, first))


@pytest.mark.parametrize("index", [14_400, 2**40, 2**70])
def test_an_index_beyond_four_hours_is_refused(athlete: Athlete, set_id: UUID, index: int) -> None:
    assert "index" in errors(athlete.send(set_id, index, CLIP))


def test_a_finished_and_complete_set_takes_no_more(athlete: Athlete, set_id: UUID) -> None:
    sent = list(clips(standing(90)))
    athlete.send(set_id, 0, sent[0])
    athlete.finish(set_id, 2)
    assert "index" in errors(athlete.send(set_id, 2, sent[2]))
    assert athlete.send(set_id, 1, sent[1]).status_code == 202
    assert athlete.send(set_id, 2, sent[2]).status_code == 409


def test_too_large_is_refused_before_it_is_read(athlete: Athlete, set_id: UUID) -> None:
    class Unread(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    for content_type, limit in ((CONTENT_TYPE, 65_536), ("application/json", 524_288)):
        answer = athlete.client.generic(
            "PUT",
            f"/api/sets/{set_id}/clips/0",
            CONTENT_TYPE=content_type,
            CONTENT_LENGTH=str(limit + 1),
            **{"wsgi.input": Unread()},
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_third_content_type_is_refused(athlete: Athlete, set_id: UUID) -> None:
    answer = athlete.client.put(f"/api/sets/{set_id}/clips/0", b"1", content_type="text/csv")
    assert answer.status_code == 415


def test_too_fast_is_told_when_to_come_back(
    athlete: Athlete, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.throttles.time.time", lambda: 1_000_003.0)
    monkeypatch.setattr("sessions.throttles.CLIPS_PER_WINDOW", 4)
    assert [athlete.send(set_id, 0, CLIP).status_code for _ in range(4)] == [202] * 4
    refused = athlete.send(set_id, 0, CLIP)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "8")
    monkeypatch.setattr("accounts.throttles.time.time", lambda: 1_000_011.0)
    assert athlete.send(set_id, 0, CLIP).status_code == 202


def test_what_is_not_ones_own_does_not_exist(
    athlete: Athlete, stranger: Athlete, set_id: UUID
) -> None:
    workout_id = WorkoutSet.objects.get(id=set_id).workout_id
    end = {"ended_at": START.isoformat()}
    start = {"started_at": START.isoformat(), "time_zone": "UTC"}
    own_workout = stranger.start_workout()
    for method, path, body in (
        ("GET", f"workouts/{workout_id}", None),
        ("PUT", f"workouts/{workout_id}", start),
        ("PATCH", f"workouts/{workout_id}", {"note": "mine"}),
        ("POST", f"workouts/{workout_id}/finish", end),
        ("DELETE", f"workouts/{workout_id}", None),
        ("POST", f"workouts/{workout_id}/restore", None),
        ("GET", f"workouts?before={workout_id}", None),
        ("GET", f"sets/{set_id}", None),
        ("PUT", f"sets/{set_id}", set_body(own_workout, "squat")),
        ("PUT", f"sets/{uuid4()}", set_body(workout_id, "squat")),
        ("PUT", f"sets/{set_id}/clips/0", as_json(CLIP)),
        ("POST", f"sets/{set_id}/finish", {"clip_count": 0, **end}),
        ("DELETE", f"sets/{set_id}", None),
        ("POST", f"sets/{set_id}/restore", None),
    ):
        answer = stranger.call(method, path, body)
        assert answer.status_code == 404, (method, path, answer.content)
    assert WorkoutSession.objects.get(id=workout_id).note == ""
    assert not Clip.objects.exists()


def test_nobody_signed_in_is_asked_to_sign_in(client: Any, set_id: UUID) -> None:
    for path in ("home", "exercises", "trends", "workouts", f"sets/{set_id}"):
        assert client.get(f"/api/{path}").status_code == 401


def test_an_unknown_exercise_is_answered_with_those_there_are(athlete: Athlete) -> None:
    answer = athlete.call("PUT", f"sets/{uuid4()}", set_body(athlete.start_workout(), "yoga"))
    assert answer.status_code == 400
    message = errors(answer)["exercise"]
    assert "yoga" in message
    assert "bicep_curl, deadlift" in message


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"started_at": "yesterday", "time_zone": "UTC"}, "started_at"),
        ({"started_at": START.isoformat(), "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"started_at": "2999-01-01T00:00:00Z", "time_zone": "UTC"}, "started_at"),
        ({"time_zone": "UTC"}, "started_at"),
    ],
)
def test_a_wrong_field_of_a_workout_is_named(
    athlete: Athlete, body: dict[str, str], field: str
) -> None:
    answer = athlete.call("PUT", f"workouts/{uuid4()}", body)
    assert answer.status_code == 400
    assert list(errors(answer)) == [field]


def test_other_values_under_a_known_id_are_a_conflict(athlete: Athlete, set_id: UUID) -> None:
    workout_id = WorkoutSet.objects.get(id=set_id).workout_id
    other = {"started_at": START.isoformat(), "time_zone": "Europe/Berlin"}
    assert athlete.call("PUT", f"workouts/{workout_id}", other).status_code == 409
    other = set_body(workout_id, "lunge")
    assert athlete.call("PUT", f"sets/{set_id}", other).status_code == 409


def test_a_set_ends_once_and_after_its_clips(athlete: Athlete, set_id: UUID) -> None:
    athlete.send(set_id, 4, CLIP)
    assert "clip_count" in errors(athlete.finish(set_id, 4))
    assert athlete.finish(set_id, 5).status_code == 200
    assert athlete.finish(set_id, 6).status_code == 409


def test_undo_ends_after_thirty_days(athlete: Athlete, set_id: UUID) -> None:
    athlete.call("DELETE", f"sets/{set_id}")
    WorkoutSet.objects.filter(id=set_id).update(deleted_at=datetime.now(UTC) - timedelta(days=31))
    assert athlete.call("POST", f"sets/{set_id}/restore").status_code == 400


def test_nobody_in_the_picture_is_said_kindly(athlete: Athlete, set_id: UUID, queue: Queue) -> None:
    athlete.finish(set_id, athlete.send_all(set_id, np.zeros((60, 17, 3), np.float32)))
    queue.run()
    told = athlete.get(f"sets/{set_id}")
    assert told["rep_count"] == 0
    assert told["message"] == "I could not see a whole person. Try a few steps back."
    assert told["message_code"] == "not_visible"


def test_a_set_without_a_clip_is_said(athlete: Athlete, set_id: UUID, queue: Queue) -> None:
    athlete.finish(set_id, 0)
    queue.run()
    told = athlete.get(f"sets/{set_id}")
    assert (told["state"], told["message"]) == ("done", "Nothing of this set has reached me.")


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"a": NaN', b"\xff\xfe"])
def test_what_is_not_json_is_refused(athlete: Athlete, set_id: UUID, body: bytes) -> None:
    answer = athlete.client.put(f"/api/sets/{set_id}/clips/0", body, "application/json")
    assert answer.status_code == 400
