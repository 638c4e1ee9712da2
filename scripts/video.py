"""Small videos without a codec of our own: MJPEG is JPEGs in a row, WebM is recorded by Chromium.

    python -m scripts.video tests/fixtures/squat.mjpeg frontend/src/assets/demo.webm --reps 3

Chromium's fake webcam plays an .mjpeg at 30 frames a second, round and round.
"""

import argparse
import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from scripts.steps import ROOT

# Three squats of the figure: what the page shows to those without a camera, and tests read.
DEMO = ROOT / "frontend" / "src" / "assets" / "demo.webm"
WEBCAM_FPS = 30
FIGURE_FPS = 15
STANDING = 4  # the first frames of the figure's squat are spent standing

RECORD = """
async ({ jpegs, fps, width, height }) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d', { alpha: false })
  const track = canvas.captureStream(0).getVideoTracks()[0]
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  const pictures = await Promise.all(
    jpegs.map((text) => createImageBitmap(new Blob([bytes(text)], { type: 'image/jpeg' }))))
  const recorder = new MediaRecorder(new MediaStream([track]),
    { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 350_000 })
  const chunks = []
  recorder.ondataavailable = (event) => chunks.push(event.data)
  const stopped = new Promise((resolve) => { recorder.onstop = resolve })
  context.drawImage(pictures[0], 0, 0)
  recorder.start()
  track.requestFrame()
  const start = performance.now()
  for (const [i, picture] of pictures.entries()) {
    const due = start + (i * 1000) / fps
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    context.drawImage(picture, 0, 0)
    track.requestFrame()
  }
  await new Promise((resolve) => setTimeout(resolve, 1000 / fps))
  recorder.stop()
  await stopped
  const data = new Uint8Array(await new Blob(chunks).arrayBuffer())
  let text = ''
  for (let i = 0; i < data.length; i += 32768)
    text += String.fromCharCode(...data.subarray(i, i + 32768))
  return btoa(text)
}
"""

FRAMES = """
async ({ fps, longest, quality }) => {
  const video = document.createElement('video')
  video.muted = true
  const loaded = new Promise((resolve, reject) => {
    video.onloadeddata = resolve
    video.onerror = () => reject(new Error(video.error?.message ?? 'unreadable'))
  })
  video.src = URL.createObjectURL(document.querySelector('input').files[0])
  await loaded
  const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight))
  const width = Math.round(video.videoWidth * scale), height = Math.round(video.videoHeight * scale)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const jpegs = []
  for (let t = 0; t < video.duration; t += 1 / fps) {
    const seeked = new Promise((resolve) => { video.onseeked = resolve })
    video.currentTime = t
    await seeked
    canvas.getContext('2d').drawImage(video, 0, 0, width, height)
    jpegs.push(canvas.toDataURL('image/jpeg', quality).split(',')[1])
  }
  return jpegs
}
"""


def split(mjpeg: bytes) -> list[bytes]:
    """The JPEGs of a file that is nothing but JPEGs in a row."""
    start = b"\xff\xd8\xff"  # FF is escaped inside a JPEG's data, so this only opens one
    return [start + rest for rest in mjpeg.split(start)[1:]]


def squats(
    squat: list[bytes], *, reps: int, before_s: float = 1.0, after_s: float = 1.0
) -> list[bytes]:
    """Frames (15 a second) of somebody who stands, squats `reps` times and stands again."""

    def standing(seconds: float) -> list[bytes]:
        return [squat[i % STANDING] for i in range(round(seconds * FIGURE_FPS))]

    return standing(before_s) + squat * reps + standing(after_s)


def webcam(path: Path, frames: Iterable[bytes], *, fps: float) -> Path:
    """Write a file for `--use-file-for-fake-video-capture`."""
    repeat = round(WEBCAM_FPS / fps)
    path.write_bytes(b"".join(frame * repeat for frame in frames))
    return path


def webm(page: Page, frames: list[bytes], *, fps: float, width: int, height: int) -> bytes:
    """Record the frames as WebM (VP8); takes as long as the video lasts."""
    options = {"jpegs": [base64.b64encode(frame).decode() for frame in frames], "fps": fps}
    recorded: Any = page.evaluate(RECORD, {**options, "width": width, "height": height})
    return base64.b64decode(recorded)


def frames_of(page: Page, video: Path, *, fps: float, longest: int = 640) -> list[bytes]:
    """JPEG frames of a video file that this Chromium can read; raises where it cannot."""
    page.set_content("<input type=file>")
    page.set_input_files("input", video)
    jpegs: Any = page.evaluate(FRAMES, {"fps": fps, "longest": longest, "quality": 0.9})
    return [base64.b64decode(text) for text in jpegs]


def main() -> None:
    from scripts.chromium import find_or_install

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("squat", type=Path, help="one squat, made by scripts/render_figure.py")
    parser.add_argument("out", type=Path)
    parser.add_argument("--reps", type=int, default=3)
    options = parser.parse_args()
    frames = squats(split(options.squat.read_bytes()), reps=options.reps)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_or_install()), args=["--no-sandbox"]
        )
        data = webm(browser.new_page(), frames, fps=FIGURE_FPS, width=640, height=360)
        browser.close()
    options.out.write_bytes(data)
    print(f"{options.out}: {len(data) // 1024} KiB, {len(frames)} frames, {options.reps} squats")


if __name__ == "__main__":
    main()
