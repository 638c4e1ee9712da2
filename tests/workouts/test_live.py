"""A workout through real processes: one on SQLite, and several on PostgreSQL and Redis."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

from models.clip import CONTENT_TYPE, Clip, encode
from tests.live import Answer, Visitor
from tests.workouts.builders import START, as_json, clips, set_body, squats


def signed_up(site: str) -> Visitor:
    visitor = Visitor(site)
    answer = visitor.sign_up(f"{uuid4().hex}@example.org")
    assert answer.status == 200, answer.body
    return visitor


def send(visitor: Visitor, set_id: object, index: int, clip: Clip) -> Answer:
    return visitor.call(
        "PUT", f"/api/sets/{set_id}/clips/{index}", encode(clip), content_type=CONTENT_TYPE
    )


def test_squats_are_counted_by_the_worker_and_stand_in_the_trend(site: str) -> None:
    visitor, workout_id, set_id = signed_up(site), uuid4(), uuid4()
    start = {"started_at": START.isoformat(), "time_zone": "Europe/Berlin"}
    assert visitor.call("PUT", f"/api/workouts/{workout_id}", start).status == 200
    body = set_body(workout_id, "squat")
    assert visitor.call("PUT", f"/api/sets/{set_id}", body).status == 200

    sent = list(clips(squats(5)))
    end = {"clip_count": len(sent), "ended_at": (START + timedelta(seconds=12)).isoformat()}
    for index in reversed(range(1, len(sent))):
        assert send(visitor, set_id, index, sent[index]).status == 202
    assert visitor.call("POST", f"/api/sets/{set_id}/finish", end).status == 200
    first = visitor.call("PUT", f"/api/sets/{set_id}/clips/0", as_json(sent[0]))
    assert first.status == 202, first.body

    deadline = time.monotonic() + 30
    while not (series := visitor.call("GET", "/api/trends?period=all").json["series"]) or (
        series[0]["points"][0]["reps"] != 5
    ):
        assert time.monotonic() < deadline, visitor.call("GET", f"/api/sets/{set_id}").json
        time.sleep(0.2)
    told = visitor.call("GET", f"/api/sets/{set_id}").json
    assert (told["state"], told["rep_count"], told["missing_clips"]) == ("done", 5, [])


def test_the_same_write_at_once_is_one_write(site: str) -> None:
    visitor, workout_id, set_id = signed_up(site), uuid4(), uuid4()
    start = {"started_at": START.isoformat(), "time_zone": "UTC"}
    [clip] = clips(squats(1)[:20])
    with ThreadPoolExecutor(4) as pool:

        def four_times(*request: object) -> list[Answer]:
            return [one.result() for one in [pool.submit(visitor.call, *request) for _ in "1234"]]

        for path, body in (
            (f"/api/workouts/{workout_id}", start),
            (f"/api/sets/{set_id}", set_body(workout_id, None)),
        ):
            answers = four_times("PUT", path, body)
            assert [one.status for one in answers] == [200] * 4, [one.body for one in answers]
            assert len({one.body for one in answers}) == 1
        answers = four_times("PUT", f"/api/sets/{set_id}/clips/0", as_json(clip))
    assert [one.status for one in answers] == [202] * 4, [one.body for one in answers]
    assert sorted(one.json["duplicate"] for one in answers) == [False, True, True, True]
    workout = visitor.call("GET", f"/api/workouts/{workout_id}").json
    assert [one["clips_received"] for one in workout["sets"]] == [1]


def test_two_hundred_megabytes_of_json_are_refused_unread(site: str) -> None:
    visitor = signed_up(site)
    connection = HTTPConnection(urlsplit(site).netloc, timeout=20)
    connection.putrequest("PUT", f"/api/sets/{uuid4()}/clips/0")
    for name, value in (
        ("Content-Type", "application/json"),
        ("Content-Length", str(200 * 1024 * 1024)),
        ("Cookie", "; ".join(f"{one.name}={one.value}" for one in visitor.cookies)),
        ("X-CSRFToken", visitor.cookie("csrftoken")),
    ):
        connection.putheader(name, value)
    connection.endheaders()  # and not one byte of the body
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["error"]["code"] == "too_large"
    connection.close()
