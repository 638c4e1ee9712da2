"""The whole journey without a network: train, reload, come back; nothing is lost or doubled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.browser import launch, sign_up
from scripts.private_server import PrivateServer
from tests.e2e.studio import Studio

KEPT = """async () => {
  const names = ['posecoach-shell', 'posecoach-models']
  const count = async (name) => (await (await caches.open(name)).keys()).length
  const counts = await Promise.all(names.map(count))
  return navigator.serviceWorker.controller && counts[0] > 20 && counts[1]
}"""
SQUATS = 3  # in the video
STEADY_S = 3
SIGNED_IN_MS = 60_000


@pytest.fixture
def athlete_with_app(playwright, chromium, server, squat_webcam) -> Iterator[Studio]:
    """Signed in, and the app kept on the device by one visit to the start page."""
    browser = launch(playwright, executable=chromium, webcam=squat_webcam, webgl=False)
    context = browser.new_context(
        base_url=server.url, locale="en-GB", timezone_id="Europe/Berlin", permissions=["camera"]
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    email = sign_up(context, server.url)
    page.goto("/")
    expect(page.get_by_test_id("home-headline")).to_be_visible()
    wait_until_kept(page)
    yield Studio(page, email)
    browser.close()


def wait_until_kept(page: Page) -> None:
    """Until page and models lie on the device, and no more of them come."""
    seen, steady = -1, 0
    for _ in range(SIGNED_IN_MS // 1000):
        kept = page.evaluate(KEPT) or 0
        steady = steady + 1 if kept == seen and kept else 0
        if steady == STEADY_S:
            return
        seen = kept
        page.wait_for_timeout(1000)
    raise AssertionError(f"the app is not kept on the device: {seen} model files")


@contextmanager
def away(context: BrowserContext, server: PrivateServer) -> Iterator[None]:
    """No network, and nobody at its other end: a service worker may know a way of its own."""
    context.set_offline(True)
    server.stop()
    try:
        yield
    finally:
        server.start()
        context.set_offline(False)


def records(page: Page) -> list[dict]:
    """What this device knows of its workouts."""
    return page.evaluate(
        """() => Object.keys(localStorage).filter((key) => key.startsWith('posecoach.workout.'))
          .map((key) => JSON.parse(localStorage.getItem(key)))"""
    )


def test_the_whole_journey_offline(
    athlete_with_app: Studio, server: PrivateServer, squats_video: Path
) -> None:
    studio, page = athlete_with_app, athlete_with_app.page
    with away(page.context, server):
        # A workout begun, a set trained and finished without a network.
        studio.open()
        studio.choose("Squat")
        studio.open_video(squats_video)
        studio.expect_status("waiting", timeout=180_000)
        finished = studio.fact("set-id")
        expect(studio.part("set-waits")).to_be_visible()
        expect(studio.root).to_have_attribute("data-browser-final", "true", timeout=60_000)
        own = int(studio.fact("browser-reps"))
        assert abs(own - SQUATS) <= 1
        studio.part("another-video").click()
        studio.use_camera()
        unfinished = studio.start_set()
        wait_until_waiting(studio, at_least=int(studio.fact("clips-pending")) + 3)

        # Loaded again in the middle of a set, the page knows who is here and lists both sets.
        page.goto("/workouts")
        expect(page.get_by_test_id("offline-banner")).to_be_visible()
        expect(page.get_by_text("Waiting for the network")).to_be_visible()
        page.get_by_test_id("waiting-workout").click()
        expect(page.get_by_test_id("waiting-set")).to_have_count(2)
        listed = [s.get_attribute("data-set") for s in page.get_by_test_id("waiting-set").all()]
        assert listed == [finished, unfinished]
        expect(page.get_by_test_id("waiting-reps").first).to_have_text(f"{own} reps")

        # Finished without a network, too.
        page.goto("/train?backend=wasm")
        studio.part("resume-finish").click()
        expect(studio.notice("kept")).to_be_visible()
        [workout] = records(page)
        assert workout["endedAt"]

    # Back online everything arrives, once.
    page.goto("/workouts")
    expect(page.get_by_test_id("waiting-workout")).to_have_count(0, timeout=60_000)
    expect(page.get_by_test_id("workout-card")).to_have_count(1)
    [stored] = studio.api("/api/workouts")["results"]
    assert stored["id"] == workout["id"]
    assert stored["ended_at"]
    detail = studio.api(f"/api/workouts/{stored['id']}")
    assert [s["id"] for s in detail["sets"]] == [finished, unfinished]
    for kept in workout["sets"]:
        counted = studio.analysed(kept["id"])
        assert counted["clips_received"] == counted["clip_count"] == kept["clipCount"]
        assert counted["missing_clips"] == []
    assert abs(studio.analysed(finished)["rep_count"] - SQUATS) <= 1
    assert unsent(page) == 0

    # The server's result is what the page shows.
    page.get_by_test_id("workout-card").click()
    expect(page.get_by_test_id("set-card")).to_have_count(2)


def wait_until_waiting(studio: Studio, at_least: int) -> None:
    studio.page.wait_for_function(
        "n => Number(document.querySelector('[data-testid=studio]').dataset.clipsPending) >= n",
        arg=at_least,
        timeout=60_000,
    )


def unsent(page: Page) -> int:
    return page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open('posecoach-outbox')
          opening.onsuccess = () => {
            const counting = opening.result.transaction('writes').objectStore('writes').count()
            counting.onsuccess = () => resolve(counting.result)
          }
        })"""
    )


def test_signing_out_leaves_no_answers_on_the_device(athlete_with_app: Studio) -> None:
    page = athlete_with_app.page
    page.goto("/profile")
    count = "async () => (await (await caches.open('posecoach-answers')).keys()).length"
    page.wait_for_function(f"async () => await ({count})() >= 2")
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("waiting-workout")).to_have_count(0)
    page.wait_for_url("**/welcome")
    assert page.evaluate(count) == 0
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_test_id("home-headline")).to_have_count(0)


def test_the_app_can_be_installed(athlete_with_app: Studio) -> None:
    page = athlete_with_app.page
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],  # every context of a test is one
    )
