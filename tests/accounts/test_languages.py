"""Mails and messages in the language of who reads them."""

import pytest
from django.core import mail

from accounts.models import User
from tests.browser import AUTH, Browser

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "en": "PoseCoach: Choose a new password",
    "de": "PoseCoach: Wähle ein neues Passwort",
    "es": "PoseCoach: Elige una contraseña nueva",
    "zh": "PoseCoach: 设置新密码",
}
CLOSINGS = {
    "en": "Your PoseCoach",
    "de": "Dein PoseCoach",
    "es": "Tu PoseCoach",
    "zh": "你的 PoseCoach",
}
WISHES = {"en": "en", "de": "de-AT,en;q=0.5", "es": "es", "zh": "zh-Hans"}


def asks(path: str, data: object, wish: str) -> None:
    mail.outbox.clear()
    Browser().call("POST", f"{AUTH}/{path}", data, **{"Accept-Language": wish})


def asks_for_a_reset(email: str, wish: str = "en") -> None:
    asks("auth/password/request", {"email": email}, wish)


@pytest.mark.parametrize("language", User.Language.values)
def test_an_athletes_mails_are_in_the_language_of_the_profile(language: str) -> None:
    Browser().sign_up()
    User.objects.update(language=language)
    asks_for_a_reset("ada@example.org", wish="de" if language != "de" else "es")
    assert mail.outbox[0].subject == SUBJECTS[language]
    assert str(mail.outbox[0].body).rstrip().endswith(CLOSINGS[language])
    assert "/reset-password/" in str(mail.outbox[0].body)


@pytest.mark.parametrize("language", User.Language.values)
def test_a_stranger_is_answered_in_the_language_of_the_page(language: str) -> None:
    asks_for_a_reset("nobody@example.org", WISHES[language])
    assert str(mail.outbox[0].body).rstrip().endswith(CLOSINGS[language])
    assert "nobody@example.org" in str(mail.outbox[0].body)


@pytest.mark.parametrize("language", User.Language.values)
def test_an_account_begins_in_the_language_of_the_page(language: str) -> None:
    account = {"email": "ada@example.org", "password": "four quiet herons"}
    asks("auth/signup", account, WISHES[language])
    assert User.objects.get().language == language
    assert str(mail.outbox[0].body).rstrip().endswith(CLOSINGS[language])
    assert "/verify-email/" in str(mail.outbox[0].body)


def test_a_language_that_nobody_here_speaks_is_answered_in_english() -> None:
    asks("auth/signup", {"email": "ada@example.org", "password": "four quiet herons"}, "eo,is")
    assert User.objects.get().language == "en"


@pytest.mark.parametrize(
    ("wish", "words"), [("de", "keine Zeitzone"), ("es", "zona horaria"), ("zh-Hans", "不是时区")]
)
def test_a_refusal_is_in_the_language_of_the_page(wish: str, words: str) -> None:
    browser = Browser()
    browser.sign_up()
    sent = browser.call(
        "PATCH", "/api/me", {"time_zone": "Moon/Base"}, **{"Accept-Language": wish}
    ).json()
    assert words in sent["error"]["fields"][0]["message"]
    assert "Moon/Base" in sent["error"]["fields"][0]["message"]
