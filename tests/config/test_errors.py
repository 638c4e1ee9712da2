"""One shape for everything that goes wrong under /api."""

import asyncio
import json
import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import Client
from rest_framework import exceptions, serializers

from config.body_limit import BodyLimit
from config.errors import MOST_TOLD, exception_handler
from tests.browser import Browser


def told(error: Exception) -> tuple[int, dict[str, Any]]:
    answer = exception_handler(error, {})
    assert answer is not None
    assert answer.data.keys() == {"error"}
    assert answer.data["error"].keys() == {"code", "message", "fields", "reference"}
    return answer.status_code, answer.data["error"]


@pytest.mark.parametrize(
    ("detail", "field"),
    [
        ({"weekly_goal": ["Too many."]}, "weekly_goal"),
        ({"frames[3].keypoints[5][0]": "Not a number."}, "frames[3].keypoints[5][0]"),
        ({"frames": [{}, {"t_ms": ["Wrong."]}]}, "frames[1].t_ms"),
        ({"frames": {2: {"keypoints": ["Wrong."]}}}, "frames[2].keypoints"),
        ({"body": {"non_field_errors": ["Wrong."]}}, "body"),
    ],
)
def test_a_field_has_its_path(detail: Any, field: str) -> None:
    status, error = told(serializers.ValidationError(detail))
    assert (status, error["code"]) == (400, "invalid")
    assert [found["field"] for found in error["fields"]] == [field]


def test_what_is_wrong_with_the_whole_has_a_message_and_no_field() -> None:
    _, error = told(ValidationError("The two do not fit."))
    assert (error["message"], error["fields"]) == ("The two do not fit.", [])


def test_a_model_says_which_field() -> None:
    _, error = told(ValidationError({"ended_at": ["Too early."], "__all__": ["Twice."]}))
    assert error["fields"] == [{"field": "ended_at", "message": "Too early."}]
    assert "Twice." in error["message"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (RequestDataTooBig(), 413, "too_large"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
    ],
)
def test_each_status_has_a_code(error: Exception, status: int, code: str) -> None:
    assert (told(error)[0], told(error)[1]["code"]) == (status, code)


def test_too_fast_says_when_to_come_back() -> None:
    answer = exception_handler(exceptions.Throttled(wait=6.2), {})
    assert answer is not None
    assert answer["Retry-After"] == "7"


@pytest.mark.django_db
def test_the_api_answers_in_this_shape() -> None:
    ada = Browser()
    ada.sign_up()
    assert ada.call("PUT", "/api/me").json()["error"]["code"] == "method_not_allowed"
    text = ada.client.generic(
        "PATCH", "/api/me", b"a,b", content_type="text/csv",
        headers={"X-CSRFToken": ada.client.cookies["csrftoken"].value},
    )  # fmt: skip
    assert (text.status_code, text.json()["error"]["code"]) == (415, "unsupported_media_type")


def test_an_answer_does_not_grow_with_what_is_wrong() -> None:
    _, error = told(serializers.ValidationError({str(i): ["w" * 1_000] for i in range(1_000)}))
    assert len(error["fields"]) == MOST_TOLD
    assert len(json.dumps(error)) < 20_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [b"[" * 50_000, b'{"a":' * 50_000, b'{"units": "\\ud800"}'], ids=["[", "{", "half"]
)
def test_json_that_cannot_be_read_or_told_again_is_refused(body: bytes) -> None:
    """Lists in lists without end, and one half of a surrogate pair."""
    ada = Browser()
    ada.sign_up()
    token = {"X-CSRFToken": ada.client.cookies["csrftoken"].value}
    answer = ada.client.generic("PATCH", "/api/me", body, "application/json", headers=token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parse_error")


@pytest.mark.django_db
def test_a_refused_file_is_told_in_json_whatever_was_asked_for() -> None:
    ada = Browser()
    ada.sign_up()
    answer = ada.client.get("/api/report.csv?from=x", headers={"Accept": "text/csv,*/*;q=0.1"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")


@pytest.mark.django_db
def test_a_fault_of_ours_is_a_plain_500(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("accounts.apis.user_update", fail)
    ada = Browser()
    ada.sign_up("secret.name@example.org")
    ada.client.raise_request_exception = False
    with caplog.at_level(logging.INFO):
        answer = ada.call("PATCH", "/api/me", {"display_name": "Very Private"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "server_error")
    assert "ZeroDivisionError" in caplog.text
    assert "Very Private" not in caplog.text
    assert "secret.name" not in caplog.text


def test_a_strange_host_is_refused_in_this_shape() -> None:
    answer = Client(headers={"host": "evil.example"}).get("/api/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


class Body:
    """A body that comes in pieces, and how many were asked for."""

    def __init__(self, pieces: int, size: int) -> None:
        self.left, self.size, self.asked = pieces, size, 0

    async def receive(self) -> dict[str, Any]:
        self.asked, self.left = self.asked + 1, self.left - 1
        return {"type": "http.request", "body": b"x" * self.size, "more_body": self.left > 0}


async def reads_all(_scope: Any, receive: Any, send: Any) -> None:
    while (await receive())["more_body"]:
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})


@pytest.mark.parametrize(
    ("headers", "asked"),
    [([(b"content-length", b"209715200")], 0), ([], 3)],
    ids=["told", "untold"],
)
def test_a_huge_body_is_refused_before_it_is_read(headers: Any, asked: int) -> None:
    body, sent = Body(pieces=400, size=500_000), []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(BodyLimit(reads_all)({"headers": headers}, body.receive, send))
    assert body.asked == asked
    assert sent[0]["status"] == 413
    assert json.loads(sent[1]["body"])["error"]["code"] == "too_large"


def test_a_body_of_the_right_size_goes_through() -> None:
    sent = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(BodyLimit(reads_all)({"headers": []}, Body(4, 1000).receive, send))
    assert sent[0]["status"] == 200


@pytest.mark.parametrize(
    ("error", "code", "wait"),
    [
        (OperationalError("could not connect"), "unavailable", "2"),
        (InterfaceError("connection already closed"), "unavailable", "2"),
        (OperationalError("database or disk is full"), "storage_full", "30"),
    ],
)
def test_a_database_that_takes_nothing_says_when_to_come_back(
    error: Exception, code: str, wait: str
) -> None:
    answer = exception_handler(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data["error"]["code"]) == (503, code)
    assert answer["Retry-After"] == wait


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (OperationalError("gone"), 503, "unavailable"),
        (ZeroDivisionError(), 500, "server_error"),
    ],
)
def test_what_breaks_outside_of_our_views_has_the_same_shape(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("config.spa.Path.read_text", breaks)
    client = Client(raise_request_exception=False)
    answer = client.get("/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.has_header("Retry-After") is (status == 503)


def test_words_in_a_list_are_one_sentence_without_fields() -> None:
    _, error = told(exceptions.PermissionDenied(["Not this.", "Nor that."]))  # type: ignore[arg-type]
    assert (error["code"], error["message"]) == ("permission_denied", "Not this.; Nor that.")
    assert error["fields"] == []
