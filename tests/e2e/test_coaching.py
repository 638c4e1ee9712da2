"""Coach and athlete, each in a browser of their own: what one does the other sees, or no longer."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.browser import sign_up
from scripts.coaching import become_coach, bring_together, call
from scripts.private_server import PrivateServer
from tests.e2e.studio import Studio

Athlete = Callable[..., Studio]
LIVE_MS = 30_000


class Coach:
    """A coach's page; knows the athlete `ada`."""

    def __init__(self, page: Page, server: PrivateServer) -> None:
        self.page = page
        self.url = server.url
        sign_up(page.context, self.url, name="Tom")
        become_coach(page.context, self.url)

    def part(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def watch_live(self) -> None:
        """Watches whoever trains."""
        self.page.goto("/coach/live")
        self.part("watch").first.click()

    def expect_moving(self) -> None:
        """A skeleton is drawn, and then a newer one."""
        stage = self.part("live-stage")
        expect(stage).to_have_attribute("data-shown", re.compile(r"^\d+$"), timeout=LIVE_MS)
        shown = stage.get_attribute("data-shown")
        expect(stage).not_to_have_attribute("data-shown", shown or "", timeout=LIVE_MS)


@pytest.fixture
def coach(contexts, server: PrivateServer) -> Coach:
    return Coach(contexts(webgl=False).new_page(), server)


def test_a_coach_watches_says_something_and_is_sent_away(
    athlete: Athlete, coach: Coach, squat_webcam: Path
) -> None:
    ada = athlete(webcam=squat_webcam, webgl=False)
    found = bring_together(coach.page.context, ada.page.context, coach.url)

    # The athlete trains.
    ada.open()
    ada.choose("Squat")
    ada.use_camera()
    ada.start_set()

    # The coach sees it, without a picture of the camera, and the athlete knows.
    coach.watch_live()
    coach.expect_moving()
    expect(ada.part("watched-by")).to_contain_text("Tom")
    ada.wait_reps(1)
    expect(coach.part("tile-count")).not_to_have_text("0", timeout=LIVE_MS)
    expect(coach.part("tile-state")).to_contain_text("Set is running")
    assert coach.page.locator("video").count() == 0

    # What the coach says is shown at the athlete's side, and the coach is told so.
    coach.part("tile-toggle").click()
    coach.part("cue-text").locator("input").fill("Push the floor away")
    coach.part("cue-send").click()
    expect(ada.part("coach-cue")).to_contain_text("Push the floor away")
    expect(coach.part("cue-status")).to_contain_text("Shown to")

    # The athlete ends it: the tile says so, drops the picture, and so does every address.
    call(ada.page.context, coach.url, "DELETE", f"/api/coaches/{found['id']}")
    expect(coach.part("tile-face")).to_have_attribute("data-face", "ended.grant")
    expect(coach.part("live-stage")).to_have_count(0)
    expect(ada.part("watched-by")).to_have_count(0)
    me = ada.api("/api/access-log")
    assert "live" in {look["what"] for look in me["results"]}

    # Training went on all the while.
    assert ada.fact("status") == "counting"
    ada.finish_set()
