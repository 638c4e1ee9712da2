"""An athlete shows the device the room; what was learnt stays in the browser and can be deleted."""

from pathlib import Path

from playwright.sync_api import Request, expect

STEP_MS = 90_000


def test_a_room_is_learnt_kept_and_forgotten(athlete, squat_webcam: Path) -> None:
    page = athlete(webcam=squat_webcam, webgl=False).page
    page.goto("/profile")
    page.get_by_test_id("room-link").click()
    room = page.get_by_test_id("room")
    sent: list[Request] = []
    page.on("request", lambda r: sent.append(r) if r.method != "GET" else None)
    page.get_by_test_id("room-start").click()
    # This camera shows somebody always: learning has to work, telling apart need not.
    for kind in ("empty", "person"):
        record = page.get_by_test_id(f"room-record-{kind}")
        expect(record).to_be_enabled(timeout=STEP_MS)
        record.click()
        expect(room).to_have_attribute("data-status", "recording", timeout=STEP_MS)
    teach = page.get_by_test_id("room-teach")
    expect(teach).to_be_enabled(timeout=STEP_MS)
    teach.click()
    expect(room).to_have_attribute("data-status", "taught", timeout=STEP_MS)
    assert not sent, [request.url for request in sent]

    page.reload()
    kept = page.get_by_test_id("room-kept")
    expect(kept).to_be_visible()
    page.get_by_test_id("room-forget").click()
    expect(kept).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(kept).to_be_visible()
    page.get_by_test_id("room-forget").click()
    page.reload()
    expect(page.get_by_test_id("room-start")).to_be_visible()
    expect(kept).to_be_hidden()
