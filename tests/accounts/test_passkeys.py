"""Passkeys: as the whole sign-in, as its second step, and as the answer to "is it you?"."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from pytest_django import Settings

from tests.accounts.factors import PASSKEYS, add_passkey, pending, signed_in
from tests.accounts.passkey import Passkey
from tests.browser import AUTH, Browser

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN = f"{AUTH}/auth/webauthn/login"
STEP = f"{AUTH}/auth/webauthn/authenticate"
AGAIN = f"{AUTH}/auth/webauthn/reauthenticate"


@pytest.fixture
def ada() -> Browser:
    return signed_in()


@pytest.fixture
def phone(ada: Browser) -> Passkey:
    passkey = Passkey()
    answer = add_passkey(ada, passkey)
    assert answer.status_code == 200, answer.content
    assert answer.json()["data"]["is_passwordless"] is True
    return passkey


def come_in(passkey: Passkey, browser: Browser, where: str) -> int:
    options = browser.get(where).json()["data"]["request_options"]
    answer = browser.call("POST", where, {"credential": passkey.sign(options)})
    return int(answer.status_code)


def test_it_signs_in_by_itself(phone: Passkey) -> None:
    browser = Browser()
    assert come_in(phone, browser, LOGIN) == 200
    assert browser.is_signed_in()


def test_it_is_the_second_step(phone: Passkey) -> None:
    browser = Browser()
    assert set(pending(browser.sign_in())) == {"webauthn", "recovery_codes"}
    assert not browser.is_signed_in()
    assert come_in(phone, browser, STEP) == 200
    assert browser.is_signed_in()


def test_it_says_that_it_is_still_you(ada: Browser, phone: Passkey, settings: Settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    asked = ada.get(f"{PASSKEYS}?passwordless")
    assert asked.status_code == 401
    assert "mfa_reauthenticate" in {flow["id"] for flow in asked.json()["data"]["flows"]}
    assert come_in(phone, ada, AGAIN) == 200


@pytest.mark.usefixtures("phone")
def test_another_one_is_refused() -> None:
    stranger = Passkey()
    browser = Browser()
    options = browser.get(LOGIN).json()["data"]["request_options"]
    stranger.user_handle = "AAAA"
    answer = browser.call("POST", LOGIN, {"credential": stranger.sign(options)})
    assert answer.status_code == 400
    assert not browser.is_signed_in()


def test_a_page_elsewhere_gets_nothing_for_it(phone: Passkey) -> None:
    phone.origin = "https://testserver.example"
    browser = Browser()
    assert come_in(phone, browser, LOGIN) == 400
    assert not browser.is_signed_in()


def test_without_a_finger_or_a_pin_it_is_no_sign_in(phone: Passkey) -> None:
    phone.flags &= ~0x04
    browser = Browser()
    assert come_in(phone, browser, LOGIN) == 400
    assert not browser.is_signed_in()


def test_an_answer_cannot_be_sent_twice(phone: Passkey) -> None:
    first = Browser()
    options = first.get(LOGIN).json()["data"]["request_options"]
    credential = phone.sign(options)
    assert first.call("POST", LOGIN, {"credential": credential}).status_code == 200
    second = Browser()
    second.get(LOGIN)
    assert second.call("POST", LOGIN, {"credential": credential}).status_code == 400


def test_it_is_renamed_and_removed_by_its_owner_alone(ada: Browser, phone: Passkey) -> None:
    assert phone.user_handle
    row = Authenticator.objects.get(type="webauthn")
    eve = Browser()
    eve.sign_up("eve@example.org")
    for call in (("PUT", {"id": row.pk, "name": "Hers"}), ("DELETE", {"authenticators": [row.pk]})):
        assert eve.call(call[0], PASSKEYS, call[1]).status_code == 400
    assert ada.call("PUT", PASSKEYS, {"id": row.pk, "name": "Old phone"}).status_code == 200
    row.refresh_from_db()
    assert row.wrap().name == "Old phone"
    assert ada.call("DELETE", PASSKEYS, {"authenticators": [row.pk]}).status_code == 200
    assert not Authenticator.objects.exists()
    subjects = [one.subject for one in mail.outbox if one.to == ["ada@example.org"]]
    assert subjects == [
        "PoseCoach: A passkey was added to your account",
        "PoseCoach: A passkey was removed from your account",
    ]
