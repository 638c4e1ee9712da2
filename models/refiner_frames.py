"""Pictures of people with keypoints: films seen by MoveNet Thunder, photographs marked by hand.

Training only. Films are read with ffmpeg; nothing of this is needed by the product.
"""

import csv
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from models.skeleton import K

LONGEST_PX = 514  # what the browser reads of a picture
FOLDS = 3
FRAMES_A_CLIP = 8
FRAMES_A_FILM = 20
MIN_MARKED = 6  # keypoints of a person worth learning from
MIN_PERSON_PX = 60
FILMS_OF_NOBODY = "noperson_"


@dataclass(frozen=True)
class Example:
    """A picture, uint8 (height, width, 3), and one person in it, float32 (K, C) in px.

    score: of the teacher; 0 where a keypoint is unknown. fold: of the clip, film or photograph.
    """

    picture: np.ndarray
    person: np.ndarray
    source: str
    name: str
    fold: int


def shrunk(width: int, height: int) -> tuple[int, int]:
    """The size that the browser takes a picture down to, never up."""
    scale = min(1.0, LONGEST_PX / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def film(file: Path, chosen: np.ndarray | None = None) -> np.ndarray:
    """Frames, all or those of these numbers, taken down, uint8 (T, height, width, 3).

    Raises RuntimeError where the file cannot be read.
    """
    probe = "stream=width,height:stream_side_data=rotation"
    quiet = ("-v", "error")
    asked = ("ffprobe", *quiet, "-select_streams", "v:0", "-show_entries", probe, "-of", "json")
    said = subprocess.run([*asked, file], capture_output=True, check=False)  # noqa: S603
    if said.returncode:
        raise RuntimeError(f"{file.name}: {said.stderr.decode().strip()}")
    stream = json.loads(said.stdout)["streams"][0]
    size = stream["width"], stream["height"]
    turns = [side.get("rotation", 0) for side in stream.get("side_data_list", [])]
    if any(turn % 180 for turn in turns):
        size = size[::-1]
    width, height = shrunk(*size)
    scale = f"scale={width}:{height}:flags=area"
    if chosen is not None:
        scale = f"select='{'+'.join(f'eq(n,{at})' for at in chosen)}',{scale}"
    read = ("ffmpeg", *quiet, "-threads", "1", "-i", file, "-fps_mode", "passthrough")
    raw = (*read, "-vf", scale, "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    out = subprocess.run(raw, capture_output=True, check=True).stdout  # noqa: S603
    return np.frombuffer(out, np.uint8).reshape(-1, height, width, 3)


def thirds(names: list[str]) -> dict[str, int]:
    """The fold of each name: neighbours stay together, since they show the same person."""
    return {name: FOLDS * at // len(names) for at, name in enumerate(names)}


def number_of(name: str) -> tuple[str, int]:
    """`correct_correct12` as ("correct", 12), so that 12 follows 11."""
    kind = name.split("_")[0]
    return kind, int(name.rsplit(kind, 1)[1])


def push_ups(data: Path) -> Iterator[Example]:
    """The push-up clips with the keypoints that MoveNet Thunder gave on the same frames."""
    poses = np.load(data / "poses" / "pushfit_movenet.npz")
    for kind in ("correct", "wrong"):
        names = sorted((n for n in poses.files if n.startswith(kind)), key=number_of)
        for name, fold in thirds(names).items():
            file = data / "videos" / "push_ups" / kind / f"{name.split('_', 1)[1]}.mp4"
            if not file.exists():
                continue
            persons = poses[name].astype(np.float32)
            chosen = np.unique(np.linspace(0, len(persons) - 1, FRAMES_A_CLIP).astype(int))
            frames = film(file, chosen)
            scale = 1000 * frames.shape[2] / clip_size(data, name)[0]
            for picture, person in zip(frames, persons[chosen], strict=False):
                placed = person * np.array([scale, scale, 1], np.float32)
                yield Example(picture, placed, "push_ups", name, fold)


def clip_size(data: Path, name: str) -> tuple[int, int]:
    """Width and height of a push-up clip in px, from its note."""
    with (data / "poses" / "labels.csv").open() as rows:
        for row in csv.DictReader(rows):
            if row["source"] == "pushfit_movenet" and row["name"] == name:
                width, height = row["note"].rsplit(" ", 1)[1].split("x")
                return int(width), int(height)
    raise KeyError(name)


def films(data: Path, *, nobody: bool = False) -> Iterator[tuple[str, int, np.ndarray]]:
    """Name, fold and some frames of each other film, with somebody in it or with nobody."""
    files = sorted(p for p in (data / "videos").glob("*.*") if p.suffix in {".mp4", ".avi"})
    files = [p for p in files if p.name.startswith(FILMS_OF_NOBODY) == nobody]
    for at, file in enumerate(files):
        frames = film(file)
        chosen = np.linspace(0, len(frames) - 1, FRAMES_A_FILM).astype(int)
        yield file.stem, at % FOLDS, frames[chosen]


def photographs(data: Path) -> Iterator[Example]:
    """People marked by hand; two in one photograph are two examples of one fold."""
    for root, marked in marks(data):
        names = {image["id"]: image["file_name"] for image in marked["images"]}
        for found in marked["annotations"]:
            if found["num_keypoints"] < MIN_MARKED or max(found["bbox"][2:]) < MIN_PERSON_PX:
                continue
            picture, scale = photograph(root, names[found["image_id"]])
            person = np.asarray(found["keypoints"], np.float32).reshape(K, 3)
            person = np.column_stack([person[:, :2] * scale, person[:, 2] > 0])
            yield Example(picture, person, "coco", str(found["id"]), found["image_id"] % FOLDS)


def empty_scenes(data: Path) -> Iterator[Example]:
    """Photographs and films without anybody in them."""
    nobody = np.zeros((K, 3), np.float32)
    for root, marked in marks(data):
        inhabited = {found["image_id"] for found in marked["annotations"]}
        for image in marked["images"]:
            if image["id"] not in inhabited:
                picture, _ = photograph(root, image["file_name"])
                fold = image["id"] % FOLDS
                yield Example(picture, nobody, "empty", image["file_name"], fold)
    for name, fold, frames in films(data, nobody=True):
        for picture in frames:
            yield Example(picture, nobody, "empty", name, fold)


def marks(data: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The folder of the photographs and what is marked in them, of both parts."""
    root = data / "images" / "coco_mini"
    for part in ("train2017", "val2017"):
        yield root / "images", json.loads((root / f"person_keypoints_{part}.json").read_text())


def photograph(folder: Path, name: str) -> tuple[np.ndarray, float]:
    """A picture taken down, and its scale."""
    with Image.open(folder / name) as image:
        size = shrunk(*image.size)
        small = image.convert("RGB").resize(size, Image.Resampling.BOX)
        return np.asarray(small), size[0] / image.width
