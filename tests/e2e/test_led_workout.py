"""A planned workout, hands-free: led through three exercises, put right, seen again, in a trend."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts import video
from tests.e2e.studio import Studio

Athlete = Callable[..., Studio]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
EXERCISES = ("squat", "bicep_curl", "squat")  # any view will do for both
REPS = 2
LED_MS = 240_000


@pytest.fixture(scope="session")
def patient_webcam(squat: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who stands still for a while, squats three times, and stands still again."""
    path = tmp_path_factory.mktemp("webcam") / "patient.mjpeg"
    frames = video.squats(squat, reps=3, before_s=9.0, after_s=0.0)
    return video.webcam(path, frames, fps=video.FIGURE_FPS)


def plan_today(studio: Studio) -> str:
    """A plan of one day, today; answers the planned workout's id."""
    items = [{"exercise": slug, "sets": 1, "reps": REPS, "rest_s": 10} for slug in EXERCISES]
    programme, plan = uuid.uuid4(), uuid.uuid4()
    days = [{"title": "Legs", "items": items}]
    today = dt.datetime.now(dt.UTC).date()
    asked = {"title": "Legs", "weeks": 1, "days": days}
    assert studio.put(f"/api/programmes/{programme}", data=asked).ok
    start = {
        "programme": str(programme),
        "starts_on": today.isoformat(),
        "weekdays": [today.weekday()],
        "weeks": 1,
    }
    answer = studio.put(f"/api/plans/{plan}", data=start)
    assert answer.ok, answer.text()
    planned = studio.api(f"/api/planned?from={today}&to={today}")
    assert len(planned) == 1
    return str(planned[0]["id"])


@pytest.mark.long
def test_led_through_a_planned_workout(athlete: Athlete, patient_webcam: Path) -> None:
    studio = athlete(webcam=patient_webcam, webgl=False)
    page = studio.page
    planned = plan_today(studio)
    page.set_viewport_size(PHONE)

    page.goto(f"/train?planned={planned}&backend=wasm")
    studio.use_camera()
    # From here on nobody touches anything.
    expect(studio.part("led-summary")).to_be_visible(timeout=LED_MS)
    studio.part("led-finish").click()
    page.wait_for_url("**/workouts/*", timeout=30_000)
    workout = page.url.split("/workouts/")[1].split("?")[0]

    sets = [studio.analysed(one["id"]) for one in studio.api(f"/api/workouts/{workout}")["sets"]]
    assert [one["exercise_chosen"] for one in sets] == list(EXERCISES)
    assert all(one["target_reps"] == REPS for one in sets)
    assert all(abs(one["rep_count"] - REPS) <= 1 for one in sets)
    done = studio.api(f"/api/planned/{planned}")
    assert (done["state"], done["workout"]) == ("done", workout)

    page.set_viewport_size(DESK)
    page.reload()
    page.get_by_test_id("set-card").first.get_by_test_id("open-set").click()
    expect(page.get_by_test_id("replay-stage")).to_be_visible()
    page.get_by_test_id("replay-play").click()
    page.get_by_test_id("count-more").click()
    expect(page.get_by_test_id("count-both")).to_contain_text(str(sets[0]["rep_count"] + 1))
    corrected = wait_for(studio, sets[0]["id"], sets[0]["rep_count"] + 1)
    assert corrected["rep_count"] == sets[0]["rep_count"]  # the machine's own stays

    total = sum(one["rep_count"] for one in sets if one["exercise_chosen"] == "squat") + 1
    wait_for_trend(studio, total)
    page.goto("/trends?exercise=squat")
    expect(page.get_by_test_id("trend-chart").first).to_be_visible()
    expect(page.get_by_test_id("trend-summary").first).to_contain_text(str(total))


def wait_for_trend(studio: Studio, total: int) -> None:
    for _ in range(60):
        series = studio.api("/api/trends?period=week&exercise=squat")["series"]
        if series and sum(point["reps"] for point in series[0]["points"]) == total:
            return
        studio.page.wait_for_timeout(250)
    raise AssertionError(f"no trend shows {total} squats: {series}")


def wait_for(studio: Studio, set_id: str, count: int) -> dict:
    for _ in range(60):
        found = studio.api(f"/api/sets/{set_id}")
        if found["final_rep_count"] == count:
            return found
        studio.page.wait_for_timeout(250)
    raise AssertionError(f"the set never came to {count}: {found}")
