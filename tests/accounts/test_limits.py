"""Who tries too often waits, and is told for how long; nobody keeps somebody else out."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisDown

from accounts import throttles
from accounts.models import AuditEntry, Kind, User
from accounts.passwords import OurWordsValidator
from accounts.sign_in_limits import unlock, wait_s
from tests.browser import AUTH, PASSWORD, Browser

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


class Somewhere(Browser):
    """A browser with an address of its own."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.client.defaults["REMOTE_ADDR"] = address


@pytest.fixture(autouse=True)
def _ada(db: None) -> None:
    User.objects.create_user(ADA, PASSWORD)


def guess(browser: Browser, times: int) -> list[int]:
    return [browser.sign_in(ADA, "wrong").status_code for _ in range(times)]


def test_after_five_guesses_from_one_place_one_waits() -> None:
    eve = Somewhere("192.0.2.1")
    assert guess(eve, 6) == [400] * 5 + [429]
    refused = eve.sign_in(ADA, PASSWORD)
    assert refused.status_code == 429, "the right password, too"
    assert 290 <= int(refused["Retry-After"]) <= 300
    [error] = refused.json()["errors"]
    assert error["code"] == "too_many_login_attempts"
    assert "5 minutes" in error["message"]


def test_the_owner_comes_in_from_elsewhere_meanwhile() -> None:
    guess(Somewhere("192.0.2.1"), 6)
    assert Somewhere("198.51.100.1").sign_in(ADA, PASSWORD).status_code == 200


def test_many_places_together_are_not_let_guess_for_ever(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_anywhere": "8/h/key",
    }
    codes = [guess(Somewhere(f"192.0.2.{n}"), 1)[0] for n in range(9)]
    assert codes == [400] * 8 + [429]


def test_one_place_is_not_let_try_many_accounts() -> None:
    eve = Somewhere("192.0.2.1")
    codes = [eve.sign_in(f"user{n}@example.org", "wrong").status_code for n in range(12)]
    assert codes == [400] * 10 + [429] * 2


def test_signing_in_is_no_guess() -> None:
    for _ in range(7):
        assert Somewhere("192.0.2.1").sign_in(ADA, PASSWORD).status_code == 200


def test_an_admin_lets_an_account_go_on() -> None:
    eve = Somewhere("192.0.2.1")
    guess(eve, 6)
    unlock(ADA.upper())
    assert eve.sign_in(ADA, PASSWORD).status_code == 200


def test_a_pause_is_in_the_log_once() -> None:
    guess(Somewhere("192.0.2.1"), 9)
    blocked = AuditEntry.objects.filter(kind=Kind.SIGN_IN_BLOCKED)
    assert [one.place for one in blocked] == ["192.0.2.0/24"]
    assert AuditEntry.objects.filter(kind=Kind.SIGN_IN_FAILED).count() == 5


def test_a_header_from_a_client_is_no_other_place() -> None:
    codes = []
    for n in range(6):
        eve = Somewhere("192.0.2.1")
        eve.client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{n}"
        codes += guess(eve, 1)
    assert codes[-1] == 429


def test_sign_up_and_reset_are_counted_by_place(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip", "reset_password": "1/m/ip"}
    for path, body in (
        ("signup", {"email": "{}@example.org", "password": PASSWORD}),
        ("password/request", {"email": "{}@example.org"}),
    ):
        answers: list[Any] = []
        for name in ("one", "two"):
            given = {key: value.format(name) for key, value in body.items()}
            answers.append(Somewhere("192.0.2.9").call("POST", f"{AUTH}/auth/{path}", given))
        assert answers[0].status_code == 200, path
        assert answers[1].status_code == 429, path
        assert 1 <= int(answers[1]["Retry-After"]) <= 60
        assert "try again in" in answers[1].json()["errors"][0]["message"]


def test_nobody_guesses_while_nobody_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()

    def away(*_: object, **__: object) -> None:
        raise RedisDown

    monkeypatch.setattr(cache, "add", away)
    answer = browser.sign_in(ADA, PASSWORD)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_training_goes_on_while_nobody_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.sign_in(ADA, PASSWORD)

    def away(*_: object, **__: object) -> None:
        raise RedisDown

    monkeypatch.setattr(throttles.cache, "add", away)
    assert browser.call("PATCH", "/api/me", {"weekly_goal": 4}).status_code == 200


def test_writes_are_counted_by_person_and_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.throttles.time.time", lambda: 1_800_000_001.0)
    ada = Browser()
    ada.sign_in(ADA, PASSWORD)
    monkeypatch.setattr(throttles, "WRITES", 2)
    codes = [ada.call("PATCH", "/api/me", {"weekly_goal": n}).status_code for n in (1, 2, 3)]
    assert codes == [200, 200, 429]
    assert ada.get("/api/me").status_code == 200, "reading is not counted"
    refused = ada.call("PATCH", "/api/me", {"weekly_goal": 4})
    assert refused["Retry-After"] == "60"
    assert refused.json()["error"]["message"].endswith("in 60 seconds.")
    monkeypatch.setattr(throttles, "WRITES_OF_ADDRESS", 4)
    User.objects.create_user("bo@example.org", PASSWORD)
    bo = Browser()
    bo.sign_in("bo@example.org", PASSWORD)
    assert bo.call("PATCH", "/api/me", {"weekly_goal": 4}).status_code == 429


def test_exports_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.throttles.time.time", lambda: 1_800_000_001.0)
    monkeypatch.setattr(throttles, "EXPORTS", 1)
    ada = Browser()
    ada.sign_in(ADA, PASSWORD)
    first = ada.get("/api/export/sets.csv")
    b"".join(first)
    assert first.status_code == 200
    refused = ada.get("/api/export/sets.csv")
    assert refused.status_code == 429
    assert "minute" in refused.json()["error"]["message"]


@pytest.mark.parametrize("password", ["posecoach", "PoseCoach-2026!", "squat.plank.99", "Training"])
def test_words_of_the_page_make_no_password(password: str) -> None:
    account = {"email": "new@example.org", "password": password}
    answer = Browser().call("POST", f"{AUTH}/auth/signup", account)
    assert answer.status_code == 400
    assert {one["param"] for one in answer.json()["errors"]} == {"password"}


@pytest.mark.parametrize("password", ["squats with otters", "12 34 56", "训练很开心啊"])
def test_words_of_ones_own_do(password: str) -> None:
    OurWordsValidator().validate(password)


def test_a_page_of_admin_has_no_door_of_its_own() -> None:
    assert Client().get("/admin/").status_code == 302


def test_an_admin_sees_whose_sign_in_is_paused_and_lets_it_go_on() -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    User.objects.create_user("bo@example.org", PASSWORD)
    eve = Somewhere("192.0.2.1")
    guess(eve, 6)
    admin = Client()
    admin.force_login(root, "allauth.account.auth_backends.AuthenticationBackend")
    listed = reverse("admin:accounts_user_changelist")
    page = admin.get(listed, {"sign_in": "paused"}).content.decode()
    assert ADA in page
    assert "bo@example.org" not in page
    ada = User.objects.get(email=ADA)
    admin.post(listed, {"action": "let_sign_in", "_selected_action": [str(ada.pk)]})
    assert ADA not in admin.get(listed, {"sign_in": "paused"}).content.decode()
    assert eve.sign_in(ADA, PASSWORD).status_code == 200
    assert AuditEntry.objects.filter(kind=Kind.SIGN_IN_UNBLOCKED, about=ada, by=root).exists()


def test_a_count_that_runs_out_in_between_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ada = Browser()
    ada.sign_in(ADA, PASSWORD)
    monkeypatch.setattr(throttles, "WRITES", 1)
    assert ada.call("PATCH", "/api/me", {"weekly_goal": 4}).status_code == 200

    def gone(key: str) -> int:
        raise ValueError(f"Key {key!r} not found")

    monkeypatch.setattr(throttles.cache, "incr", gone)
    assert ada.call("PATCH", "/api/me", {"weekly_goal": 5}).status_code == 200


def test_who_cannot_be_told_when_is_told_later() -> None:
    assert throttles.too_soon(None) == "That was too often. Please try again later."


def test_what_is_counted_by_person_keeps_no_stranger_waiting(rf: RequestFactory) -> None:
    stranger = rf.post(f"{AUTH}/account/password/change")
    stranger.user = AnonymousUser()
    assert wait_s(stranger, "change_password") == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"'])
def test_a_body_that_is_no_question_is_refused_and_no_guess(body: bytes) -> None:
    browser = Browser()
    for _ in range(12):
        token = browser.client.cookies["csrftoken"].value
        answer = browser.client.post(
            f"{AUTH}/auth/login", body, "application/json", headers={"X-CSRFToken": token}
        )
        assert answer.status_code == 400
    assert browser.sign_in(ADA, PASSWORD).status_code == 200
