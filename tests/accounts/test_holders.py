"""Who holds a session cookie, by the same rules as Django's own, asked for many at once."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.sign_ins.holders import holders_of
from accounts.sign_ins.selectors import user_of_session
from accounts.standing import user_set_active, user_sign_out_everywhere
from tests.browser import Browser

pytestmark = pytest.mark.django_db


def signed_in() -> tuple[Browser, str]:
    """A browser, and the key of its session."""
    browser = Browser()
    assert browser.sign_in().status_code == 200
    return browser, browser.client.cookies["sessionid"].value


def is_held(key: str, user: User) -> bool:
    """The fast answer, which is never another than Django's."""
    held = holders_of([key, "unknown"], [user.pk]) == {key: user.pk}
    assert held is (user_of_session(key) == user)
    return held


def test_each_browser_is_held_by_who_signed_in(ada: User) -> None:
    keys = [signed_in()[1] for _ in range(2)]
    assert holders_of(keys, [ada.pk]) == dict.fromkeys(keys, ada.pk)


def test_nobody_holds_a_session_without_a_sign_in() -> None:
    visitor = Browser().client.session
    visitor["seen"] = "a page"
    visitor.save()
    assert holders_of([str(visitor.session_key)], []) == {}


def test_a_session_that_has_run_out_is_nobodys(ada: User) -> None:
    _, key = signed_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_held(key, ada)


def test_who_is_locked_out_or_has_another_password_holds_nothing(ada: User) -> None:
    _, key = signed_in()
    user_set_active(user=ada, is_active=False)
    assert not is_held(key, ada)
    user_set_active(user=ada, is_active=True)
    assert is_held(key, ada)
    ada.set_password("four quiet herons")
    ada.save()
    assert not is_held(key, ada)


def test_who_was_signed_out_everywhere_holds_what_began_since(ada: User) -> None:
    signed_in()
    user_sign_out_everywhere(user=ada)
    assert is_held(signed_in()[1], ada)


def test_a_browser_that_nobody_noted_ends_with_all_the_others(ada: User) -> None:
    here, _ = signed_in()
    _, elsewhere = signed_in()
    UserSession.objects.filter(session_key=elsewhere).delete()
    assert is_held(elsewhere, ada)
    assert here.call("POST", "/api/sign-ins/end", {"here": False}).status_code == 204
    assert Session.objects.filter(pk=elsewhere).exists(), "it is left, and opens nothing"
    assert not is_held(elsewhere, ada)
    assert is_held(here.client.cookies["sessionid"].value, ada)
