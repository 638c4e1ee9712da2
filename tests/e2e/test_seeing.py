"""What hinders the looking, or ends it: darkness, a large camera, a dead worker."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from scripts import video
from tests.e2e.studio import Studio

# Before the page's own scripts: its workers within reach of the test.
WATCH = """
window.workers = []
window.Worker = class extends Worker {
  constructor(...given) { super(...given); window.workers.push([given[1]?.name, this]) }
}
"""
CRASH = """() => {
  const [, worker] = window.workers.findLast(([name]) => name === 'pose')
  worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))
}"""


@pytest.fixture
def studio(athlete: Callable[..., Studio], squat_webcam: Path) -> Studio:
    """In front of the camera, before a set."""
    studio = athlete(webcam=squat_webcam, webgl=False)
    studio.page.add_init_script(WATCH)
    studio.open()
    studio.use_camera()
    return studio


def frames(studio: Studio, more_than: int, timeout: int = 60_000) -> int:
    studio.page.wait_for_function(
        "n => Number(document.querySelector('[data-testid=studio]').dataset.frames) > n",
        arg=more_than,
        timeout=timeout,
    )
    return int(studio.fact("frames"))


def test_a_dead_worker_is_replaced_once_and_then_told(studio: Studio) -> None:
    studio.start_set()
    before = frames(studio, 3)
    studio.page.evaluate(CRASH)
    expect(studio.notice("worker_restarted")).to_be_visible(timeout=60_000)
    frames(studio, before + 3)
    studio.page.evaluate(CRASH)
    expect(studio.notice("worker_crashed")).to_be_visible(timeout=60_000)
    assert studio.fact("status") == "counting"


def test_a_large_camera_is_taken_down_and_darkness_told(
    athlete: Callable[..., Studio], tmp_path: Path
) -> None:
    night = io.BytesIO()
    Image.new("RGB", (3840, 2160), (9, 9, 12)).save(night, "JPEG")
    camera = video.webcam(tmp_path / "night.mjpeg", [night.getvalue()] * 4, fps=15)
    studio = athlete(webcam=camera, webgl=False).open()
    studio.use_camera()
    frames(studio, 3)
    width = studio.page.evaluate("() => document.querySelector('.stage video').videoWidth")
    assert width <= 1280  # what is asked for; the browser takes the picture down
    expect(studio.notice("dark")).to_be_visible(timeout=30_000)
