"""A request has an id from its first byte to its last line, and so has what follows from it."""

import logging
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from config.telemetry import meters
from config.telemetry.context import begun, know, known, pseudonym, request_id, request_id_from
from config.telemetry.http import Observed
from config.telemetry.routes import CLIP, socket_route, template
from tests.browser import Browser
from tests.config.telemetry.lines import listening

GIVEN = "0123456789abcdef"


@pytest.mark.parametrize("given", [GIVEN, "7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111", "a" * 64])
def test_a_proxy_may_give_the_id(given: str) -> None:
    assert Client().get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "ada@example.org", "short", "a" * 65, "Ada Lovelace 1815", "0123456789abcdeg\n"]
)
def test_nobody_brings_words_into_the_log(given: str) -> None:
    made = request_id_from(given)
    assert made != given
    assert len(made) == 16


@pytest.mark.django_db
def test_an_error_tells_the_reference_of_its_request() -> None:
    answer = Client().get("/api/me")
    assert answer.status_code == 401
    assert answer.json()["error"]["reference"] == answer["X-Request-ID"]


@pytest.mark.django_db
def test_a_line_knows_route_person_and_rows_and_no_address() -> None:
    ada = Browser()
    ada.sign_up()
    missing = "7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111"
    with listening() as lines, begun(GIVEN, method="GET"):
        ada.get(f"/api/sets/{missing}?secret=1")
        logging.getLogger("config.telemetry.http").info("request", extra={"status": 404})
    (line,) = lines.of("request")
    me = ada.get("/api/me").wsgi_request.user
    assert line | {"time": ""} == {
        "time": "",
        "level": "INFO",
        "logger": "config.telemetry.http",
        "message": "request",
        "request_id": GIVEN,
        "method": "GET",
        "route": "/api/sets/{set_id}",
        "status": 404,
        "user": pseudonym(me.pk),
        "set_id": missing,
    }


def test_a_pseudonym_needs_the_key(settings: Any) -> None:
    before = pseudonym(1)
    assert len(before) == 10
    assert before == pseudonym(1) != pseudonym(2)
    settings.SECRET_KEY = "another"
    assert pseudonym(1) != before


def test_nothing_is_known_outside_of_work() -> None:
    know(user="x")
    assert (request_id(), dict(known())) == ("", {})
    with begun(GIVEN, method="PUT"):
        know(user="x")
        with begun("b" * 16):
            assert known() == {"request_id": "b" * 16}
        assert known() == {"request_id": GIVEN, "method": "PUT", "user": "x"}


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ("api/sets/<uuid:set_id>/clips/<int:index>", CLIP),
        ("api/calendar-feed/<str:token>.ics", "/api/calendar-feed/{token}.ics"),
        ("healthz", "/healthz"),
        ("^", "page"),
        (r"admin/^(?P<url>.*)$", "/admin/…"),
    ],
)
def test_an_address_is_told_by_its_template(route: str, told: str) -> None:
    assert template(route) == told


def test_a_socket_is_told_by_its_template() -> None:
    mine = "/ws/workouts/7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111"
    assert socket_route(mine) == "/ws/workouts/{workout_id}"
    assert socket_route("/ws/me") == "/ws/me"
    assert socket_route("/ws/ada@example.org") == "unmatched"


async def answered(app: Any, path: str = "/x", method: str = "GET", *headers: Any) -> Any:
    scope = {"type": "http", "path": path, "method": method, "headers": list(headers)}
    page = ApplicationCommunicator(Observed(app), scope)
    await page.send_input({"type": "http.request"})
    return await page.receive_output(5)


async def fine(_scope: Any, _receive: Any, send: Any) -> None:
    know(route="/x")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_under_asgi_the_answer_carries_the_id() -> None:
    start = await answered(fine, "/x", "GET", (b"x-request-id", GIVEN.encode()))
    assert start["headers"] == [(b"x-request-id", GIVEN.encode())]


async def test_what_breaks_is_a_500_and_still_breaks() -> None:
    async def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    with listening() as lines, pytest.raises(ZeroDivisionError):
        await answered(breaks, "/x")
    (line,) = lines.of("request")
    assert (line["status"], line["level"], line["route"]) == (500, "WARNING", "unmatched")


async def test_who_hangs_up_has_no_answer() -> None:
    async def nothing(*_: Any) -> None:
        return

    with listening() as lines:
        scope = {"type": "http", "path": "/x", "method": "GET", "headers": []}
        await Observed(nothing)(scope, None, None)  # type: ignore[arg-type]
    assert lines.of("request")[0]["status"] == 499


async def test_what_is_asked_all_the_time_is_not_told_when_all_is_well() -> None:
    async def probe(scope: Any, receive: Any, send: Any) -> None:
        await fine(scope, receive, send)
        know(route="/healthz")

    with listening() as lines:
        await answered(probe)
        await answered(fine)
    assert [line["level"] for line in lines.of("request")] == ["DEBUG", "INFO"]


async def test_a_socket_that_was_never_accepted_was_never_open() -> None:
    async def refuses(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.close", "code": 4403})

    before = meters.SOCKETS.labels("/ws/me")._value.get()
    with listening() as lines:
        page = ApplicationCommunicator(
            Observed(refuses), {"type": "websocket", "path": "/ws/me", "headers": []}
        )
        await page.send_input({"type": "websocket.connect"})
        assert (await page.receive_output(5))["type"] == "websocket.close"
        await page.wait(5)
    assert lines.of("socket closed")[0]["status"] == 4403
    assert meters.SOCKETS.labels("/ws/me")._value.get() == before


async def test_what_is_neither_a_request_nor_a_socket_goes_through() -> None:
    heard = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        heard.append(scope["type"])

    await Observed(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert heard == ["lifespan"]
