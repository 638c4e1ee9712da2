"""A sign-in ends when nobody comes for a while, and after a month whatever happens."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from accounts.models import User
from accounts.session_age import DAY_S
from tests.browser import PASSWORD, Browser

pytestmark = pytest.mark.django_db
NOW = 1_800_000_000.0


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("accounts.session_age.time.time", clock)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.fromtimestamp(clock.now, UTC))
    return clock


@pytest.fixture
def ada(clock: Clock, settings: Settings) -> Browser:
    settings.SESSION_IDLE_DAYS, settings.SESSION_DAYS = 14, 30
    User.objects.create_user("ada@example.org", PASSWORD)
    browser = Browser()
    assert browser.sign_in().status_code == 200
    return browser


def days_left(clock: Clock) -> float:
    ends = max(Session.objects.values_list("expire_date", flat=True))
    return (ends.timestamp() - clock.now) / DAY_S


def test_two_weeks_without_a_visit_end_it(ada: Browser, clock: Clock) -> None:
    assert days_left(clock) == pytest.approx(14, abs=0.01)
    clock.now += 13.9 * DAY_S
    assert ada.is_signed_in()
    clock.now += 14.1 * DAY_S
    assert not ada.is_signed_in()


def test_a_visit_renews_it_once_a_day(ada: Browser, clock: Clock) -> None:
    clock.now += 0.9 * DAY_S
    ada.is_signed_in()
    assert days_left(clock) == pytest.approx(13.1, abs=0.01)
    clock.now += 0.2 * DAY_S
    answer = ada.get("/api/me")
    assert days_left(clock) == pytest.approx(14, abs=0.01)
    assert answer.cookies["sessionid"]["max-age"] == 14 * DAY_S


def test_a_month_ends_it_whoever_comes(ada: Browser, clock: Clock) -> None:
    for _ in range(29):
        clock.now += 1.01 * DAY_S
        assert ada.is_signed_in()
    assert days_left(clock) < 1
    clock.now += 1.01 * DAY_S
    assert not ada.is_signed_in()


def test_signing_in_again_begins_anew(ada: Browser, clock: Clock) -> None:
    clock.now += 13 * DAY_S
    ada.sign_out()
    ada.sign_in()
    assert days_left(clock) == pytest.approx(14, abs=0.01)


def test_a_server_that_allows_less_from_now_on_ends_what_is_older(
    ada: Browser, clock: Clock, settings: Settings
) -> None:
    clock.now += 8 * DAY_S
    settings.SESSION_DAYS = 7
    ada.is_signed_in()
    assert not ada.is_signed_in()
    assert not Session.objects.exists()
