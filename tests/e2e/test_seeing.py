"""What hinders the looking, or ends it: darkness, a large camera, an unplugged one, a dead worker."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from scripts import video
from tests.e2e.studio import Studio

# Before the page's own scripts: its camera, its locks and its workers within reach of the test.
WATCH = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
navigator.mediaDevices.getUserMedia = async (wish) => (window.camera = await open(wish))
window.locks = []
const request = navigator.wakeLock?.request.bind(navigator.wakeLock)
if (request) navigator.wakeLock.request = async (kind) => {
  const lock = await request(kind)
  window.locks.push(lock)
  return lock
}
window.workers = []
window.Worker = class extends Worker {
  constructor(...given) { super(...given); window.workers.push([given[1]?.name, this]) }
}
"""
# As the browser does when the cable is pulled, and when it is plugged in again.
UNPLUG = """() => {
  const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices)
  navigator.mediaDevices.enumerateDevices = async () => window.gone ? [] : list()
  window.gone = true
  const [track] = window.camera.getVideoTracks()
  track.stop()
  track.dispatchEvent(new Event('ended'))
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
}"""
PLUG_IN = """() => {
  window.gone = false
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
}"""
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


def test_the_screen_stays_on_for_a_set_and_no_longer(studio: Studio) -> None:
    released = "() => window.locks.map((lock) => lock.released)"
    assert studio.page.evaluate(released) == []
    studio.start_set()
    studio.page.wait_for_function("() => window.locks.length === 1")
    assert studio.page.evaluate(released) == [False]
    studio.part("finish-set").click()
    studio.page.wait_for_function("() => window.locks[0].released")


def test_an_unplugged_camera_keeps_the_set_and_goes_on_when_it_is_back(studio: Studio) -> None:
    set_id = studio.start_set()
    frames(studio, 5)
    studio.page.evaluate(UNPLUG)
    expect(studio.notice("camera_ended")).to_be_visible()
    assert studio.fact("status") == "counting"
    studio.page.wait_for_timeout(1500)
    studio.page.evaluate(PLUG_IN)
    expect(studio.notice("camera_ended")).to_be_hidden(timeout=30_000)
    frames(studio, 5)
    studio.part("finish-set").click()
    counted = studio.analysed(set_id)
    assert counted["clips_received"] == counted["clip_count"] >= 2
    assert counted["missing_clips"] == []


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
