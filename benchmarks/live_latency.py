"""How soon does the athlete see a repetition, and how soon does the server confirm it?

The built pages and the real server on one machine, a film of squats as the webcam. Seen: from the
message of the discriminator's worker to the frame in which its number stands on the page; the
value is the slowest. Confirmed: from the sending of a clip to the server's result with it. The
ratio is to the 100 ms that are wanted; 1 s is wanted of the server.

    python -m benchmarks.live_latency [--reps 6]
"""

import argparse
import json
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from scripts import video
from scripts.browser import launch, sign_up
from scripts.private_server import PrivateServer
from scripts.steps import ROOT

SQUAT = ROOT / "tests" / "fixtures" / "squat.mjpeg"
SEEN_MS = 100.0
CONFIRMED_MS = 1_000.0
LIMIT_MS = 240_000
SETTINGS = """localStorage.setItem('posecoach.studio',
  JSON.stringify({ countdownS: 0, handsFree: false, exercise: 'squat' }))"""
# Notes times beside the page's own code; changes nothing that it does.
PROBE = """
window.live = { seenMs: [], sentAt: {}, confirmedMs: [] }
const afterPaint = (call) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = call
  port2.postMessage(0)
})
const shown = () => document.querySelector('[data-testid=rep-count]')?.textContent.trim()
function awaitNumber(number, sinceMs) {
  if (performance.now() - sinceMs > 5000 || shown() === undefined) return
  if (shown() === String(number)) afterPaint(() => live.seenMs.push(performance.now() - sinceMs))
  else requestAnimationFrame(() => awaitNumber(number, sinceMs))
}
let last = 0
window.Worker = class extends Worker {
  constructor(url, options) {
    super(url, options)
    if (options?.name !== 'discriminator') return
    this.addEventListener('message', ({ data }) => {
      if (data.type !== 'count' || data.count.rep_count <= last) return
      last = data.count.rep_count
      const sinceMs = performance.now()
      requestAnimationFrame(() => awaitNumber(last, sinceMs))
    })
  }
}
const send = window.fetch
window.fetch = (input, init) => {
  const clip = /clips\\/(\\d+)$/.exec(new URL(input.url ?? input, location.href).pathname)
  if (clip) live.sentAt[clip[1]] ??= performance.now()
  return send(input, init)
}
window.WebSocket = class extends WebSocket {
  constructor(...rest) {
    super(...rest)
    this.addEventListener('message', ({ data }) => {
      const event = JSON.parse(data)
      if (event.type !== 'set.analyzed') return
      for (const [index, sentAt] of Object.entries(live.sentAt)) {
        if (Number(index) >= event.set.clips_received) continue
        live.confirmedMs.push(performance.now() - sentAt)
        live.sentAt[index] = Infinity
      }
      live.confirmedMs = live.confirmedMs.filter(Number.isFinite)
    })
  }
}
"""


def filmed(path: Path) -> Path:
    """Somebody who squats without end, a second of rest after every four."""
    squat = video.split(SQUAT.read_bytes())
    frames = video.squats(squat, reps=4, before_s=1.0, after_s=0.0)
    return video.webcam(path, frames, fps=video.FIGURE_FPS)


def exercised(page: Page, url: str, reps: int) -> Any:
    """What was noted until the page has shown so many repetitions."""
    page.set_default_timeout(LIMIT_MS)
    page.add_init_script(SETTINGS)
    page.add_init_script(PROBE)
    page.goto(f"{url}/train?backend=wasm")
    page.get_by_test_id("source-camera").click()
    page.get_by_test_id("start-set").click()
    enough = "n => live.seenMs.length >= n && live.confirmedMs.length >= 2"
    page.wait_for_function(enough, arg=reps)
    page.get_by_test_id("finish-set").click()
    page.locator("[data-testid=studio][data-status=done]").wait_for()
    return page.evaluate("({ seenMs: live.seenMs, confirmedMs: live.confirmedMs })")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reps", type=int, default=6)
    parser.add_argument("--port", type=int, default=None)
    options = parser.parse_args()
    with (
        TemporaryDirectory() as folder,
        PrivateServer(Path(folder), port=options.port) as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, webcam=filmed(Path(folder) / "squats.mjpeg"), webgl=False)
        context = browser.new_context(permissions=["camera"], service_workers="block")
        sign_up(context, server.url)
        noted = exercised(context.new_page(), server.url, options.reps)
        browser.close()
    seen, confirmed = noted["seenMs"], noted["confirmedMs"]
    line = {
        "name": "live_latency",
        "value": round(max(seen), 1),
        "unit": "ms from the discriminator's answer to the painted number, slowest",
        "ratio": round(max(seen) / SEEN_MS, 3),
        "against": f"{SEEN_MS:.0f} ms",
        "seen_ms_median": round(statistics.median(seen), 1),
        "confirmed_ms_median": round(statistics.median(confirmed)),
        "confirmed_ms_slowest": round(max(confirmed)),
        "confirmed_ratio": round(max(confirmed) / CONFIRMED_MS, 3),
        "repetitions": len(seen),
        "clips": len(confirmed),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
