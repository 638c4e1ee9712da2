"""How late does a coach see what an athlete does?

The built pages and the real server on one machine, an athlete's browser with a film of squats as
the webcam and a coach's browser that watches; the rest of a class are sockets that send made-up
squats. Seen: from the moment in which the athlete's camera took a picture to the coach's frame in
which its skeleton is drawn, of every newly drawn pose; both clocks are the machine's. The value is
the slowest; the ratio is to the 2 s that are wanted. Said: from the coach's press to the word that
a cue was shown.

    python -m benchmarks.coach_live [--seconds 40] [--athletes 12]
"""

import argparse
import json
import statistics
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from websockets.sync.client import connect

from benchmarks._common import FPS, squats
from benchmarks.live_latency import SETTINGS, filmed
from scripts.browser import launch, sign_up
from scripts.coaching import become_coach, bring_together
from scripts.private_server import PrivateServer

WANTED_MS = 2_000.0
LIMIT_MS = 60_000
CUES = 5
PACKET_S = 0.4
# Reads what the page says of the pose that it has just drawn; changes nothing that it does.
PROBE = """
window.seen = { delaysMs: [], gapsMs: [] }
let shown = '', lastMs = 0
const look = () => {
  const stage = document.querySelector('[data-athlete="ATHLETE"] [data-testid=live-stage]')
  const now = stage?.dataset.shown ?? ''
  if (now && now !== shown) {
    const atMs = performance.timeOrigin + performance.now()
    seen.delaysMs.push(atMs - Number(now))
    if (lastMs) seen.gapsMs.push(atMs - lastMs)
    lastMs = atMs
    shown = now
  }
  requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""


class MadeUp:
    """An athlete without a browser: sends what a training page would, while somebody watches."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
        self._url = url
        self._headers = {"Cookie": cookies}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._train, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join(5)

    def _train(self) -> None:
        poses = squats(20.0).poses[::2]
        packed = np.round(poses * np.array([10_000, 10_000, 255])).astype(int).reshape(-1, 51)
        address = f"ws{self._url.removeprefix('http')}/ws/training"
        with connect(address, additional_headers=self._headers, origin=self._url) as socket:
            socket.send(json.dumps({"type": "hello", "private": False}))
            for i in range(10**9):
                if self._done.wait(PACKET_S):
                    return
                frames = [packed[(3 * i + k) % len(packed)].tolist() for k in range(3)]
                socket.send(json.dumps(packet(frames, reps=i // 6)))


def packet(frames: list[list[int]], reps: int) -> dict[str, Any]:
    now_ms = int(time.time() * 1000)
    step_ms = int(2000 / FPS)
    return {
        "type": "live", "state": "exercising", "exercise": "squat", "reps": reps, "hold_s": None,
        "target": None, "rest_s": None, "cue": None, "width_px": 640, "height_px": 640,
        "t_ms": [now_ms - step_ms * (len(frames) - 1 - k) for k in range(len(frames))],
        "keypoints": [value for frame in frames for value in frame],
    }  # fmt: skip


def trained(athlete: BrowserContext, url: str) -> Page:
    """A page in the middle of a set."""
    page = athlete.new_page()
    page.set_default_timeout(LIMIT_MS)
    page.add_init_script(SETTINGS)
    page.goto(f"{url}/train?backend=wasm")
    page.get_by_test_id("source-camera").click()
    page.get_by_test_id("start-set").click()
    page.locator("[data-testid=studio][data-status=counting]").wait_for()
    return page


def watched(coach: BrowserContext, url: str, athletes: list[str]) -> Page:
    """A page with a tile for each, the first one measured."""
    page = coach.new_page()
    page.set_default_timeout(LIMIT_MS)
    page.goto(f"{url}/coach/live?watch={','.join(athletes)}")
    page.locator(f"[data-athlete='{athletes[0]}'] [data-testid=live-stage][data-shown]").wait_for()
    return page


def said(page: Page, athlete: str) -> list[float]:
    """Ms from the press to the word that it was shown, for some cues."""
    tile = page.locator(f"[data-athlete='{athlete}']")
    if not tile.get_by_test_id("ready-good").count():
        tile.get_by_test_id("tile-toggle").click()
    took = []
    for _ in range(CUES):
        page.wait_for_timeout(2_500)
        begun = time.monotonic()
        tile.get_by_test_id("ready-good").click()
        tile.locator("[data-testid=cue-status].shown").wait_for()
        took.append((time.monotonic() - begun) * 1000)
    return took


def joined(browser: Browser, url: str, name: str) -> tuple[BrowserContext, str]:
    """Somebody new, with their id."""
    context = browser.new_context(permissions=["camera"], service_workers="block")
    email = sign_up(context, url, name=name)
    return context, email


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--athletes", type=int, default=12, help="tiles, 1 to 12")
    parser.add_argument("--port", type=int, default=None)
    options = parser.parse_args()
    with (
        TemporaryDirectory() as folder,
        PrivateServer(Path(folder), env={"COACHES_OPEN": "true"}, port=options.port) as server,
        sync_playwright() as playwright,
    ):
        url = server.url
        one = launch(playwright, webcam=filmed(Path(folder) / "squats.mjpeg"), webgl=False)
        other = launch(playwright, webgl=False)
        coach, _ = joined(other, url, "Tom")
        become_coach(coach, url)
        people = [joined(one, url, "Ada")[0]]
        people += [joined(other, url, f"A{i}")[0] for i in range(1, options.athletes)]
        for person in people:
            bring_together(coach, person, url)
        ids = ids_of(coach, url)
        crowd = [MadeUp(person, url) for person in people[1:]]
        trained(people[0], url)
        ada = ids.pop("Ada")
        page = watched(coach, url, [ada, *ids.values()])
        page.wait_for_timeout(3_000)
        page.evaluate(PROBE.replace("ATHLETE", ada))
        page.wait_for_timeout(options.seconds * 1000)
        seen = page.evaluate("seen")
        cues = said(page, ada)
        for person in crowd:
            person.stop()
        one.close()
        other.close()
    delays = seen["delaysMs"]
    line = {
        "name": "coach_live",
        "value": round(max(delays)),
        "unit": "ms from the athlete's camera to the coach's drawn skeleton, slowest",
        "ratio": round(max(delays) / WANTED_MS, 3),
        "against": f"{WANTED_MS:.0f} ms",
        "median_ms": round(statistics.median(delays)),
        "p95_ms": round(float(np.percentile(delays, 95))),
        "drawn": len(delays),
        "longest_stop_ms": round(max(seen["gapsMs"])),
        "cue_ms_median": round(statistics.median(cues)),
        "cue_ms_slowest": round(max(cues)),
        "athletes": options.athletes,
    }
    print(json.dumps(line))


def ids_of(coach: BrowserContext, url: str) -> dict[str, str]:
    """Of the coach's athletes, by name."""
    roster = coach.request.get(f"{url}/api/athletes").json()
    return {one["name"]: one["id"] for one in roster["results"]}


if __name__ == "__main__":
    main()
