"""The real server, the built pages and a real Chromium, for the tests in this folder.

`server` is embedded unless a test asks for "engines" or for the people of the "demo". Servers and
browsers are started when first asked for and kept; athletes and pages are new for every test.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from scripts import video
from scripts.browser import launch, sign_up
from scripts.chromium import find_or_install
from scripts.private_server import PrivateServer
from scripts.steps import ROOT
from tests.e2e.studio import Studio

FIXTURES = ROOT / "tests" / "fixtures"
DIST = Path(os.environ.get("FRONTEND_DIST", ROOT / "frontend" / "dist"))
REPORTED_CHARS = 6000


# What is about pages and no pictures runs beside all the others, of which two at once find poses
# (`scripts/check.py`): more would be too slow, on two cores.
PAGES_ALONE = {"accessibility", "account", "coach_comments", "demo_pages", "second_factor"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks this folder's tests."""
    subject = item.path.stem.removeprefix("test_")
    has_pictures = "squat" in getattr(item, "fixturenames", ())
    alone = subject in PAGES_ALONE and not has_pictures
    item.add_marker(pytest.mark.e2e)
    if alone:
        item.add_marker(pytest.mark.pages)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts this folder's tests last: Playwright's loop disturbs asyncio tests. Of them those on
    the engines come first, so that of two processes one alone has to start them."""
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        if here not in item.path.parents:
            return 0
        return 2 if item.get_closest_marker("engines") is None else 1

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """On failure: what server and browser console said, and what the page looked like."""
    report = yield
    if report.when == "call" and report.failed:
        for title, text in getattr(item, "evidence", []):
            report.sections.append((title, text()[-REPORTED_CHARS:]))
    return report


@pytest.fixture(scope="session")
def spa() -> Path:
    """The built pages; built now if nobody has."""
    if not (DIST / "index.html").exists():
        subprocess.run(["npm", "run", "build"], cwd=ROOT / "frontend", check=True)
    return DIST


@pytest.fixture(scope="session")
def servers(
    request: pytest.FixtureRequest, spa: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], PrivateServer]]:
    """`servers("embedded")`, `servers("engines")`: started once each."""
    started: dict[str, PrivateServer] = {}
    with ExitStack() as stack:

        def get(kind: str) -> PrivateServer:
            if kind not in started:
                folder = tmp_path_factory.mktemp(kind)
                engines = request.getfixturevalue("engine_env") if kind == "engines" else {}
                env = {"COACHES_OPEN": "true", **engines}
                private = PrivateServer(folder, env=env, demo=kind == "demo")
                started[kind] = stack.enter_context(private)
            return started[kind]

        yield get


@pytest.fixture
def server(
    request: pytest.FixtureRequest, servers: Callable[[str], PrivateServer]
) -> PrivateServer:
    running = servers(getattr(request, "param", "embedded"))
    offset = len(running.log())
    evidence(request).append(("server log", lambda: running.log()[offset:]))
    return running


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_or_install()


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


Browsers = Callable[..., Browser]


@pytest.fixture(scope="session")
def browsers(playwright: Playwright, chromium: str) -> Iterator[Browsers]:
    """`browsers(webcam=…, webgl=…)`: one Chromium for each kind."""
    started: dict[tuple[object, ...], Browser] = {}

    def get(
        *, webcam: Path | None = None, webgl: bool = True, extra: tuple[str, ...] = ()
    ) -> Browser:
        kind = (webcam, webgl, extra)
        if kind not in started:
            started[kind] = launch(
                playwright, executable=chromium, webcam=webcam, webgl=webgl, extra=extra
            )
        return started[kind]

    yield get
    for browser in started.values():
        browser.close()


Contexts = Callable[..., BrowserContext]


@pytest.fixture
def contexts(
    request: pytest.FixtureRequest, browsers: Browsers, server: PrivateServer, tmp_path: Path
) -> Iterator[Contexts]:
    """A browser profile of its own, with the camera allowed; extra arguments choose the browser."""
    opened: list[BrowserContext] = []
    said: list[str] = []
    evidence(request).append(("browser console", lambda: "\n".join(said)))
    evidence(request).append(("pages", lambda: shoot(opened, tmp_path)))

    def get(*, camera_allowed: bool = True, **kind: object) -> BrowserContext:
        context = browsers(**kind).new_context(
            base_url=server.url,
            locale="en-GB",
            timezone_id="Europe/Berlin",
            permissions=["camera"] if camera_allowed else [],
            viewport={"width": 1280, "height": 800},
            # It would answer what a test means to hold back; test_offline has one of its own.
            service_workers="block",
        )
        context.set_default_timeout(15_000)
        context.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: said.append(f"error: {error.error}"))
        opened.append(context)
        return context

    yield get
    for context in opened:
        context.close()


@pytest.fixture
def athlete(contexts: Contexts, server: PrivateServer) -> Callable[..., Studio]:
    """`athlete(webcam=…)`: a new athlete, signed in, with the studio to be opened."""

    def get(**kind: object) -> Studio:
        context = contexts(**kind)
        email = sign_up(context, server.url)
        return Studio(context.new_page(), email)

    return get


@pytest.fixture(scope="session")
def squat() -> list[bytes]:
    """The frames of one squat, 15 a second."""
    return video.split((FIXTURES / "squat.mjpeg").read_bytes())


@pytest.fixture(scope="session")
def squat_webcam(squat: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A webcam that shows somebody squatting without end, a second of rest after every four."""
    path = tmp_path_factory.mktemp("webcam") / "squats.mjpeg"
    frames = video.squats(squat, reps=4, before_s=1.0, after_s=0.0)
    return video.webcam(path, frames, fps=video.FIGURE_FPS)


@pytest.fixture(scope="session")
def standing_webcam(squat: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A webcam that shows somebody who only stands there."""
    path = tmp_path_factory.mktemp("webcam") / "standing.mjpeg"
    frames = video.squats(squat, reps=0, before_s=4.0, after_s=0.0)
    return video.webcam(path, frames, fps=video.FIGURE_FPS)


@pytest.fixture
def squats_video() -> Path:
    """Three squats as a file: the one that the page itself shows."""
    return video.DEMO


@pytest.fixture(scope="session")
def empty_room_video(browsers: Browsers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of a room with nobody in it."""
    from scripts.render_figure import HEIGHT, WIDTH, empty_room

    page = browsers().new_page()
    frames = [empty_room(seed) for seed in range(24)]
    path = tmp_path_factory.mktemp("video") / "empty_room.webm"
    path.write_bytes(video.webm(page, frames, fps=8, width=WIDTH, height=HEIGHT))
    page.close()
    return path


def evidence(request: pytest.FixtureRequest) -> list[tuple[str, Callable[[], str]]]:
    """What to show should the test fail."""
    if not hasattr(request.node, "evidence"):
        request.node.evidence = []
    shown: list[tuple[str, Callable[[], str]]] = request.node.evidence
    return shown


def shoot(opened: list[BrowserContext], folder: Path) -> str:
    """Saves a picture of every open page; answers where, and the pages' text."""
    told = []
    for number, page in enumerate(page for context in opened for page in context.pages):
        path = folder / f"page-{number}.png"
        try:
            page.screenshot(path=path)
            told.append(f"{page.url} → {path}\n{page.inner_text('body')}")
        except Exception as error:  # the page may be the thing that broke
            told.append(f"{page.url}: {error}")
    return "\n\n".join(told)
