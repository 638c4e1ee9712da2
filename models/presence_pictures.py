"""Pictures with and without people, to learn presence from: COCO's, and frames of films.

Knows nothing of networks. A picture's `origin` is its photo or film: whatever is cut from it stays
on the same side of a split. Needs ffmpeg for the films.
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

LONGEST_PX: Final = 514  # as the page takes its pictures down
FRAMES_A_FILM: Final = 8
FRAMES_WITHOUT: Final = 24
EVERY_CLIP: Final = 3
# No label says in which of their frames somebody is there.
COMES_AND_GOES: Final = {"standing_people"}
CROPS: Final = 3
MIN_CROP: Final = 0.35
SEEN_SHARE: Final = 0.04  # of a crop that a person's box must fill
SEEN_OF_BOX: Final = 0.3
TINY: Final = 0.003  # a person smaller than this share of a picture teaches nothing
MARGIN: Final = 0.25  # around keypoints, of their box: hair, hands and feet
Pixels = NDArray[np.uint8]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """A picture, pixels (H, W, 3); share: what its largest person fills of it.

    source: coco, push_ups or videos; whole: not a part of a picture.
    """

    pixels: Pixels
    person: bool
    origin: str
    source: str
    share: float
    whole: bool = True


def every(data: Path, rng: np.random.Generator) -> list[Picture]:
    """All pictures under the folder `data`, always the same for the same generator."""
    return [*coco(data / "images/coco_mini", rng), *push_ups(data, rng), *films(data / "videos")]


def coco(folder: Path, rng: np.random.Generator) -> Iterator[Picture]:
    """Each photo whole, then crops of it that surely hold somebody or nobody."""
    for split in ("train", "val"):
        facts = json.loads((folder / f"instances_{split}2017.json").read_text())
        person = next(c["id"] for c in facts["categories"] if c["name"] == "person")
        for image in facts["images"]:
            of_image = [a for a in facts["annotations"] if a["image_id"] == image["id"]]
            people = [a for a in of_image if a["category_id"] == person]
            data = (folder / "images" / image["file_name"]).read_bytes()
            pixels = tf.io.decode_jpeg(data, channels=3).numpy()
            area = image["width"] * image["height"]
            share = max((a["area"] / area for a in people), default=0.0)
            origin = f"coco_{split}/{image['file_name']}"
            yield Picture(fitted(pixels), bool(people), origin, "coco", share)
            yield from crops(pixels, [tuple(a["bbox"]) for a in people], origin, rng)


def crops(
    pixels: Pixels, boxes: list[Box], origin: str, rng: np.random.Generator
) -> Iterator[Picture]:
    """Random parts of a photo, without those of which it is unclear whether they show a person."""
    height, width = pixels.shape[:2]
    for _ in range(CROPS):
        h, w = (int(side * rng.uniform(MIN_CROP, 0.9)) for side in (height, width))
        y, x = int(rng.integers(height - h + 1)), int(rng.integers(width - w + 1))
        inside = [overlap((x, y, w, h), box) for box in boxes]
        shown = [
            a for a, box in zip(inside, boxes, strict=True) if a > SEEN_OF_BOX * box[2] * box[3]
        ]
        share = max(shown, default=0.0) / (w * h)
        if share < SEEN_SHARE and any(inside):
            continue
        part = fitted(pixels[y : y + h, x : x + w])
        yield Picture(part, share > 0, origin, "coco", share, whole=False)


def overlap(a: Box, b: Box) -> float:
    """Area that two boxes (x, y, width, height) share."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(w, 0.0) * max(h, 0.0)


def push_ups(data: Path, rng: np.random.Generator) -> Iterator[Picture]:
    """Of every third clip a frame, the same turned, a part of the body, the room beside it."""
    with np.load(data / "poses/pushfit_movenet.npz") as poses:
        known = {name: poses[name].astype(np.float32) for name in poses.files}
    for film in sorted((data / "videos/push_ups").rglob("*.mp4"))[::EVERY_CLIP]:
        origin = f"push_ups/{film.parent.name}/{film.stem}"
        (frame,) = frames_of(film, 1)
        turned = np.rot90(frame, 1 if rng.random() < 0.5 else 3)
        yield Picture(frame, True, origin, "push_ups", 0.2)
        yield Picture(np.ascontiguousarray(turned), True, origin, "push_ups", 0.2)
        name = f"{film.parent.name}_{film.stem}"
        if name in known:
            scale = max(frame.shape) / max(facts_of(film)[1:])
            box = tuple(scale * np.array(box_of(known[name])))
            yield from beside(frame, box, origin, rng)


def box_of(pose: NDArray[np.float32]) -> Box:
    """Where a body is over a clip, in px; pose (T, 17, 3) in thousands of px."""
    points = pose[..., :2][pose[..., 2] > 0.2] * 1000
    low, high = points.min(0), points.max(0)
    room = MARGIN * (high - low).max()
    return (*(low - room), *(high - low + 2 * room))


def beside(pixels: Pixels, box: Box, origin: str, rng: np.random.Generator) -> Iterator[Picture]:
    """The widest part of a frame that the body leaves free, and one half of the body."""
    height, width = pixels.shape[:2]
    x0, y0 = (max(int(value), 0) for value in box[:2])
    x1, y1 = min(int(box[0] + box[2]), width), min(int(box[1] + box[3]), height)
    free = [pixels[:y0], pixels[y1:], pixels[:, :x0], pixels[:, x1:]]
    largest = max(free, key=lambda part: min(part.shape[:2]))
    if min(largest.shape[:2]) > MIN_CROP * min(height, width):
        yield Picture(largest, False, origin, "push_ups", 0.0, whole=False)
    middle = (x0 + x1) // 2
    half = pixels[y0:y1, x0:middle] if rng.random() < 0.5 else pixels[y0:y1, middle:x1]
    if min(half.shape[:2]) > 48:
        yield Picture(half, True, origin, "push_ups", 0.3, whole=False)


def films(folder: Path) -> Iterator[Picture]:
    """Frames of the films of exercises, and of two in which nobody is."""
    for film in sorted(p for p in folder.iterdir() if p.suffix in (".mp4", ".avi")):
        if film.stem in COMES_AND_GOES:
            continue
        person = not film.stem.startswith("noperson")
        for frame in frames_of(film, FRAMES_A_FILM if person else FRAMES_WITHOUT):
            yield Picture(frame, person, f"videos/{film.stem}", "videos", 0.1 if person else 0.0)


def frames_of(film: Path, count: int) -> list[Pixels]:
    """Frames spread evenly over the middle three fifths of a film, turned as it is to be shown."""
    seconds = facts_of(film)[0]
    found = []
    for place in np.linspace(0.2, 0.8, count) if count > 1 else [0.5]:
        command = ["ffmpeg", "-v", "error", "-threads", "1", "-ss", f"{place * seconds:.2f}"]
        command += ["-i", str(film), "-frames:v", "1", "-f", "image2pipe", "-c:v", "bmp", "-"]
        picture = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
        if picture:
            found.append(fitted(tf.io.decode_bmp(picture, channels=3).numpy()))
    return found


def facts_of(film: Path) -> tuple[float, int, int]:
    """Length in seconds, width and height as stored."""
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json"]
    command += ["-show_entries", "stream=width,height:format=duration", str(film)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    facts = json.loads(done.stdout)
    stream = facts["streams"][0]
    return float(facts["format"]["duration"]), stream["width"], stream["height"]


def fitted(pixels: Any, longest: int = LONGEST_PX) -> Pixels:
    """Taken down to this longest side, never up."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest / max(height, width))
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    small = tf.image.resize(pixels, size, antialias=True)
    return bytes_of(tf.round(small))


def square(pixels: Pixels, side: int) -> Pixels:
    """The whole picture in a black square of this side, as the page shows it to the network."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    inner = tf.image.resize(pixels, size, antialias=True)
    whole = tf.image.resize_with_crop_or_pad(tf.round(inner), side, side)
    return bytes_of(whole)


def bytes_of(values: Any) -> Pixels:
    pixels: Pixels = tf.cast(tf.clip_by_value(values, 0, 255), tf.uint8).numpy()
    return pixels
