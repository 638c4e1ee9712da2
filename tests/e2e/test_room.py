"""The device learns a room by itself, and keeps nothing that is unclear."""

from pathlib import Path

from playwright.sync_api import Request, expect

STEP_MS = 90_000


def test_a_room_is_learnt_on_the_device_and_not_kept_where_it_is_unclear(
    athlete, standing_webcam: Path
) -> None:
    page = athlete(webcam=standing_webcam, webgl=False).page
    page.goto("/profile")
    page.get_by_test_id("room-link").click()
    room = page.get_by_test_id("room")
    sent: list[Request] = []
    page.on("request", lambda r: sent.append(r) if r.method != "GET" else None)
    page.get_by_test_id("room-start").click()
    # This camera shows somebody always, in the "empty" room too, and in one posture.
    for kind in ("empty", "person"):
        record = page.get_by_test_id(f"room-record-{kind}")
        expect(record).to_be_enabled(timeout=STEP_MS)
        record.click()
        expect(room).to_have_attribute("data-status", "recording", timeout=STEP_MS)
    teach = page.get_by_test_id("room-teach")
    expect(teach).to_be_enabled(timeout=STEP_MS)
    teach.click()
    expect(page.get_by_test_id("room-problem")).to_contain_text("too much alike", timeout=STEP_MS)
    expect(page.get_by_role("img", name="error falls")).to_be_visible()
    assert not sent, [request.url for request in sent]
    page.reload()
    expect(page.get_by_test_id("room-start")).to_be_visible()
    expect(page.get_by_test_id("room-kept")).to_be_hidden()
