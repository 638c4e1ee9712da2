"""Real videos through the built pages in headless Chromium and a real server.

    python -m scripts.replay --videos DIR --out F.jsonl [--detector auto] [--backend wasm]

Each file is opened as an athlete would open it, with "Recognise it for me". A line is appended for
each as soon as the server has its last word, so an interrupted run goes on where it stopped:
{"file", "exercise", "reps", "attempts", "fps", "frames", "estimators", "browser_reps"}. `exercise`
is null where nobody exercised and "unknown" where the exercise was not recognised; `fps`, `frames`
and `estimators` are of the keypoints that were sent; `browser_reps` is what the page's own
discriminator counted, null where it could not. A file that cannot be read has "error" instead.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Request, sync_playwright

from models.clip import decode
from scripts.browser import launch, sign_up
from scripts.chromium import find_or_install
from scripts.private_server import PrivateServer
from scripts.replay_table import table
from scripts.steps import ROOT, StepError, main_guard

VIDEO_SUFFIXES = {
    ".3gp", ".avi", ".flv", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".ts",
    ".webm", ".wmv",
}  # fmt: skip
DETECTORS = ("auto", "posenet", "movenet", "thunder")
BACKENDS = ("wasm", "webgl")
OWN_COUNT_MS = 30_000
FILES_A_BROWSER = 25  # then a fresh one, so that memory stays flat


@dataclass
class Clips:
    """The frames that the page sends."""

    t_ms: list[int] = field(default_factory=list)
    estimators: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        page.on("request", self.take)

    def take(self, request: Request) -> None:
        if "/clips/" in request.url and request.post_data_buffer:
            clip = decode(request.post_data_buffer)
            self.t_ms += (int(t) for t in clip.sequence.t_ms)
            self.estimators.add(clip.estimator)

    def facts(self) -> dict[str, Any]:
        times = sorted(set(self.t_ms))
        span_s = (times[-1] - times[0]) / 1000 if len(times) > 1 else 0
        return {
            "fps": round((len(times) - 1) / span_s, 2) if span_s else None,
            "frames": len(times),
            "estimators": sorted(self.estimators),
        }


def videos_in(folder: Path) -> list[Path]:
    """Every video under the folder; raises StepError where there is none."""
    if not folder.is_dir():
        raise StepError(f"VIDEOS={folder} is no folder.")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in VIDEO_SUFFIXES)
    if not found:
        raise StepError(f"VIDEOS={folder} holds no video ({', '.join(sorted(VIDEO_SUFFIXES))}).")
    return found


def done_before(out: Path) -> dict[str, dict[str, Any]]:
    """Results of an earlier run, by file; a line that was cut off counts as not there."""
    results: dict[str, dict[str, Any]] = {}
    if out.exists():
        for line in out.read_text().splitlines():
            try:
                result = json.loads(line)
            except json.JSONDecodeError:
                continue
            results[result["file"]] = result
    return results


def replay(page: Page, video: Path, address: str, limit_s: float) -> dict[str, Any]:
    """One file's result without its name."""
    clips = Clips()
    clips.listen(page)
    studio = page.get_by_test_id("studio")
    try:
        page.goto(address)
        page.get_by_test_id("video-input").set_input_files(video)
        page.wait_for_selector(
            "[data-testid=studio]:is([data-status=done], [data-status=failed],"
            " [data-status=choosing]:has([data-testid=notice]))",
            timeout=limit_s * 1000,
        )
    except BrowserError:
        return {"error": f"no answer within {limit_s:.0f} s", **clips.facts()}
    if studio.get_attribute("data-status") != "done":
        return {"error": page.get_by_test_id("notice").first.inner_text().strip()}
    set_id = studio.get_attribute("data-set-id")
    found = page.request.get(f"/api/sets/{set_id}").json()
    result = {
        "exercise": found["exercise"],
        "reps": found["rep_count"],
        "attempts": found["attempt_count"],
        **clips.facts(),
        "browser_reps": own_count(page),
    }
    if found["clips_received"] != found["clip_count"]:
        result["error"] = f"{found['clips_received']} of {found['clip_count']} clips arrived"
    return result


def own_count(page: Page) -> int | None:
    """What the page counted itself; it may read the set a little longer than the server."""
    with suppress(BrowserError):
        page.wait_for_selector("[data-browser-final=true]", state="attached", timeout=OWN_COUNT_MS)
    counted = page.get_by_test_id("studio").get_attribute("data-browser-reps")
    return None if counted is None else int(counted)


@contextmanager
def athlete_page(playwright: Any, chromium: str, url: str, backend: str) -> Iterator[Page]:
    browser = launch(playwright, executable=chromium, webgl=backend == "webgl")
    try:
        # One visit: nothing needs to be kept for the next one.
        context = browser.new_context(base_url=url, service_workers="block")
        sign_up(context, url, name="Replay")
        yield context.new_page()
    finally:
        browser.close()


def run(
    videos: list[Path], base: Path, out: Path, detector: str, backend: str, limit_s: float
) -> None:
    address = f"/train?backend={backend}&detector={detector}"
    chromium = find_or_install()
    out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        PrivateServer(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        for start in range(0, len(videos), FILES_A_BROWSER):
            with athlete_page(playwright, chromium, server.url, backend) as page:
                for number, video in enumerate(videos[start : start + FILES_A_BROWSER], start + 1):
                    name = video.relative_to(base).as_posix()
                    began = time.monotonic()
                    tab = page.context.new_page()
                    result = {"file": name, **replay(tab, video, address, limit_s)}
                    tab.close()
                    with out.open("a") as lines:
                        lines.write(json.dumps(result) + "\n")
                    told = result.get("error") or f"{result['exercise']}, {result['reps']} reps"
                    took = time.monotonic() - began
                    print(f"[{number}/{len(videos)}] {name}: {told} ({took:.0f} s)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--videos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--detector", default="auto")
    parser.add_argument("--backend", default="wasm")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one file")
    options = parser.parse_args()
    if options.detector not in DETECTORS:
        known = ", ".join(DETECTORS)
        raise StepError(f"DETECTOR={options.detector} is not there; there are {known}.")
    if options.backend not in BACKENDS:
        raise StepError(f"BACKEND={options.backend} is not there; there are {', '.join(BACKENDS)}.")
    if not (ROOT / "frontend" / "dist" / "index.html").exists():
        raise StepError("The pages are not built: run `npm run build` in frontend/ first.")
    videos = videos_in(options.videos)
    before = done_before(options.out)
    todo = [v for v in videos if v.relative_to(options.videos).as_posix() not in before]
    if len(todo) < len(videos):
        print(f"{len(videos) - len(todo)} of {len(videos)} are in {options.out} already.")
    if todo:
        run(todo, options.videos, options.out, options.detector, options.backend, options.limit)
    print(table(list(done_before(options.out).values()), options.videos))
    return 0


if __name__ == "__main__":
    main_guard(main)
    sys.exit(0)
