"""A socket is open no longer than the sign-in that opened it, whichever way that ends."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from accounts.factors.services import second_factor_reset
from accounts.models import User
from accounts.notifications.channel import nudge
from accounts.services import user_create
from accounts.sign_ins import consumers
from accounts.sign_ins.channel import person_group, session_group, sign_in_changed
from accounts.standing import user_set_active, user_sign_out_everywhere
from tests.browser import AUTH, PASSWORD, Browser
from tests.sockets import socket
from tests.workouts.builders import Athlete

SIGNED_OUT, FORBIDDEN = 4401, 4403
PATHS = ("/ws/me", "/ws/training", "/ws/workouts/{workout}", "/ws/coach/live")


@pytest.fixture
def ada(transactional_db: None) -> Athlete:
    return Athlete(user_create(email="ada@example.org", password=PASSWORD, is_coach=True))


def change_password(ada: Athlete) -> None:
    """In another browser."""
    browser = Browser()
    browser.sign_in()
    given = {"current_password": PASSWORD, "new_password": "four quiet herons"}
    assert browser.call("POST", f"{AUTH}/account/password/change", given).status_code == 200


def set_by_command(ada: Athlete) -> None:
    user = User.objects.get(pk=ada.user.pk)
    user.set_password("four quiet herons")
    user.save()


def end_elsewhere(ada: Athlete) -> None:
    browser = Browser()
    browser.sign_in()
    assert browser.call("POST", "/api/sign-ins/end", {"here": False}).status_code == 204


WAYS: dict[str, Callable[[Athlete], Any]] = {
    "signing out": lambda ada: ada.client.logout(),
    "signing out everywhere": lambda ada: user_sign_out_everywhere(user=ada.user),
    "signing out everywhere else": end_elsewhere,
    "another password": change_password,
    "a password set by command": set_by_command,
    "being disabled": lambda ada: user_set_active(user=ada.user, is_active=False),
    "a reset of the second factor": lambda ada: second_factor_reset(user=ada.user),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PATHS)
async def test_it_closes_at_once(ada: Athlete, path: str, way: str) -> None:
    workout = await sync_to_async(ada.start_workout)()
    async with socket(path.format(workout=workout), ada.client) as page:
        assert await page.open() == "websocket.accept"
        await sync_to_async(WAYS[way])(ada)
        assert (await page.closed())[0] == SIGNED_OUT


async def test_the_other_browser_stays(ada: Athlete) -> None:
    other = Client()
    await sync_to_async(other.force_login)(
        ada.user, "allauth.account.auth_backends.AuthenticationBackend"
    )
    async with socket("/ws/me", ada.client) as page, socket("/ws/me", other) as stays:
        await page.open()
        await stays.open()
        await sync_to_async(ada.client.logout)()
        assert (await page.closed())[0] == SIGNED_OUT
        assert await stays.is_silent()


async def test_a_change_of_the_profile_closes_nothing(ada: Athlete) -> None:
    async with socket("/ws/me", ada.client) as page:
        await page.open()
        await sync_to_async(ada.call)("PATCH", "me", {"display_name": "Ada"})
        assert await page.is_silent()


async def test_what_no_nudge_told_is_found_all_the_same(
    ada: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "FIRST_LOOK_S", 0.05)
    monkeypatch.setattr(consumers, "LOOK_AGAIN_S", 0.05)
    async with socket("/ws/me", ada.client) as page:
        await page.open()
        assert await page.is_silent(0.3)
        # Without signals, as a session that just runs out.
        await sync_to_async(Session.objects.all()._raw_delete)("default")
        assert (await page.closed())[0] == SIGNED_OUT


async def test_who_must_set_up_a_factor_is_not_let_in(ada: Athlete, settings: Settings) -> None:
    settings.MFA_REQUIRED = "coaches"
    async with socket("/ws/me", ada.client) as page:
        await page.open()
        assert (await page.closed())[0] == FORBIDDEN


def test_a_group_gives_no_session_away() -> None:
    assert "k" * 32 not in session_group("k" * 32)
    assert len(session_group("k" * 32)) < 100


async def test_who_must_have_a_factor_from_now_on_is_shown_out(
    ada: Athlete, settings: Settings
) -> None:
    async with socket("/ws/me", ada.client) as page:
        assert await page.open() == "websocket.accept"
        settings.MFA_REQUIRED = "coaches"
        await sync_to_async(sign_in_changed)(person_group(ada.user.pk))
        assert (await page.closed())[0] == FORBIDDEN


async def test_a_socket_that_is_closed_says_nothing_more(ada: Athlete) -> None:
    async with socket("/ws/me", ada.client) as page:
        await page.open()
        await sync_to_async(user_sign_out_everywhere)(user=ada.user)
        assert (await page.closed())[0] == SIGNED_OUT
        await sync_to_async(sign_in_changed)(person_group(ada.user.pk))
        await sync_to_async(nudge)(ada.user.pk)
        assert await page.is_silent()
