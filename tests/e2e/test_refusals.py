"""Bad input and missing devices: each gets a clear, friendly answer."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.browser import csrf


def test_a_refused_camera(athlete, squat_webcam: Path) -> None:
    studio = athlete(webcam=squat_webcam, webgl=False, camera_allowed=False).open()
    refuse_camera(studio.page)
    studio.part("source-camera").click()
    expect(studio.notice("camera_refused")).to_be_visible()
    expect(studio.part("source-video")).to_be_visible()  # there is another way to go on


def refuse_camera(page) -> None:
    page.context.browser.new_browser_cdp_session().send(
        "Browser.setPermission",
        {"permission": {"name": "camera"}, "setting": "denied", "origin": page.url},
    )


def test_no_camera_at_all(athlete) -> None:
    studio = athlete(webgl=False).open()
    studio.part("source-camera").click()
    expect(studio.notice("camera_none")).to_be_visible()


def test_without_webgl_it_says_so_and_uses_wasm(athlete, squats_video: Path) -> None:
    studio = athlete(webgl=False).open(query="")
    studio.open_video(squats_video)
    expect(studio.notice("webgl_missing")).to_be_visible(timeout=60_000)
    studio.expect_status("counting", "waiting", "done")
    assert studio.fact("backend") == "wasm"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.mp4", b"this is no video" * 100),
        ("empty.mp4", b""),
        ("picture.jpg", b"\xff\xd8\xff\xe0 and so on"),
    ],
)
def test_an_unreadable_video(athlete, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    studio = athlete(webgl=False).open()
    studio.open_video(path)
    expect(studio.notice("video_unreadable")).to_be_visible(timeout=60_000)
    studio.expect_status("choosing")
    expect(studio.part("source-video")).to_be_visible()


def test_a_video_without_a_person(athlete, empty_room_video: Path) -> None:
    studio = athlete(webgl=False).open()
    counted = studio.analysed(studio.watch_video(empty_room_video))
    assert counted["rep_count"] == 0
    assert counted["exercise"] is None
    assert counted["message"]
    expect(studio.part("set-summary")).to_contain_text(counted["message"])


def test_somebody_elses_workout(athlete, contexts) -> None:
    mine = athlete(webgl=False)
    workout = "0b54a7b2-0f5e-4ff5-9a0e-6f2f6c0a1d11"
    body = {"started_at": "2026-01-05T10:00:00Z", "time_zone": "Europe/Berlin"}
    assert mine.put(f"/api/workouts/{workout}", data=body).ok

    other = athlete(webgl=False)
    assert other.page.context.request.get(f"/api/workouts/{workout}").status == 404
    assert other.put(f"/api/workouts/{workout}", data=body).status in (404, 409)
    other.page.goto(f"/workouts/{workout}")
    expect(other.page.get_by_text("not yours to see")).to_be_visible()


def test_a_clip_for_somebody_elses_set(athlete) -> None:
    stranger = athlete(webgl=False)
    clip = (Path(__file__).parents[1] / "fixtures" / "clip_v1.bin").read_bytes()
    answer = stranger.put(
        "/api/sets/0b54a7b2-0f5e-4ff5-9a0e-6f2f6c0a1d12/clips/0",
        data=clip,
        headers={"Content-Type": "application/vnd.posecoach.clip"},
    )
    assert answer.status == 404
    assert answer.json()["error"]["message"]


def test_an_address_that_does_not_exist(athlete) -> None:
    page = athlete(webgl=False).page
    page.goto("/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link").first).to_be_visible()
    assert csrf(page.context)["X-CSRFToken"]
