"""The product's own browser modules on still pictures, in headless Chromium.

    python -m scripts.lab keypoints --images DIR --out F.jsonl

Writes a line for each picture, in the order of their names. keypoints: {"file", "poses"}, every
pose 17 rows of x, y in pixels of the picture and score. presence: {"file", "person"}, a
probability. A picture that cannot be read is named on stderr, and the exit status is 1 once the
others are done.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

from scripts.browser import launch
from scripts.steps import ROOT, StepError, main_guard, run_logged

FRONTEND = ROOT / "frontend"
PAGE = FRONTEND / "lab" / "dist"
NETWORKS = FRONTEND / "public" / "models"
SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".webp"}
TASKS = {"keypoints": "poses", "presence": "person"}
LOOK = """async ([task, address]) => {
  const answer = await fetch(address)
  return window.lab[task](await answer.blob())
}"""


class Files(SimpleHTTPRequestHandler):
    """Serves the lab page, the networks under /models/ and the pictures under /images/."""

    def __init__(self, *arguments: Any, roots: dict[str, Path], **others: Any) -> None:
        self.roots = roots
        super().__init__(*arguments, **others)

    def translate_path(self, path: str) -> str:
        wanted = unquote(urlsplit(path).path)
        for prefix, root in self.roots.items():
            if wanted.startswith(prefix):
                file = (root / wanted.removeprefix(prefix)).resolve()
                return str(file if file.is_relative_to(root.resolve()) else root / "outside")
        return str(PAGE / "missing")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the driver reports."""


@contextmanager
def serving(images: Path, port: int = 0) -> Iterator[str]:
    """The address of a server on this machine alone, while the block lasts."""
    roots = {"/models/": NETWORKS, "/images/": images, "/": PAGE}
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Files, roots=roots))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def lab_page(images: Path, port: int = 0) -> Iterator[Page]:
    """The lab page in a browser of its own; pictures are fetched from /images/."""
    with serving(images, port) as address, sync_playwright() as playwright:
        browser = launch(playwright, webgl=False)
        try:
            page = browser.new_page()
            page.goto(f"{address}/index.html")
            page.wait_for_function("window.lab !== undefined")
            yield page
        finally:
            browser.close()


def images_in(folder: Path) -> list[Path]:
    """Every picture under the folder; raises StepError where there is none."""
    if not folder.is_dir():
        raise StepError(f"IMAGES={folder} is no folder.")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise StepError(f"IMAGES={folder} holds no picture ({', '.join(sorted(SUFFIXES))}).")
    return found


def build() -> None:
    """Builds the lab page from the sources as they are."""
    npx = shutil.which("npx")
    if not npx:
        raise StepError("npx is missing; it comes with Node.js, see https://nodejs.org")
    run_logged("lab", [npx, "vite", "build", "--config", "lab/vite.config.ts"], FRONTEND)


def run(task: str, images: Path, out: Path) -> int:
    """Writes all that can be read; answers how many could not."""
    pictures = images_in(images)
    unread = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with lab_page(images) as page, out.open("w") as lines:
        for picture in pictures:
            name = picture.relative_to(images).as_posix()
            try:
                found = page.evaluate(LOOK, [task, f"/images/{quote(name)}"])
            except BrowserError as error:
                unread += 1
                reason = error.message.strip().splitlines()[0]
                print(f"{name}: cannot be read as a picture ({reason})", file=sys.stderr)
                continue
            lines.write(json.dumps({"file": name, TASKS[task]: rounded(found)}) + "\n")
    print(f"{len(pictures) - unread} of {len(pictures)} pictures in {out}")
    return unread


def rounded(found: Any) -> Any:
    """Numbers with four decimals, however deep."""
    return [rounded(part) for part in found] if isinstance(found, list) else round(found, 4)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    images_in(options.images)
    build()
    return 1 if run(options.task, options.images, options.out) else 0


if __name__ == "__main__":
    main_guard(main)
