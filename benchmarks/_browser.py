"""The product's browser modules (frontend/lab) in Chromium, isolated as by the server."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright

from config.headers import HEADERS
from scripts.browser import launch
from scripts.lab import NETWORKS, PAGE, Files, build
from scripts.steps import ROOT
from scripts.video import DEMO

FIXTURES = ROOT / "tests" / "fixtures"
FILM = f"/film/{DEMO.name}"
ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", **HEADERS}
EXACT_HEAP = ("--enable-precise-memory-info", "--js-flags=--expose-gc")


def arguments(parser: ArgumentParser, *, frames: int) -> Namespace:
    """What was asked for, with the arguments that all browser benchmarks share."""
    parser.add_argument("--backend", default="wasm")
    parser.add_argument("--frames", type=int, default=frames)
    parser.add_argument("--built", action="store_true", help="the lab page is there already")
    return parser.parse_args()


class IsolatedFiles(Files):
    """Without these headers a browser gives WASM no threads."""

    def end_headers(self) -> None:
        for name, value in ISOLATION.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def served(files: Path = FIXTURES, *, port: int = 0) -> Iterator[str]:
    """The lab page's address; `files` lie under /images/, the film under /film/."""
    roots = {"/models/": NETWORKS, "/images/": files, "/film/": DEMO.parent, "/": PAGE}
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(IsolatedFiles, roots=roots))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.set_default_timeout(0)
    page.goto(address)
    page.wait_for_function("window.lab !== undefined")
    return page


@contextmanager
def lab(
    files: Path = FIXTURES,
    *,
    webgl: bool = False,
    extra: tuple[str, ...] = (),
    built: bool = False,
) -> Iterator[Page]:
    """The lab page in a browser of its own, built anew unless `built`."""
    if not built:
        build()
    with served(files) as address, sync_playwright() as playwright:
        browser = launch(playwright, webgl=webgl, extra=extra)
        try:
            yield opened(browser, address)
        finally:
            browser.close()
