"""The page counts by its own discriminator, before the server has heard of the set."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

SETS = "**/api/sets/**"
SQUATS = 3  # in the video


@pytest.fixture
def unheard(athlete):
    """An athlete whose sets do not reach the server."""
    studio = athlete(webgl=False).open()
    studio.page.route(SETS, lambda route: route.abort())
    return studio


def test_a_set_is_counted_without_the_server_and_confirmed_by_it(
    unheard, squats_video: Path
) -> None:
    unheard.open_video(squats_video)
    unheard.expect_status("waiting")
    expect(unheard.root).to_have_attribute("data-browser-final", "true", timeout=60_000)
    own = unheard.fact("browser-reps")
    assert abs(int(own) - SQUATS) <= 1
    expect(unheard.part("set-summary-reps")).to_have_text(own)
    expect(unheard.part("set-summary-exercise")).to_have_text("Squat")
    expect(unheard.part("provisional")).to_be_visible()

    unheard.page.unroute(SETS)
    unheard.expect_status("done")
    counted = unheard.analysed(unheard.fact("set-id"))
    expect(unheard.part("provisional")).to_be_hidden()
    differs = str(counted["rep_count"]) != own
    expect(unheard.part("counts-differ")).to_have_count(int(differs))


def test_the_count_goes_on_while_the_network_is_away(athlete, squat_webcam: Path) -> None:
    studio = athlete(webcam=squat_webcam, webgl=False).open()
    studio.use_camera()
    studio.page.route(SETS, lambda route: route.abort())
    studio.start_set()
    assert studio.wait_reps(2) == int(studio.fact("browser-reps"))
