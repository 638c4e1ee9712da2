"""Codes of an app and recovery codes, through the API that the page uses."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from pytest_django import Settings

from accounts.factors import secrets
from accounts.models import User
from tests.accounts.factors import (
    CODES,
    PASSKEYS,
    STEP,
    TOTP,
    code_now,
    pending,
    prove,
    recovery_codes,
    set_up_totp,
    signed_in,
)
from tests.browser import AUTH, PASSWORD, Browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Browser:
    return signed_in()


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is never of the period that has just ended, and works more than once in a test."""
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)


def another_period(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_030.0)


def test_the_password_alone_is_half_of_the_way(ada: Browser, monkeypatch: Any) -> None:
    secret = set_up_totp(ada)
    another_period(monkeypatch)
    other = Browser()
    answer = other.sign_in()
    assert answer.status_code == 401
    assert set(pending(answer)) == {"totp", "recovery_codes"}
    assert not other.is_signed_in()
    assert other.call("POST", STEP, {"code": "000000"}).status_code == 400
    assert not other.is_signed_in()
    assert other.call("POST", STEP, {"code": code_now(secret)}).status_code == 200
    assert other.is_signed_in()


def test_a_code_works_once(ada: Browser, monkeypatch: Any) -> None:
    secret = set_up_totp(ada)
    another_period(monkeypatch)
    for expected in (200, 400):
        other = Browser()
        other.sign_in()
        answer = other.call("POST", STEP, {"code": code_now(secret)})
        assert answer.status_code == expected


def test_a_wrong_code_sets_nothing_up(ada: Browser) -> None:
    ada.get(TOTP)
    answer = ada.call("POST", TOTP, {"code": "123456"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["param"] == "code"
    assert "clock" in answer.json()["errors"][0]["message"]
    assert not Authenticator.objects.exists()


def test_the_secret_is_told_once(ada: Browser) -> None:
    set_up_totp(ada)
    assert "secret" not in json.dumps(ada.get(TOTP).json())


def test_recovery_codes_are_shown_once_and_work_once(ada: Browser) -> None:
    set_up_totp(ada)
    codes = recovery_codes(ada)
    assert len(set(codes)) == 10
    assert "unused_codes" not in ada.get(CODES).json()["data"]
    for expected in (200, 400):
        other = Browser()
        other.sign_in()
        assert other.call("POST", STEP, {"code": codes[3]}).status_code == expected
    assert ada.get(CODES).json()["data"]["unused_code_count"] == 9
    new = ada.call("POST", CODES).json()["data"]["unused_codes"]
    assert set(new).isdisjoint(codes)


def test_nothing_in_the_database_gives_a_code_away(ada: Browser) -> None:
    secret = set_up_totp(ada)
    codes = recovery_codes(ada)
    rows = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert not any(code in rows for code in codes)
    for row in Authenticator.objects.all():
        kept = row.data.get("secret") or row.data["seed"]
        assert kept.startswith("gAAAA")  # Fernet


def test_guessing_codes_is_slowed_down(ada: Browser) -> None:
    set_up_totp(ada)
    guesser = Browser()
    guesser.sign_in()
    told = [guesser.call("POST", STEP, {"code": f"{n:06}"}).json() for n in range(20)]
    assert "too_many_login_attempts" in {one["errors"][0]["code"] for one in told}


def test_taking_it_away_takes_the_recovery_codes_along(ada: Browser) -> None:
    set_up_totp(ada)
    assert ada.call("DELETE", TOTP).status_code == 200
    assert not Authenticator.objects.exists()
    assert Browser().sign_in().status_code == 200


def test_what_is_old_is_asked_again(settings: Settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    ada = signed_in()
    answer = ada.get(PASSKEYS)
    assert answer.status_code == 401
    assert answer.json()["meta"]["is_authenticated"] is True
    assert {flow["id"] for flow in answer.json()["data"]["flows"]} == {"reauthenticate"}
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert prove(ada).status_code == 200
    assert ada.get(PASSKEYS).status_code == 200


@pytest.mark.parametrize(
    ("language", "added", "used"),
    [
        ("en", "Codes of an app protect your account", "A recovery code was used"),
        ("de", "Codes einer App schützen dein Konto", "Ein Wiederherstellungscode wurde benutzt"),
    ],
)
def test_the_owner_is_told_in_their_language(
    ada: Browser, language: str, added: str, used: str
) -> None:
    ada.call("PATCH", "/api/me", {"language": language})
    set_up_totp(ada)
    other = Browser()
    other.sign_in()
    other.call("POST", STEP, {"code": recovery_codes(ada)[0]})
    ada.call("POST", CODES)
    ada.call("DELETE", TOTP)
    subjects = [one.subject.removeprefix("PoseCoach: ") for one in mail.outbox]
    assert subjects[:2] == [added, used]
    assert len(subjects) == 4
    assert all(one.to == ["ada@example.org"] for one in mail.outbox)
    assert "127.0.0.1" in str(mail.outbox[0].body)
    assert "/security" in str(mail.outbox[0].body)
    assert ": 9." in str(mail.outbox[1].body)


def test_another_password_is_told_too(ada: Browser) -> None:
    change = {"current_password": PASSWORD, "new_password": "four quiet herons"}
    ada.call("POST", f"{AUTH}/account/password/change", change)
    assert mail.outbox[-1].subject == "PoseCoach: Your password was changed"


def test_a_key_that_was_replaced_still_reads(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old" * 20, []
    kept = secrets.encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert secrets.decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_a_lost_key_lets_nobody_in(
    ada: Browser, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    secret = set_up_totp(ada)
    settings.SECRET_KEY = "another" * 9
    assert secrets.decrypt(Authenticator.objects.get(type="totp").data["secret"]) != secret
    assert "SECRET_KEY_FALLBACKS" in caplog.text
    assert secret not in caplog.text
    other = Browser()
    other.sign_in()
    assert other.call("POST", STEP, {"code": code_now(secret)}).status_code == 400


def test_an_unconfirmed_address_is_no_reason_to_go_without(ada: Browser) -> None:
    assert not User.objects.get().emailaddress_set.filter(verified=True).exists()
    assert set_up_totp(ada)
