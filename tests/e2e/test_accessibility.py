"""Keyboard alone is enough, and axe-core finds nothing serious on any view."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import report, settle, violations

SIGNED_OUT = ["/welcome", "/sign-in", "/sign-up", "/forgot-password"]
SIGNED_IN = [
    "/", "/plan", "/workouts", "/trends", "/records", "/exercises", "/profile",
    "/device/check", "/train?backend=wasm",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_views_of_a_visitor(contexts, scheme: str) -> None:
    page = contexts(webgl=False).new_page()
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in SIGNED_OUT:
        page.goto(path)
        settle(page)
        found[path] = violations(page)
    assert not any(found.values()), report(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_views_of_an_athlete(athlete, scheme: str) -> None:
    page = athlete(webgl=False).page
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in SIGNED_IN:
        page.goto(path)
        settle(page)
        found[path] = violations(page)
    assert not any(found.values()), report(found)


def test_one_heading_a_language_and_a_title_on_every_view(athlete) -> None:
    page = athlete(webgl=False).page
    for path in SIGNED_IN:
        page.goto(path)
        settle(page)
        assert page.get_by_role("heading", level=1).count() == 1, path
        assert page.evaluate("document.documentElement.lang"), path
        assert "PoseCoach" in page.title(), path


def press_until(page: Page, testid: str, key: str = "Tab", limit: int = 40) -> None:
    """Tabs on until the control has the focus; fails when it cannot be reached."""
    target = page.get_by_test_id(testid).first
    for _ in range(limit):
        if target.evaluate(
            "e => e === document.activeElement || e.contains(document.activeElement)"
        ):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{testid} cannot be reached with {key}")


def expect_clean(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        settle(page)
        assert violations(page) == [], scheme


def test_a_set_by_keyboard_alone(athlete, squat_webcam: Path) -> None:
    studio = athlete(webcam=squat_webcam, webgl=False)
    page = studio.page
    page.goto("/")
    settle(page)
    press_until(page, "start-training")
    page.keyboard.press("Enter")
    expect(studio.root).to_be_visible()
    press_until(page, "source-camera")
    page.keyboard.press("Enter")
    studio.expect_status("ready")
    press_until(page, "start-set")
    page.keyboard.press("Enter")
    studio.expect_status("counting")
    studio.wait_reps(1)
    press_until(page, "finish-set")
    page.keyboard.press("Enter")
    expect(studio.part("set-summary")).to_be_visible()
    press_until(page, "finish-workout")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workouts/*")
    expect_clean(page)
    page.get_by_test_id("open-set").first.click()
    page.wait_for_url("**/sets/*")
    expect_clean(page)


def test_the_focus_can_be_seen(athlete) -> None:
    page = athlete(webgl=False).page
    page.goto("/")
    settle(page)
    press_until(page, "start-training")
    style = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, s.outlineWidth, s.boxShadow] }"
    )
    assert (style[0] != "none" and style[1] != "0px") or style[2] != "none"
