"""The training page as a person uses it, by its test ids. Knows nothing of fixtures."""

import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from scripts.browser import csrf

BY_HAND = """localStorage.getItem('posecoach.studio') ||
  localStorage.setItem('posecoach.studio', JSON.stringify({ countdownS: 0, handsFree: false }))"""
READY_MS = 90_000
COUNT_MS = 90_000


class Studio:
    """One athlete's page."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        self.email = email

    def part(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    @property
    def root(self) -> Locator:
        return self.part("studio")

    def open(self, query: str = "?backend=wasm") -> "Studio":
        self.page.add_init_script(BY_HAND)
        self.page.goto(f"/train{query}")
        expect(self.root).to_be_visible()
        return self

    def fact(self, name: str) -> str:
        """What the page says of itself, for machines."""
        return self.root.get_attribute(f"data-{name}") or ""

    def expect_status(self, *statuses: str, timeout: int = READY_MS) -> None:
        wanted = "|".join(statuses)
        expect(self.root).to_have_attribute(
            "data-status", re.compile(f"^({wanted})$"), timeout=timeout
        )

    def use_camera(self) -> None:
        self.part("source-camera").click()
        self.expect_status("ready")

    def watch_video(self, path: Path, *, limit_s: float = 90) -> str:
        """Opens the file; it starts, ends and is counted by itself. Answers the set's id."""
        self.open_video(path)
        self.expect_status("done", timeout=int(limit_s * 1000))
        return self.fact("set-id")

    def open_video(self, path: Path) -> None:
        self.part("video-input").set_input_files(path)

    def choose(self, exercise: str) -> None:
        """`exercise` as the page words it."""
        self.part("exercise-select").select_option(label=exercise)

    def start_set(self) -> str:
        """Starts counting, after the countdown; answers the set's id."""
        self.part("start-set").click()
        self.expect_status("counting")
        return self.fact("set-id")

    def wait_reps(self, at_least: int, timeout_ms: int = COUNT_MS) -> int:
        """Until the page shows so many; answers how many it shows."""
        self.page.wait_for_function(
            "n => Number(document.querySelector('[data-testid=studio]')?.dataset.reps) >= n",
            arg=at_least,
            timeout=timeout_ms,
        )
        return int(self.fact("reps"))

    def wait_server_reps(self, set_id: str, at_least: int, limit_s: float = 60) -> Any:
        """The set as soon as the server has counted so many."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            found = self.page.context.request.get(f"/api/sets/{set_id}")
            if found.ok and found.json()["rep_count"] >= at_least:
                return found.json()
            self.page.wait_for_timeout(300)
        raise AssertionError(f"the server has not counted {at_least} of {set_id} in {limit_s} s")

    def finish_set(self) -> None:
        self.part("finish-set").click()
        self.expect_status("done")

    def finish_workout(self) -> str:
        """Answers the workout's id."""
        self.part("finish-workout").click()
        self.page.wait_for_url("**/workouts/*", timeout=30_000)
        return self.page.url.split("/workouts/")[1].split("?")[0]

    def notice(self, key: str) -> Locator:
        return self.page.locator(f"[data-testid=notice][data-key={key}]")

    def expect_sent(self, timeout: int = 30_000) -> None:
        """Nothing waits on this device any more."""
        expect(self.root).to_have_attribute("data-clips-pending", "0", timeout=timeout)

    # --- what the server says ---------------------------------------------------------------

    def api(self, path: str) -> Any:
        answer = self.page.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def put(self, path: str, **options: Any) -> Any:
        headers = {**csrf(self.page.context), **options.pop("headers", {})}
        return self.page.context.request.put(path, headers=headers, **options)

    def analysed(self, set_id: str, limit_s: float = 60) -> Any:
        """The set once the worker has given its last word."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            found = self.api(f"/api/sets/{set_id}")
            if found["state"] == "done":
                return found
            self.page.wait_for_timeout(300)
        raise AssertionError(f"set {set_id} is still {found['state']} after {limit_s} s: {found}")
