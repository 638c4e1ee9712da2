"""Chromium the way tests, replay and screenshots start it, and an athlete signed up in it."""

import secrets
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

from scripts.chromium import find_or_install

QUIET = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--autoplay-policy=no-user-gesture-required",
)
SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
NO_WEBGL = ("--disable-gpu", "--disable-software-rasterizer")
PASSWORD = "steady-Otter-42-lake"


def launch(
    playwright: Playwright,
    *,
    executable: str | None = None,
    webcam: Path | None = None,
    webgl: bool = True,
    extra: tuple[str, ...] = (),
) -> Browser:
    """A headless Chromium.

    webcam: an .mjpeg file to be the camera's picture; without it there is no camera.
    webgl: software WebGL, or none at all.
    """
    args = [*QUIET, *(SOFTWARE_WEBGL if webgl else NO_WEBGL), *extra]
    if webcam:
        args += [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={webcam}",
        ]
    return playwright.chromium.launch(
        executable_path=executable or find_or_install(), args=args, headless=True
    )


def sign_up(context: BrowserContext, url: str, *, name: str = "Robin") -> str:
    """Signs a new athlete up through the API of the sign-up page; answers the e-mail address."""
    email = f"{name.lower()}-{secrets.token_hex(4)}@example.org"
    context.request.get(f"{url}/_allauth/browser/v1/config")
    body = {"email": email, "password": PASSWORD, "display_name": name}
    answer = context.request.post(
        f"{url}/_allauth/browser/v1/auth/signup", data=body, headers=csrf(context)
    )
    if not answer.ok:
        raise RuntimeError(f"sign-up failed: {answer.status} {answer.text()}")
    return email


def csrf(context: BrowserContext) -> dict[str, str]:
    """The header that unsafe requests need."""
    cookies: list[Any] = context.cookies()
    token = next((c["value"] for c in cookies if c["name"] == "csrftoken"), "")
    return {"X-CSRFToken": token}


def sign_in(context: BrowserContext, url: str, email: str, password: str) -> None:
    """Signs somebody in through the API of the sign-in page."""
    context.request.get(f"{url}/_allauth/browser/v1/config")
    body = {"email": email, "password": password}
    answer = context.request.post(
        f"{url}/_allauth/browser/v1/auth/login", data=body, headers=csrf(context)
    )
    if not answer.ok:
        raise RuntimeError(f"sign-in of {email} failed: {answer.status} {answer.text()}")
