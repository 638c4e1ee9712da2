"""The calendar feed: its address is the secret, and it says what the plan says."""

from datetime import time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from coach.models import PlannedWorkout
from coach.services.planned import planned_change
from coach.services.plans import plan_end
from tests.coach.builders import PLANK, SQUATS, a_plan, planned_rows
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db


def address(athlete: Athlete) -> str:
    answer = athlete.call("POST", "calendar-feed")
    assert answer.status_code == 200, answer.content
    return urlsplit(answer.json()["url"]).path


def read(path: str, **headers: Any) -> Any:
    """As a calendar does: signed in as nobody."""
    return Client().get(path, **headers)


def running(athlete: Athlete, at: time | None = None) -> Any:
    now = timezone.now()
    return a_plan(
        athlete.user, [SQUATS, PLANK], weekdays=tuple(range(7)), weeks=1, at=at,
        starts_on=now.date(), now=now,
    )  # fmt: skip


def test_nobody_has_a_feed_before_asking_for_one(ada: Athlete) -> None:
    assert ada.get("calendar-feed") == {"url": None, "created_at": None}


def test_the_feed_lists_what_is_planned(ada: Athlete, eve: Athlete) -> None:
    running(ada)
    running(eve)
    answer = read(address(ada), HTTP_ACCEPT="text/calendar")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    ids = [str(row.id) for row in PlannedWorkout.objects.filter(plan__athlete=ada.user)]
    assert sorted(line for line in text.split("\r\n") if line.startswith("UID:")) == sorted(
        f"UID:{one}@posecoach" for one in ids
    )
    assert "DESCRIPTION:Squat: 3 × 8 repetitions\\nPlank: 2 × 30 s" in text
    assert f"DTSTART;VALUE=DATE:{timezone.now():%Y%m%d}" in text


def test_a_time_of_day_is_the_athletes_own(ada: Athlete) -> None:
    ada.user.time_zone = "Asia/Tokyo"
    ada.user.save()
    plan = running(ada, at=time(7, 30))
    day = planned_rows(plan)[0].day - timedelta(days=1)
    assert f"DTSTART:{day:%Y%m%d}T223000Z" in read(address(ada)).content.decode()


def test_what_is_skipped_is_cancelled_and_what_is_ended_is_gone(ada: Athlete) -> None:
    plan = running(ada)
    path, now = address(ada), timezone.now()
    planned_change(athlete=ada.user, planned_id=planned_rows(plan)[0].id, now=now, skipped=True)
    text = read(path).content.decode()
    assert (text.count("STATUS:CANCELLED"), text.count("STATUS:CONFIRMED")) == (1, 6)
    plan_end(athlete=ada.user, plan_id=plan.id, now=now)
    assert "BEGIN:VEVENT" not in read(path).content.decode()


def test_renewing_and_withdrawing_close_the_old_address(ada: Athlete) -> None:
    old = address(ada)
    new = address(ada)
    assert new != old
    assert urlsplit(ada.get("calendar-feed")["url"]).path == new
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    assert ada.call("DELETE", "calendar-feed").status_code == 204
    assert read(new).status_code == 404
    assert ada.get("calendar-feed")["url"] is None


def test_only_the_whole_address_opens_it(ada: Athlete) -> None:
    path = address(ada)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    feed_id, _, signature = token.partition(".")
    for wrong in (
        feed_id,
        f"{feed_id}.",
        f"{feed_id}.{signature[:-1]}",
        signature,
        "x.y",
        f".{token}",
    ):
        answer = read(f"/api/calendar-feed/{wrong}.ics")
        assert answer.status_code == 404, wrong
        assert answer.json()["error"]["code"] == "not_found"


def test_who_was_deactivated_has_no_feed(ada: Athlete) -> None:
    path = address(ada)
    ada.user.is_active = False
    ada.user.save()
    assert read(path).status_code == 404


def test_managing_it_needs_a_sign_in(ada: Athlete) -> None:
    for method in ("get", "post", "delete"):
        assert getattr(Client(), method)("/api/calendar-feed").status_code == 401


@pytest.mark.parametrize(
    ("language", "units", "line"),
    [
        ("en", "imperial", "Squat: 3 × 8 repetitions\\, 90 lb"),
        ("en", "metric", "Squat: 3 × 8 repetitions\\, 41 kg"),
        ("es", "imperial", "Sentadilla: 3 × 8 repeticiones\\, 90 lb"),
        ("zh", "imperial", "深蹲: 3 × 8 次\\, 90 lb"),
        ("en", "metric", "Push-up: 2 × as many as you can"),
    ],
)
def test_words_and_weights_are_the_athletes_own(
    ada: Athlete, language: str, units: str, line: str
) -> None:
    ada.user.language, ada.user.units = language, units
    ada.user.save()
    now = timezone.now()
    a_plan(
        ada.user,
        [{**SQUATS, "load_kg": 41.0}, {"exercise": "push_up", "sets": 2, "rule": "none"}],
        weekdays=tuple(range(7)),
        starts_on=now.date(),
        now=now,
    )
    assert line in read(address(ada)).content.decode().replace("\r\n ", "")
