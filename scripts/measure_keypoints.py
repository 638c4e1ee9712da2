"""How right the browser's keypoints are: PoseNet bare, turned and cropped, and refined.

    python -m scripts.measure_keypoints --data ../shared/data --out FOLDER [--fold 0] [--modes raw]

Measured on the large people of coco_mini (cut out with room around them; marked by hand) and on
push-up clips (against MoveNet Thunder's keypoints of the same frames). Keeps the keypoints found as
JSON in FOLDER, so that an interrupted run goes on; the last line printed is one JSON line.
Needs ffmpeg. --fold: only what a refiner trained without this fold has not seen.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from models.keypoint_metrics import calibration_error, oks, pck, right
from models.skeleton import K
from scripts.lab import build, lab_page
from scripts.steps import main_guard

MODES = ("raw", "turned", "refined")
FPS = 12
FOLDS = 3
ROOM = 0.25  # around a person who is cut out, as a share of the longer side of the box
LARGE_PX2 = 96**2
FEWEST_MARKED = 10
STILL_MS = (0, 3_000, 6_000)
FRAME = """async ([address, mode, tMs]) =>
  window.lab.frame(await (await fetch(address)).blob(), mode, tMs)"""


def large_people(data: Path, out: Path, fold: int | None) -> Iterator[tuple[str, np.ndarray]]:
    """Cut-out pictures of the large people, and where their keypoints are in them, (K, 3) px."""
    root = data / "images" / "coco_mini"
    for part in ("train2017", "val2017"):
        marked = json.loads((root / f"person_keypoints_{part}.json").read_text())
        names = {image["id"]: image["file_name"] for image in marked["images"]}
        for found in marked["annotations"]:
            if found["area"] < LARGE_PX2 or found["num_keypoints"] < FEWEST_MARKED:
                continue
            if fold is not None and found["image_id"] % FOLDS != fold:
                continue
            left, top, width, height = found["bbox"]
            room = ROOM * max(width, height)
            with Image.open(root / "images" / names[found["image_id"]]) as image:
                low = (int(max(left - room, 0)), int(max(top - room, 0)))
                high = (int(left + width + room), int(top + height + room))
                box = (*low, min(high[0], image.width), min(high[1], image.height))
                image.convert("RGB").crop(box).save(out / f"{found['id']}.png")
            person = np.asarray(found["keypoints"], float).reshape(K, 3) - [*low, 0]
            yield str(found["id"]), np.column_stack([person[:, :2], person[:, 2] > 0])


def clips(data: Path, fold: int | None, every: int) -> Iterator[tuple[str, Path]]:
    """Name and file of push-up clips, by the folds of `models.refiner_frames`."""
    poses = np.load(data / "poses" / "pushfit_movenet.npz").files
    for kind in ("correct", "wrong"):
        names = [n for n in poses if n.startswith(kind)]
        names.sort(key=lambda name, kind=kind: int(name.rsplit(kind, 1)[1]))
        for at, name in enumerate(names):
            file = data / "videos" / "push_ups" / kind / f"{name.split('_', 1)[1]}.mp4"
            is_asked = fold is None or FOLDS * at // len(names) == fold
            if is_asked and at % every == 0 and file.exists():
                yield name, file


def frames_of(file: Path, out: Path) -> list[Path]:
    for old in out.glob("*.jpg"):
        old.unlink()
    command = ["ffmpeg", "-v", "error", "-i", file, "-vf", f"fps={FPS}", "-q:v", "2"]
    subprocess.run([*command, out / "%05d.jpg"], check=True)
    return sorted(out.glob("*.jpg"))


def follow(page: Page, names: list[str], mode: str) -> list[Any]:
    """The athlete's pose in px on each picture of a film, (T, K, 3)."""
    times = [round(at * 1000 / FPS) for at in range(len(names))]
    shown = zip(names, times, strict=True)
    return [page.evaluate(FRAME, [f"/images/{name}", mode, t_ms]) for name, t_ms in shown]


def measure_clips(page: Page, data: Path, images: Path, out: Path, options: Any) -> None:
    for mode in options.modes:
        folder = out / mode
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in clips(data, options.fold, options.every):
            kept = folder / f"{name}.json"
            if kept.exists():
                continue
            files = frames_of(file, images)
            with Image.open(files[0]) as first:
                size = first.size
            poses = np.array(follow(page, [f.name for f in files], mode)) / [*size, 1]
            t_ms = [round(at * 1000 / FPS) for at in range(len(files))]
            facts = {"file": name, "width": size[0], "height": size[1], "fps": FPS, "t_ms": t_ms}
            kept.write_text(json.dumps({**facts, "poses": poses.round(5).tolist()}))


def clip_figures(data: Path, folder: Path, names: list[str]) -> dict[str, float]:
    """Against MoveNet Thunder, whose frames are the clip's own."""
    thunder = np.load(data / "poses" / "pushfit_movenet.npz")
    found, wanted = [], []
    for name in names:
        dump = json.loads((folder / f"{name}.json").read_text())
        size = [dump["width"], dump["height"], 1]
        persons = thunder[name].astype(float) * [1000, 1000, 1]
        poses = np.array(dump["poses"]) * size
        at = np.linspace(0, len(persons) - 1, len(poses)).round().astype(int)
        found.append(poses)
        wanted.append(persons[at])
    return figures(np.concatenate(found), np.concatenate(wanted))


def figures(found: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    is_right, known = right(found, wanted)
    score = np.clip(found[:, :, 2], 0, 1)
    sure = (score > 0.5) & known
    return {
        "pck": round(pck(found, wanted), 3),
        "oks": round(float(oks(found, wanted).mean()), 3),
        "keypoints_over_half": round(float((score > 0.5).sum(1).mean()), 2),
        "frames_with_12": round(float(((score > 0.5).sum(1) >= 12).mean()), 3),
        "sure_and_right": round(float(is_right[sure].mean()), 3) if sure.any() else 0.0,
        "ece": round(calibration_error(score[known], is_right[known]), 3),
    }


def measure(options: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        images = Path(name)
        people = list(large_people(options.data, images, options.fold))
        names = [name for name, _ in clips(options.data, options.fold, options.every)]
        with lab_page(images, options.port) as page:
            for mode in options.modes:
                found = [
                    [page.evaluate(FRAME, [f"/images/{n}.png", mode, t]) for t in STILL_MS][-1]
                    for n, _ in people
                ]
                result[f"coco {mode}"] = figures(np.array(found), np.stack([p for _, p in people]))
            measure_clips(page, options.data, images, options.out, options)
    for mode in options.modes:
        result[f"push-ups {mode}"] = clip_figures(options.data, options.out / mode, names)
    return {"people": len(people), "clips": len(names), **result}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth clip")
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    build()
    result = measure(options)
    for name, row in result.items():
        print(name, row)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    main_guard(main)
