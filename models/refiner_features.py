"""PoseNet's own features of every view that the refiner learns from, kept in a folder.

    python -m models.refiner_features --data ../shared/data --out FOLDER

Training only; half an hour on one core.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf
from PIL import Image

from models.refiner import FEATURES
from models.refiner_frames import Example, empty_scenes, films, photographs, push_ups
from models.refiner_views import SEEN, SIDE_PX, View, random_view, relit, whole_view
from models.skeleton import K
from models.tfjs_graph import HUMAN_MODELS, load_graph

THUNDER_PX = 256
BATCH = 16
SEED = 7
_T = TypeVar("_T")
VIEWS = {"push_ups": 2, "film": 2, "coco": 7, "empty": 1}
UPRIGHT = {"push_ups": 0.4, "film": 0.5, "coco": 0.6, "empty": 0.5}


def thunder(picture: np.ndarray, network: Callable[..., list[Any]]) -> np.ndarray:
    """One person (K, C) in px by MoveNet Thunder: in the whole picture, then from nearer."""
    height, width = picture.shape[:2]
    person = seen_by(network, picture, whole_view(width, height))
    seen = person[person[:, 2] > SEEN, :2]
    if len(seen) < K // 2:
        return person
    low, high = seen.min(0), seen.max(0)
    centre = (low + high) / 2
    closer = View((centre[0], centre[1]), float((high - low).max()) * 1.35)
    near = seen_by(network, picture, closer)
    return near if near[:, 2].mean() > person[:, 2].mean() else person


def seen_by(network: Callable[..., list[Any]], picture: np.ndarray, view: View) -> np.ndarray:
    square = np.asarray(view.draw(Image.fromarray(picture), THUNDER_PX), np.int32)
    rows = np.asarray(network(tf.constant(square[None]))[0])[0, 0]
    x, y, score = rows[:, 1], rows[:, 0], rows[:, 2]
    return np.column_stack([(np.stack([x, y], 1) - 0.5) * view.side + view.centre, score])


def examples(data: Path) -> Iterator[Example]:
    """Every picture to learn from."""
    network = load_graph(HUMAN_MODELS / "movenet-thunder.json", ["Identity"], THUNDER_PX)
    yield from photographs(data)
    yield from empty_scenes(data)
    for name, fold, frames in films(data):
        for picture in frames:
            yield Example(picture, thunder(picture, network), "film", name, fold)
    yield from push_ups(data)


def views(data: Path) -> Iterator[tuple[Example, np.ndarray]]:
    """Each example seen in a random view: the person in [0, 1] of it, and its pixels."""
    rng = np.random.default_rng(SEED)
    for example in examples(data):
        height, width = example.picture.shape[:2]
        image = Image.fromarray(example.picture)
        for _ in range(VIEWS[example.source]):
            view = random_view(rng, example.person, width, height, UPRIGHT[example.source])
            person = view.keypoints(example.person)
            yield replace(example, person=person), relit(rng, view.draw(image))


def cache(data: Path, out: Path) -> None:
    """Writes features.f16 (N, 17, 17, 384), persons.f32 (N, K, C) and about.jsonl into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    backbone = load_graph(HUMAN_MODELS / "posenet.json", [FEATURES], SIDE_PX)
    with (
        (out / "features.f16").open("wb") as features,
        (out / "persons.f32").open("wb") as persons,
        (out / "about.jsonl").open("w") as about,
    ):
        for batch in batched(views(data), BATCH):
            pixels = np.stack([pixels for _, pixels in batch]).astype(np.float32) / 127.5 - 1
            found = np.asarray(backbone(tf.constant(pixels))[0])
            features.write(found.astype(np.float16).tobytes())
            for seen, _ in batch:
                persons.write(seen.person.astype("<f4").tobytes())
                about.write(json.dumps([seen.source, seen.name, seen.fold]) + "\n")
            print(f"{batch[-1][0].source} {batch[-1][0].name}", flush=True)


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    cache(options.data, options.out)


if __name__ == "__main__":
    main()
