"""Pictures of every view, on a phone and on a desk, light and dark.

    python -m scripts.screenshots [--only NAME …]

All of them go to screenshots/ (not in the repository), and a few small ones for the README to
docs/screenshots/. People, workouts and the figure in front of the camera are invented.
"""

import argparse
import io
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from scripts import video
from scripts.browser import launch, sign_in, sign_up
from scripts.chromium import find_or_install
from scripts.private_server import PrivateServer
from scripts.steps import ROOT, StepError, main_guard

OUT = ROOT / "screenshots"
README_OUT = ROOT / "docs" / "screenshots"
README_SHOTS = {
    "home-1440-light": "home", "workout-1440-light": "workout", "trends-1440-light": "trends",
    "studio-video-1440-dark": "studio", "home-390-dark": "home-phone",
    "studio-video-390-dark": "studio-phone",
}  # fmt: skip
README_LIMIT_BYTES = 150_000
SIZES = {"390": (390, 844), "1440": (1440, 900)}
SCHEMES = ("light", "dark")
FIXTURES = ROOT / "tests" / "fixtures"
FIGURE = FIXTURES / "squat.mjpeg"
BY_HAND = """localStorage.setItem('posecoach.studio',
  JSON.stringify({ countdownS: 0, handsFree: false, exercise: 'squat' }))"""

VISITOR = {
    "welcome": "/welcome", "sign-in": "/sign-in", "sign-up": "/sign-up",
    "forgot-password": "/forgot-password", "reset-password": "/reset-password/1-abc",
}  # fmt: skip
ATHLETE = {
    "home": "/", "plan": "/plan", "history": "/workouts", "trends": "/trends",
    "records": "/records", "exercises": "/exercises", "profile": "/profile",
    "data": "/profile/data",
    "device-check": "/device/check", "device-room": "/device/room", "not-found": "/no-such-page",
}  # fmt: skip
FRESH = {"fresh-home": "/", "fresh-history": "/workouts", "fresh-trends": "/trends"}
STUDIO = (
    "studio-choosing", "studio-loading", "studio-ready", "studio-counting", "studio-offline",
    "studio-close", "studio-summary", "studio-video", "workout-finished",
)  # fmt: skip


@dataclass(frozen=True)
class Shooter:
    """Saves pictures under `name-width-scheme.png`."""

    size: str
    scheme: str
    only: tuple[str, ...]

    def wants(self, *names: str) -> bool:
        return not self.only or any(name in self.only for name in names)

    def shoot(self, page: Page, name: str, *, full: bool = True) -> None:
        if not self.wants(name):
            return
        label = f"{name}-{self.size}-{self.scheme}"
        if label in README_SHOTS:
            save_small(page.screenshot(), README_OUT / f"{README_SHOTS[label]}.webp")
        if full:  # as a window this tall, so that a bar fixed to its foot stays at the foot
            page.set_viewport_size({"width": SIZES[self.size][0], "height": tallness(page)})
        page.screenshot(path=OUT / f"{label}.png", animations="disabled")
        if full:
            width, height = SIZES[self.size]
            page.set_viewport_size({"width": width, "height": height})
        print(label, flush=True)

    def visit(self, page: Page, pages: dict[str, str]) -> None:
        for name, path in pages.items():
            if self.wants(name):
                page.goto(path)
                settle(page)
                self.shoot(page, name)


def tallness(page: Page) -> int:
    """Of the whole page, in px."""
    return int(page.evaluate("document.documentElement.scrollHeight"))


def settle(page: Page) -> None:
    """Until nothing loads and nothing moves any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(900)


def save_small(picture: bytes, path: Path) -> None:
    """A picture for the README: at most 1200 px wide and 150 kB."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.thumbnail((1200, 1200), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in (90, 80, 65, 50):
        image.save(path, "WEBP", quality=quality)
        if path.stat().st_size < README_LIMIT_BYTES:
            return
    raise StepError(f"{path} is larger than {README_LIMIT_BYTES} bytes at every quality.")


def studio_states(shooter: Shooter, page: Page) -> None:
    """From the choice of a source to the summary of a set."""
    if not shooter.wants(
        *(f"studio-{s}" for s in ("choosing", "loading", "ready", "counting", "summary"))
    ):
        return
    page.add_init_script(BY_HAND)
    page.goto("/train?backend=wasm")
    settle(page)
    shooter.shoot(page, "studio-choosing")
    page.get_by_test_id("source-camera").click()
    page.wait_for_selector("[data-testid=studio][data-status=loading]")
    shooter.shoot(page, "studio-loading", full=False)
    page.wait_for_selector("[data-testid=studio][data-status=ready]", timeout=90_000)
    page.wait_for_timeout(2500)
    shooter.shoot(page, "studio-ready", full=False)
    page.get_by_test_id("start-set").click()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-testid=studio]').dataset.reps) >= 3",
        timeout=90_000,
    )
    shooter.shoot(page, "studio-counting", full=False)
    page.context.set_offline(True)
    page.wait_for_timeout(1500)
    shooter.shoot(page, "studio-offline", full=False)
    page.context.set_offline(False)
    page.get_by_test_id("studio-close").click()
    page.wait_for_timeout(600)
    shooter.shoot(page, "studio-close", full=False)
    page.get_by_test_id("close-stay").click()
    page.get_by_test_id("finish-set").click()
    page.wait_for_selector("[data-testid=studio][data-status=done]", timeout=90_000)
    page.wait_for_timeout(900)
    shooter.shoot(page, "studio-summary", full=False)
    page.get_by_test_id("finish-workout").click()
    page.wait_for_url("**/workouts/*")
    settle(page)
    shooter.shoot(page, "workout-finished")


def recorded_video(shooter: Shooter, page: Page) -> None:
    """A file is read frame by frame, so the skeleton lies on the very picture it was found in."""
    if not shooter.wants("studio-video"):
        return
    page.add_init_script(BY_HAND)
    page.goto("/train?backend=wasm")
    settle(page)
    page.get_by_test_id("video-input").set_input_files(video.DEMO)
    page.wait_for_function(
        "() => Number(document.querySelector('[data-testid=studio]').dataset.reps) >= 2",
        timeout=90_000,
    )
    shooter.shoot(page, "studio-video", full=False)


def refusals(shooter: Shooter, page: Page) -> None:
    """No camera, and a file that is no video."""
    if not shooter.wants("studio-no-camera", "studio-unreadable"):
        return
    page.goto("/train?backend=wasm")
    settle(page)
    page.get_by_test_id("source-camera").click()
    page.get_by_test_id("notice").first.wait_for()
    shooter.shoot(page, "studio-no-camera")
    page.goto("/train?backend=wasm")
    settle(page)
    page.get_by_test_id("video-input").set_input_files(
        {"name": "holiday.avi", "mimeType": "video/x-msvideo", "buffer": b"RIFF" + b"\0" * 64}
    )
    page.get_by_test_id("notice").first.wait_for()
    shooter.shoot(page, "studio-unreadable")


def newest_workout(page: Page) -> dict[str, str]:
    """The pages of the workout and of its first set, also at what there is to correct in it."""
    newest = page.request.get("/api/workouts?limit=1").json()["results"][0]["id"]
    first = page.request.get(f"/api/workouts/{newest}").json()["sets"][0]
    one = f"/workouts/{newest}/sets/{first['id']}"
    rep = next(found["rep"] for found in first["findings"] if found["rep"] is not None)
    return {"workout": f"/workouts/{newest}", "set": one, "set-finding": f"{one}?rep={rep + 1}"}


def demo_athlete(server: PrivateServer) -> tuple[str, str]:
    """E-mail and password as `manage.py setup` prints them."""
    found = re.search(r"^athlete\s+(\S+)\s+password: (.+)$", server.log(), re.M)
    if not found:
        raise StepError(f"`manage.py setup` printed no demo athlete:\n{server.log_tail()}")
    return found[1], found[2].strip()


def run(
    playwright: Playwright, chromium: str, server: PrivateServer, only: tuple[str, ...]
) -> None:
    webcam = OUT / "webcam.mjpeg"
    frames = video.squats(video.split(FIGURE.read_bytes()), reps=4, after_s=0)
    video.webcam(webcam, frames, fps=video.FIGURE_FPS)
    email, password = demo_athlete(server)
    with_camera = launch(playwright, executable=chromium, webcam=webcam, webgl=False)
    without = launch(playwright, executable=chromium, webgl=False)
    for size in SIZES:
        for scheme in SCHEMES:
            shooter = Shooter(size, scheme, only)
            new = context_maker(server, size, scheme)

            visitor = new(without)
            shooter.visit(visitor.new_page(), VISITOR)

            demo = new(without)
            sign_in(demo, server.url, email, password)
            page = demo.new_page()
            shooter.visit(page, ATHLETE)
            shooter.visit(page, newest_workout(page))

            fresh = new(without)
            sign_up(fresh, server.url, name="Noor")
            page = fresh.new_page()
            shooter.visit(page, FRESH)
            if scheme == "dark":  # the training page is always dark
                refusals(shooter, page)
                recorded_video(shooter, page)
                camera = new(with_camera)
                sign_up(camera, server.url, name="Noor")
                studio_states(shooter, camera.new_page())
                camera.close()
            for context in (visitor, demo, fresh):
                context.close()
    with_camera.close()
    without.close()
    webcam.unlink()


def context_maker(
    server: PrivateServer, size: str, scheme: str
) -> Callable[[Browser], BrowserContext]:
    width, height = SIZES[size]

    def new(browser: Browser) -> BrowserContext:
        return browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            device_scale_factor=2 if width < 600 else 1,
            has_touch=width < 600,
            color_scheme="dark" if scheme == "dark" else "light",
            locale="en-GB",
            timezone_id="Europe/Berlin",
            permissions=["camera"],
        )

    return new


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=(), help="names, such as home studio-ready")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    chromium = find_or_install()
    with (
        tempfile.TemporaryDirectory() as folder,
        PrivateServer(Path(folder), demo=True) as server,
        sync_playwright() as playwright,
    ):
        run(playwright, chromium, server, tuple(options.only))
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    main_guard(main)
