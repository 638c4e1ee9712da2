"""Invited, granted, commented on, heard of, taken back: coach, athlete and stranger, each apart."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from models.clip import CONTENT_TYPE, Clip, encode
from models.film import film
from scripts.browser import csrf, sign_up
from scripts.coaching import become_coach, call
from scripts.private_server import PrivateServer

SQUATS, SEED = 0, 5  # a film of four squats
FPS, CLIP_S = 15, 2


def train(context: BrowserContext, url: str) -> dict[str, Any]:
    """One finished set with its skeleton, as a page would have sent it; told in detail."""
    workout, one = str(uuid4()), str(uuid4())
    start = datetime.now(UTC) - timedelta(minutes=10)
    began = {"started_at": start.isoformat(), "time_zone": "Europe/Berlin"}
    call(context, url, "PUT", f"/api/workouts/{workout}", began)
    asked = {"workout": workout, "exercise": "squat", "source": "camera", **began}
    del asked["time_zone"]
    call(context, url, "PUT", f"/api/sets/{one}", asked)
    seen = film(SQUATS, SEED, at_fps=FPS).sequence
    step = FPS * CLIP_S
    for index, i in enumerate(range(0, len(seen), step)):
        part = slice(i, i + step)
        clip = Clip("posenet_mobilenet_075", 640, 480, seen.t_ms[part], seen.poses[part])
        answer = context.request.put(
            f"{url}/api/sets/{one}/clips/{index}", data=encode(clip),
            headers={"Content-Type": CONTENT_TYPE, **csrf(context)},
        )  # fmt: skip
        assert answer.ok, answer.text()
    end = {"clip_count": index + 1, "ended_at": (start + timedelta(minutes=2)).isoformat()}
    call(context, url, "POST", f"/api/sets/{one}/finish", end)
    deadline = time.monotonic() + 30
    while (told := call(context, url, "GET", f"/api/sets/{one}"))["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return told


@pytest.fixture
def coach(contexts, server: PrivateServer) -> Page:
    context = contexts(webgl=False)
    sign_up(context, server.url, name="Tom")
    become_coach(context, server.url)
    return context.new_page()


@pytest.fixture
def ada(contexts, server: PrivateServer) -> Page:
    """On a phone."""
    context = contexts(webgl=False)
    sign_up(context, server.url, name="Ada")
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    return page


@pytest.fixture
def stranger(contexts, server: PrivateServer) -> BrowserContext:
    context = contexts(webgl=False)
    sign_up(context, server.url, name="Eve")
    become_coach(context, server.url)
    return context


def test_a_comment_on_a_repetition_reaches_the_athlete_who_then_takes_everything_back(
    coach: Page, ada: Page, stranger: BrowserContext, server: PrivateServer
) -> None:
    done = train(ada.context, server.url)
    assert len(done["reps"]) >= 2

    # Invited on the page, granted on the phone.
    coach.goto("/coach/invite")
    coach.get_by_test_id("invite").click()
    code = coach.get_by_test_id("invitation-code").inner_text().strip()
    ada.goto(f"/join/{code}")
    expect(ada.get_by_test_id("invitation")).to_contain_text("Tom")
    ada.get_by_test_id("grant").click()
    expect(ada.get_by_test_id("coach")).to_contain_text("Tom")

    # The coach finds the athlete, and comments on repetition 2 at second 3.
    coach.goto("/coach")
    row = coach.locator("[data-testid^=athlete-]").filter(has_text="Ada").first
    expect(row).to_be_visible()
    athlete = (row.get_attribute("data-testid") or "").removeprefix("athlete-")
    of_ada = f"/coach/athletes/{athlete}"
    place = f"workouts/{done['workout']}/sets/{done['id']}"
    coach.goto(f"{of_ada}/{place}?rep=2&t=3000")
    coach.get_by_test_id("comment-here").click()
    coach.get_by_test_id("comment-input").locator("textarea").first.fill("Slower on the way down")
    coach.get_by_test_id("comment-send").click()
    expect(coach.get_by_test_id("comment-message")).to_contain_text("Slower on the way down")

    # The athlete hears of it without asking, and is led to the moment.
    expect(ada.get_by_test_id("unread-count")).to_be_visible(timeout=20_000)
    ada.get_by_test_id("nav-notifications").click()
    ada.get_by_test_id("notification").filter(has_text="Tom").first.click()
    expect(ada).to_have_url(re.compile(rf"/{place}\?.*t=\d+"))
    expect(ada.get_by_test_id("comment-message").first).to_contain_text("Slower on the way down")
    ada.get_by_test_id("comment-input").locator("textarea").first.fill("I will")
    ada.get_by_test_id("comment-send").click()
    expect(coach.get_by_test_id("comments")).to_contain_text("I will", timeout=20_000)

    # A stranger knows nothing of all that.
    reads = [
        f"/api/athletes/{athlete}{path}"
        for path in ("", "/workouts", f"/workouts/{done['workout']}", f"/sets/{done['id']}",
                     f"/sets/{done['id']}/frames", f"/sets/{done['id']}/threads", "/trends",
                     "/records", "/plans", "/notes", "/report.csv?from=2026-01-01&to=2027-01-01")
    ]  # fmt: skip
    assert {stranger.request.get(server.url + path).status for path in reads} == {404}
    assert {coach.context.request.get(server.url + path).status for path in reads} == {200}

    # What is granted can be taken back, and everything is gone at once, the open page too.
    ada.goto("/coaches")
    ada.get_by_test_id("coach-end").click()
    expect(ada.get_by_test_id("no-coach")).to_be_visible()
    assert {coach.context.request.get(server.url + path).status for path in reads} == {404}
    coach.goto(f"{of_ada}/{place}?rep=2&t=3000")
    expect(coach.get_by_test_id("comment-message")).to_have_count(0)
    expect(coach.get_by_test_id("replay-stage")).to_have_count(0)
    coach.goto("/coach")
    expect(coach.locator("[data-testid^=athlete-]").filter(has_text="Ada")).to_have_count(0)
