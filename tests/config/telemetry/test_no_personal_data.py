"""Whole journeys, every logger at DEBUG: no line holds an address, a name or a secret."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import override_settings

from accounts.models import User
from models.clip import encode
from sessions import tasks
from sessions.services.catalogue import catalogue_load
from tests.browser import AUTH, PASSWORD, Browser
from tests.coach.people import a_coach
from tests.config.telemetry.lines import Lines, listening
from tests.workouts.builders import Athlete, clips, squats

EMAIL = "zenobia.quexley@example.org"
NAME = "Zenobia Quexley"
NEW_PASSWORD = "four brave herons"

pytestmark = pytest.mark.django_db


class Journey:
    """Everything that was said, and everything that must not be."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.secrets = {EMAIL, "zenobia", NAME, "Quexley", PASSWORD, NEW_PASSWORD}

    def keep(self, browser: Browser) -> None:
        for name in ("sessionid", "csrftoken"):
            if morsel := browser.client.cookies.get(name):
                self.secrets.add(morsel.value)

    def leaks(self) -> list[str]:
        text = self.lines.text.casefold()
        return sorted(one for one in self.secrets if one and one.casefold() in text)


@pytest.fixture
def journey() -> Any:
    with listening() as lines:
        yield Journey(lines)


def test_sign_up_sign_in_and_a_new_password(journey: Journey) -> None:
    ada = Browser()
    ada.sign_up(EMAIL)
    journey.keep(ada)
    ada.call("PATCH", "/api/me", {"display_name": NAME})
    ada.sign_out()
    ada.sign_in(EMAIL, "wrong zenobia")
    ada.call("POST", f"{AUTH}/auth/password/request", {"email": EMAIL})
    link = re.search(r"/reset-password/(\S+)", str(mail.outbox[-1].body))
    assert link
    journey.secrets.add(link[1])
    ada.get(f"/reset-password/{link[1]}")
    ada.call("POST", f"{AUTH}/auth/password/reset", {"key": link[1], "password": NEW_PASSWORD})
    ada.sign_in(EMAIL, NEW_PASSWORD)
    journey.keep(ada)
    assert ada.is_signed_in()
    assert journey.leaks() == []


@pytest.fixture
def catalogue() -> None:
    catalogue_load()


def person(name: str) -> Athlete:
    return Athlete(User.objects.create_user(f"{name}@example.org"))


def test_clips_and_what_is_wrong_with_them(journey: Journey, catalogue: None) -> None:
    ada = person("zenobia.quexley")
    journey.keep(ada)  # type: ignore[arg-type]
    made = ada.start_set(ada.start_workout(), "squat")
    clip = next(iter(clips(squats(1))))
    ada.send(made, 0, clip)
    ada.send(made, 0, encode(clip)[:-3])
    ada.client.put(
        f"/api/sets/{made}/clips/1?note=zenobia", b'{"frames": ["zenobia"]}', "application/json"
    )
    ada.call("PUT", f"sets/{made}/clips/x", {"zenobia": 1})
    for number in (f"{x:.3f}" for x in clip.poses[0, :5, 0].tolist()):
        journey.secrets.add(number)
    assert journey.leaks() == []


def test_an_invitation(journey: Journey, catalogue: None) -> None:
    tom, ada = a_coach("tom.zenobia"), person("zenobia.quexley")
    made = tom.call("POST", "invitations", {"scopes": ["results"], "email": EMAIL}).json()
    journey.secrets.add(made["code"])
    ada.get(f"invited/{made['code']}")
    ada.call("POST", f"invited/{made['code']}/accept", {"scopes": ["results"]})
    ada.call("GET", "invited/zenobia-zenobia-1")
    assert journey.leaks() == []


def test_a_mail_server_that_says_whom_it_refuses(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(f"550 no such user {EMAIL}")

    ada = Browser()
    ada.sign_up(EMAIL)
    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    ada.call("POST", f"{AUTH}/auth/password/request", {"email": EMAIL})
    assert any("mail was not sent" in line["message"] for line in journey.lines.lines)
    assert journey.leaks() == []


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"{NAME} has no such thing"),
        IntegrityError(f"duplicate key\nDETAIL:  Key (email)=({EMAIL}) already exists."),
        OSError(f"cannot reach {EMAIL}"),
    ],
)
def test_a_fault_of_ours(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(**given: object) -> None:
        password = NEW_PASSWORD  # noqa: F841 (a local value that a long traceback would show)
        raise error

    monkeypatch.setattr("accounts.apis.user_update", fail)
    ada = Browser()
    ada.sign_up(EMAIL)
    ada.client.raise_request_exception = False
    answer = ada.call("PATCH", "/api/me", {"display_name": NAME})
    assert answer.status_code == 500
    told = [line for line in journey.lines.lines if "exception" in line]
    assert told[0]["exception"]["type"] == type(error).__name__
    assert told[0]["request_id"] == answer.json()["error"]["reference"]
    assert journey.leaks() == []


def test_a_task_that_fails(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_set_id: object) -> None:
        raise ValueError(f"{NAME} <{EMAIL}>")

    monkeypatch.setattr("sessions.tasks.analysis.analyze_set", fail)
    with override_settings(DEBUG=False):
        tasks.analyze_set.apply(("7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111",))
    (line,) = journey.lines.of("task failed")
    assert (line["task"], line["exception"]["type"]) == ("sessions.tasks.analyze_set", "ValueError")
    assert line["set_id"] == "7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111"
    assert journey.leaks() == []


def test_the_test_can_fail(journey: Journey) -> None:
    import logging

    logging.getLogger("sessions.x").warning("Quexley")
    assert journey.leaks() == ["Quexley"]
