"""The main job, from signing up to a trend that shows the workout."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts import video
from scripts.browser import PASSWORD
from scripts.steps import ROOT
from tests.e2e.forms import submit
from tests.e2e.studio import Studio

ENGINES = pytest.param("engines", marks=pytest.mark.engines)
# The other tests of this folder ask the embedded server.
on_engines = pytest.mark.parametrize("server", [ENGINES], indirect=True)
Athlete = Callable[..., Studio]

H264 = 'video/mp4; codecs="avc1.42E01E"'
POSE_SQUATS = ROOT.parent / "shared" / "data" / "videos" / "pose_squats.mp4"


@on_engines
def test_from_sign_up_to_the_trend(contexts, squat_webcam: Path) -> None:
    page = contexts(webcam=squat_webcam, webgl=False).new_page()
    page.goto("/sign-up")
    submit(page, "sign-up", email="sam@example.org", password=PASSWORD)
    page.get_by_test_id("first-run-skip").click()
    page.get_by_test_id("start-training").first.click()

    studio = Studio(page, "sam@example.org")
    studio.choose("Squat")
    studio.use_camera()
    set_id = studio.start_set()
    studio.wait_reps(3)
    studio.finish_set()
    counted = studio.analysed(set_id)
    assert counted["exercise"] == "squat"
    assert counted["rep_count"] >= 2  # a look at the whole set may take one back
    assert counted["model_version"]
    expect(studio.part("set-summary-reps")).to_contain_text(str(counted["rep_count"]))

    workout_id = studio.finish_workout()
    page.get_by_test_id("nav-history").first.click()
    card = page.get_by_test_id("workout-card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Squat")
    expect(card).to_contain_text(str(counted["rep_count"]))

    trend = wait_for_trend(studio, counted["rep_count"])
    assert trend["exercise"] == "squat"
    page.get_by_test_id("nav-trends").first.click()
    expect(page.get_by_test_id("trend-chart").first).to_be_visible()
    expect(page.get_by_test_id("trend-summary").first).to_contain_text(str(counted["rep_count"]))
    assert studio.api(f"/api/workouts/{workout_id}")["ended_at"]


def wait_for_trend(studio: Studio, reps: int) -> dict:
    for _ in range(60):
        series = studio.api("/api/trends?period=week")["series"]
        if series and sum(point["reps"] for point in series[0]["points"]) == reps:
            return series[0]
        studio.page.wait_for_timeout(250)
    raise AssertionError(f"no trend shows {reps} repetitions: {series}")


@on_engines
def test_recognises_and_counts_a_recorded_video(athlete: Athlete, squats_video: Path) -> None:
    studio = athlete(webgl=False).open()
    counted = studio.analysed(studio.watch_video(squats_video))
    assert counted["exercise"] == "squat"
    assert abs(counted["rep_count"] - 3) <= 1
    expect(studio.part("set-summary-reps")).to_contain_text(str(counted["rep_count"]))
    assert counted["source"] == "video"
    assert counted["clips_received"] == counted["clip_count"] > 1


def test_counts_what_the_athlete_chose(athlete: Athlete, squats_video: Path) -> None:
    studio = athlete(webgl=False).open()
    studio.choose("Squat")
    counted = studio.analysed(studio.watch_video(squats_video))
    assert counted["exercise_chosen"] == "squat"
    assert abs(counted["rep_count"] - 3) <= 1


@pytest.mark.skipif(not POSE_SQUATS.exists(), reason="the recorded people are not at hand")
def test_counts_a_real_person_before_the_webcam(
    athlete: Athlete, browsers, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two whole squats, a third is cut off on its way up."""
    page = browsers(webgl=False).new_page()
    if not page.evaluate(f"document.createElement('video').canPlayType('{H264}')"):
        pytest.skip("this Chromium cannot read H.264")
    frames = video.frames_of(page, POSE_SQUATS, fps=5, longest=480)
    page.close()
    still = 5 * 12
    path = tmp_path_factory.mktemp("webcam") / "person.mjpeg"
    video.webcam(path, frames[:1] * still + frames + frames[-1:] * (2 * still), fps=5)

    studio = athlete(webcam=path, webgl=False).open()
    studio.use_camera()
    set_id = studio.start_set()
    studio.wait_reps(1)
    studio.page.wait_for_timeout(16_000)
    studio.finish_set()
    counted = studio.analysed(set_id)
    assert counted["exercise"] == "squat"
    assert abs(counted["rep_count"] - 2) <= 1
    expect(studio.part("set-summary-reps")).to_contain_text(str(counted["rep_count"]))
