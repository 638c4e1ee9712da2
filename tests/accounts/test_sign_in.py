"""Sign-up, sign-in and passwords, through the API that the page uses."""

import re
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import Settings

from accounts.models import User
from tests.browser import AUTH, PASSWORD, Browser

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "four quiet herons"


@pytest.fixture
def ada() -> Browser:
    browser = Browser()
    assert browser.sign_up(display_name="Ada", time_zone="Europe/Berlin").status_code == 200
    return browser


def test_sign_up_signs_in_and_keeps_name_and_time_zone(ada: Browser) -> None:
    me = ada.get("/api/me").json()
    assert me["email"] == "ada@example.org"
    assert (me["display_name"], me["time_zone"]) == ("Ada", "Europe/Berlin")


def test_sign_up_needs_neither_name_nor_time_zone() -> None:
    browser = Browser()
    browser.sign_up()
    assert browser.get("/api/me").json()["time_zone"] == "UTC"


@pytest.mark.parametrize(
    ("account", "param"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"password": "12345"}, "password"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_sign_up_names_the_wrong_field(account: dict[str, str], param: str) -> None:
    whole = {"email": "ada@example.org", "password": PASSWORD, **account}
    answer = Browser().call("POST", f"{AUTH}/auth/signup", whole)
    assert answer.status_code == 400
    assert {error["param"] for error in answer.json()["errors"]} == {param}
    assert not User.objects.exists()


def test_sign_out_ends_the_session(ada: Browser) -> None:
    ada.sign_out()
    assert not ada.is_signed_in()
    assert ada.sign_in().status_code == 200
    assert ada.is_signed_in()


def test_the_case_of_the_address_does_not_matter(ada: Browser) -> None:
    other = Browser()
    assert other.sign_in("ADA@Example.org").status_code == 200
    assert Browser().sign_up("Ada@EXAMPLE.org").status_code == 400
    assert User.objects.count() == 1


@pytest.mark.usefixtures("ada")
def test_sign_in_says_the_same_for_a_wrong_password_and_for_a_stranger() -> None:
    wrong_password = Browser().sign_in(password="a wrong password")
    stranger = Browser().sign_in(email="nobody@example.org")
    assert wrong_password.status_code == stranger.status_code == 400
    assert wrong_password.json() == stranger.json()


@pytest.mark.usefixtures("ada")
def test_guessing_is_slowed_down() -> None:
    guesser = Browser()
    codes = [guesser.sign_in(password=f"guess {n}").json()["errors"][0]["code"] for n in range(8)]
    assert "too_many_login_attempts" in codes
    assert guesser.sign_in().status_code == 429


def test_a_write_without_the_csrf_token_is_refused(ada: Browser) -> None:
    answer = ada.call("PATCH", "/api/me", {"weekly_goal": 4}, **{"X-CSRFToken": "forged"})
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["error"]["message"]
    login = {"email": "ada@example.org", "password": PASSWORD}
    answer = ada.call("POST", f"{AUTH}/auth/login", login, **{"X-CSRFToken": "forged"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "csrf_failed"


def test_password_change_asks_for_the_current_one(ada: Browser) -> None:
    change = f"{AUTH}/account/password/change"
    wrong = {"current_password": "wrong", "new_password": NEW_PASSWORD}
    answer = ada.call("POST", change, wrong)
    assert answer.json()["errors"][0]["param"] == "current_password"
    right = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert ada.call("POST", change, right).status_code == 200
    assert ada.is_signed_in()
    assert Browser().sign_in(password=NEW_PASSWORD).status_code == 200


@pytest.mark.usefixtures("ada")
def test_a_forgotten_password_is_reset_by_mail() -> None:
    mail.outbox.clear()
    browser = Browser()
    browser.call("POST", f"{AUTH}/auth/password/request", {"email": "ada@example.org"})
    assert mail.outbox[0].subject.startswith("PoseCoach: ")
    assert str(mail.outbox[0].body).rstrip().endswith("Your PoseCoach")
    link = re.search(r"/reset-password/(\S+)", str(mail.outbox[0].body))
    assert link
    reset = {"key": link[1], "password": NEW_PASSWORD}
    browser.call("POST", f"{AUTH}/auth/password/reset", reset)
    assert browser.sign_in(password=NEW_PASSWORD).status_code == 200
    again = Browser().call("POST", f"{AUTH}/auth/password/reset", reset)
    assert again.json()["errors"][0]["param"] == "key"


@pytest.mark.usefixtures("ada")
def test_a_reset_request_does_not_tell_who_has_an_account() -> None:
    answers = [
        Browser().call("POST", f"{AUTH}/auth/password/request", {"email": email})
        for email in ("ada@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_a_mail_server_that_is_down_keeps_nobody_out(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    browser = Browser()
    assert browser.sign_up("ada@example.org").status_code == 200
    assert browser.is_signed_in()
    assert "EMAIL_URL" in caplog.text
    assert "ada@example.org" not in caplog.text


def test_links_in_mails_lead_to_the_page() -> None:
    mail.outbox.clear()
    browser = Browser()
    browser.sign_up()
    browser.call("POST", f"{AUTH}/auth/password/request", {"email": "ada@example.org"})
    links = [re.search(r"https?://testserver(/[a-z-]+/)", str(one.body)) for one in mail.outbox]
    assert [link and link[1] for link in links] == ["/verify-email/", "/reset-password/"]


def test_the_address_is_verified_by_the_mailed_key() -> None:
    mail.outbox.clear()
    browser = Browser()
    browser.sign_up()
    key = re.search(r"/verify-email/(\S+)", str(mail.outbox[0].body))
    assert key
    browser.call("POST", f"{AUTH}/auth/email/verify", {"key": unquote(key[1])})
    assert EmailAddress.objects.get(email="ada@example.org").verified
