"""What each detector lets the discriminator count on real films.

    python -m scripts.compare_detectors --videos DIR --out FOLDER [--detectors bare auto]

PoseNet bare, PoseNet with all that the product adds, MoveNet, and the automatic choice. The films
of `labels.csv` in DIR are read by the product's loop in headless Chromium (WASM, 12 frames a
second) and counted as the server would count them. A line for each film goes to FOLDER, one file
a detector, so that an interrupted run goes on.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from models.discriminator import analyze
from models.sequence import Sequence
from models.skeleton import K
from scripts.lab import build, lab_page
from scripts.replay_table import Result, labels_of, table
from scripts.steps import StepError, main_guard, say

DETECTORS = ("bare", "posenet", "movenet", "auto")
FPS = 12
DETECT = """async ([address, detector, fps]) =>
  lab.detect(await (await fetch(address)).blob(), detector, fps)"""


def count(film: dict[str, Any]) -> Result:
    poses = np.array(film["poses"], np.float32).reshape(-1, K, 3)
    aspect = film["widthPx"] / film["heightPx"]
    found = analyze(Sequence(np.array(film["tMs"], np.int64), poses, aspect))
    return {
        "exercise": found.exercise,
        "reps": len(found.reps),
        "attempts": len(found.attempts),
        "fps": float(FPS),
        "frames": len(poses),
        "estimators": film["estimators"],
        "browser_reps": None,
    }


def results(page: Page, names: list[str], detector: str, out: Path) -> list[Result]:
    known = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    done = {result["file"] for result in known}
    for name in (name for name in names if name not in done):
        try:
            found = count(page.evaluate(DETECT, [f"/images/{name}", detector, FPS]))
        except BrowserError as error:
            found = {"error": error.message.splitlines()[0]}
        known.append({"file": name, **found})
        with out.open("a") as file:
            file.write(json.dumps(known[-1]) + "\n")
        say(f"{detector}: {name}: {found.get('exercise')}, {found.get('reps')} repetitions")
    return known


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--videos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--detectors", nargs="+", choices=DETECTORS, default=DETECTORS)
    options = parser.parse_args()
    labels = labels_of(options.videos)
    if not labels:
        raise StepError(f"{options.videos}: expected a labels.csv with file, exercise and reps")
    options.out.mkdir(parents=True, exist_ok=True)
    build()
    names = [name for name in labels if (options.videos / name).exists()]
    for detector in options.detectors:
        with lab_page(options.videos, 0) as page:
            found = results(page, names, detector, options.out / f"{detector}.jsonl")
        say(f"\n{detector}\n{table(found, options.videos)}")
    return 0


if __name__ == "__main__":
    main_guard(main)
