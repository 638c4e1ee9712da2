"""Where one is signed in: seen, ended, and forgotten once it is over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sign_ins import middleware, services
from accounts.sign_ins.device import device_of
from accounts.sign_ins.services import forget_ended
from tests.accounts.factors import add_passkey, set_up_totp, signed_in
from tests.accounts.passkey import Passkey
from tests.accounts.test_webpush import KEY, SECRET
from tests.browser import Browser

pytestmark = pytest.mark.django_db(transaction=True)

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox, Linux"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_told_in_words(agent: str, told: str) -> None:
    assert device_of(agent) == told


@pytest.fixture
def ada() -> Browser:
    browser = Browser()
    browser.client.defaults["HTTP_USER_AGENT"] = FIREFOX
    assert browser.sign_up().status_code == 200
    return browser


@pytest.fixture
def phone(ada: Browser) -> Browser:
    browser = Browser()
    browser.client.defaults["HTTP_USER_AGENT"] = SAFARI
    assert browser.sign_in().status_code == 200
    return browser


def test_this_one_comes_first(ada: Browser, phone: Browser) -> None:
    told = phone.get("/api/sign-ins").json()
    assert [(one["browser"], one["system"], one["is_this_one"]) for one in told] == [
        ("Safari", "iPhone", True),
        ("Firefox", "Linux", False),
    ]
    assert told[0]["address"] == "127.0.0.1"
    assert "session_key" not in str(told)
    assert ada.get("/api/sign-ins").json()[0]["system"] == "Linux"


def test_one_is_ended_from_the_other(ada: Browser, phone: Browser) -> None:
    [_, other] = ada.get("/api/sign-ins").json()
    assert ada.call("DELETE", f"/api/sign-ins/{other['id']}").status_code == 204
    assert not phone.is_signed_in()
    assert ada.is_signed_in()
    assert len(ada.get("/api/sign-ins").json()) == 1


def test_everywhere_else_and_everywhere(ada: Browser, phone: Browser) -> None:
    unnoted = Client()
    unnoted.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    assert ada.call("POST", "/api/sign-ins/end", {"here": False}).status_code == 204
    assert ada.is_signed_in()
    assert not phone.is_signed_in()
    assert unnoted.get("/api/me").status_code == 401
    assert [one["is_this_one"] for one in ada.get("/api/sign-ins").json()] == [True]
    assert ada.call("POST", "/api/sign-ins/end", {"here": True}).status_code == 204
    assert not ada.is_signed_in()


@pytest.fixture
def noted() -> None:
    """Who is seen is noted, as in the product (tests/conftest.py)."""


@pytest.mark.parametrize("here", [False, True])
def test_no_message_goes_to_a_browser_that_was_signed_out(ada: Browser, here: bool) -> None:
    user = User.objects.get()
    user.push_subscriptions.create(
        endpoint="https://fcm.googleapis.com/1", key="k", secret="s", created_at=timezone.now()
    )
    assert ada.call("POST", "/api/sign-ins/end", {"here": here}).status_code == 204
    assert not user.push_subscriptions.exists()


def test_one_that_is_ended_takes_the_messages_of_its_browser_along(
    ada: Browser, phone: Browser
) -> None:
    for number, browser in enumerate((ada, phone)):
        endpoint = f"https://fcm.googleapis.com/fcm/send/{number}"
        body = {"endpoint": endpoint, "keys": {"p256dh": KEY, "auth": SECRET}}
        assert browser.call("POST", "/api/push-subscriptions", body).status_code == 204
    other = ada.get("/api/sign-ins").json()[1]
    assert ada.call("DELETE", f"/api/sign-ins/{other['id']}").status_code == 204
    [left] = User.objects.get().push_subscriptions.all()
    assert left.endpoint.endswith("/0")


@pytest.mark.usefixtures("noted")
def test_an_older_session_is_noted_when_it_is_seen(ada: Browser) -> None:
    UserSession.objects.all().delete()
    fresh = Client(HTTP_USER_AGENT=EDGE)
    fresh.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    fresh.get("/api/me")
    assert UserSession.objects.get().user_agent == EDGE
    UserSession.objects.update(ip="192.0.2.1")
    fresh.get("/api/me")  # a note every few minutes is enough
    assert UserSession.objects.get().ip == "192.0.2.1"


def test_nothing_is_kept_of_what_is_over(
    ada: Browser, phone: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.client.session.flush()
    old = timezone.now() - timedelta(days=2)
    UserSession.objects.update(last_seen_at=old)
    Session.objects.create(session_key="gone", session_data="", expire_date=old)
    Session.objects.create(session_key="gone too", session_data="", expire_date=old)
    monkeypatch.setattr(services, "_AT_ONCE", 1)
    forget_ended()
    assert not Session.objects.filter(session_key__startswith="gone").exists()
    assert UserSession.objects.count() == 1
    assert ada.is_signed_in()


@pytest.fixture
def staff() -> Client:
    client = Client()
    root = User.objects.create_superuser("root@example.org", "three calm otters")
    client.force_login(root, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_admin_resets_the_second_factor(staff: Client) -> None:
    ada = signed_in()
    set_up_totp(ada)
    add_passkey(ada, Passkey())
    user = User.objects.get(email="ada@example.org")
    mail.outbox.clear()
    ask = {"action": "reset_factor", "_selected_action": [str(user.pk)]}
    where = reverse("admin:accounts_user_changelist")
    page = staff.post(where, ask).content.decode()
    assert "ada@example.org: 3 second factors" in page
    assert user.authenticator_set.count() == 3
    staff.post(where, ask | {"confirmed": "yes"})
    assert user.authenticator_set.count() == 0
    assert not ada.is_signed_in()
    assert LogEntry.objects.get().change_message == "Second factor reset (3 removed)."
    [told] = mail.outbox
    assert told.subject == "PoseCoach: Your second factor was reset"
    assert "From the address" not in str(told.body)
    assert Browser().sign_in().status_code == 200


def test_admin_shows_no_secret_and_no_key(staff: Client) -> None:
    ada = signed_in()
    secret = set_up_totp(ada)
    keys = list(UserSession.objects.values_list("session_key", flat=True))
    rows = [("mfa", "authenticator"), ("usersessions", "usersession")]
    for app, model in rows:
        listed = staff.get(reverse(f"admin:{app}_{model}_changelist")).content.decode()
        assert "ada@example.org" in listed
        of_ada = User.objects.get(email="ada@example.org")
        pks = [*of_ada.authenticator_set.values_list("pk", flat=True)]
        pks = pks if app == "mfa" else [*of_ada.usersession_set.values_list("pk", flat=True)]
        for pk in pks:
            page = staff.get(reverse(f"admin:{app}_{model}_change", args=[pk])).content.decode()
            assert not any(key in page for key in (*keys, secret, "gAAAA"))


def test_an_admin_ends_one(staff: Client, ada: Browser) -> None:
    row = UserSession.objects.get(user__email="ada@example.org")
    staff.post(reverse("admin:usersessions_usersession_delete", args=[row.pk]), {"post": "yes"})
    assert not ada.is_signed_in()


def test_an_admin_ends_several_at_once(staff: Client, ada: Browser, phone: Browser) -> None:
    rows = UserSession.objects.filter(user__email="ada@example.org").values_list("pk", flat=True)
    chosen = {"action": "delete_selected", "_selected_action": list(rows), "post": "yes"}
    staff.post(reverse("admin:usersessions_usersession_changelist"), chosen)
    assert not ada.is_signed_in()
    assert not phone.is_signed_in()


def test_nobody_ends_another_persons(ada: Browser) -> None:
    eve = Browser()
    eve.sign_up("eve@example.org")
    [row] = UserSession.objects.filter(user__email="ada@example.org")
    assert eve.call("DELETE", f"/api/sign-ins/{row.pk}").status_code == 404
    assert ada.is_signed_in()


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("why", [DatabaseError("it only reads"), PermissionDenied("no address")])
def test_what_cannot_be_noted_keeps_nobody_out(
    ada: Browser, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    tried: list[object] = []

    def fails(request: object) -> None:
        tried.append(request)
        raise why

    monkeypatch.setattr(middleware, "sign_in_seen", fails)
    fresh = Client()
    fresh.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    assert fresh.get("/api/me").status_code == 200
    assert len(tried) == 1


@pytest.mark.usefixtures("noted")
def test_who_is_remembered_as_noted_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_MOST_KNOWN", 3)
    noted: list[str] = []
    monkeypatch.setattr(middleware, "sign_in_seen", lambda who: noted.append(who.user.email))
    seen = middleware.SeenMiddleware(lambda _: HttpResponse())
    for n in range(5):
        user = User.objects.create_user(f"user{n}@example.org")
        browser = Client()
        browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        request = HttpRequest()
        request.session, request.user = browser.session, user
        request._cached_user = user  # type: ignore[attr-defined]
        seen(request)
        seen(request)
        assert len(seen.seen) <= 3
    assert noted == [f"user{n}@example.org" for n in range(5)]
