"""Finds a Chromium that starts, or installs one. Only tests, replay and screenshots need it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FONTS = "fonts-liberation"
INSTALL_LIMIT_S = 600
START_LIMIT_S = 30
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class ChromiumMissingError(Exception):
    """No browser was found and none could be installed; the message says what to do."""


def find_or_install() -> str:
    """Path of a browser that starts.

    Raises ChromiumMissingError: POSECOACH_CHROMIUM does not start, or there is none to be had.
    """
    chosen = os.environ.get("POSECOACH_CHROMIUM")
    if chosen:
        if not starts(chosen):
            raise ChromiumMissingError(f"POSECOACH_CHROMIUM is {chosen!r}, which does not start.")
        return chosen
    for install in (None, install_with_playwright, install_with_apt):
        if install is not None:
            install()
        found = next((path for path in candidates() if starts(path)), None)
        if found:
            return found
    raise ChromiumMissingError(
        "No Chromium found and none could be installed: install Chromium or Chrome, "
        "or set POSECOACH_CHROMIUM to its path."
    )


def candidates() -> Iterator[str]:
    yield from (path for path in map(shutil.which, NAMES) if path)
    own = playwright_path()
    if own and own.exists():
        yield str(own)


def playwright_path() -> Path | None:
    """Where Playwright would keep its own browser, whether it is there or not.

    Asked in a process of its own: where Playwright is at work already it refuses to start again.
    """
    told = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    return Path(told.stdout.strip()) if told.returncode == 0 else None


def starts(path: str) -> bool:
    """A file alone proves little: system libraries may be missing."""
    try:
        result = subprocess.run(
            [path, "--version"], capture_output=True, timeout=START_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def install_with_playwright() -> None:
    attempt([sys.executable, "-m", "playwright", "install", "chromium"])


def install_with_apt() -> None:
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        apt = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
        attempt([*apt, "update"])
        attempt([*apt, "install", "--yes", "--no-install-recommends", "chromium", FONTS])


def attempt(command: list[str]) -> None:
    """Runs an installer; whether it helped is found out by looking for the browser again."""
    print(f"Looking for a browser: {' '.join(command)}", flush=True)
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(
            command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=INSTALL_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  that did not work: {error}", flush=True)


if __name__ == "__main__":
    try:
        print(find_or_install())
    except ChromiumMissingError as error:
        sys.exit(str(error))
