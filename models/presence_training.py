"""Teach the head that tells whether a person is in view: `python -m models.presence_training`.

The head is a small CNN with binary cross-entropy on the maps of a pretrained graph
(presence_backbone.py), which stays as it is. Seeds are fixed. Writes models/weights/presence.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
from numpy.typing import NDArray

from models.presence_backbone import DEFAULT_FOLDER, KINDS, Backbone
from models.presence_pictures import TINY, Picture, every, square
from models.presence_report import CLOSE_PX, PART_PX, SIDES_PX, WHOLE_PX, write_report

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
WEIGHTS: Final = Path(__file__).parent / "weights" / "presence"
FILTERS: Final = 8
EPOCHS: Final = 6
BATCH: Final = 64
FOLDS: Final = 5
CLOSE_EVERY: Final = 8  # of the pictures that are no whole photo: close maps are large
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """What the head sees of a picture: its strongest logits in 2 × 2 places, (S/8, S/8, 80)."""

    picture: Picture
    side: int
    map: NDArray[np.float16]
    plain: bool  # whether the picture is as it was taken


def samples(pictures: list[Picture], backbone: Backbone, rng: np.random.Generator) -> list[Sample]:
    """Every picture as it is at two sides, altered at the smaller; photos and some others close."""
    found = []
    for number, picture in enumerate(pictures):
        views = [(PART_PX, True), (PART_PX, False), (WHOLE_PX, True)]
        if (picture.source == "coco" and picture.whole) or number % CLOSE_EVERY == 0:
            views.append((CLOSE_PX, True))
        for side, plain in views:
            pixels = square(picture.pixels, side)
            seen = pixels if plain else altered(pixels, rng)
            found.append(Sample(picture, side, looked(backbone, seen), plain))
    return found


def looked(backbone: Backbone, pixels: NDArray[np.uint8]) -> NDArray[np.float16]:
    logits = backbone(pixels[None]).numpy()[0]
    half = len(logits) // 2
    strongest: NDArray[np.float16] = logits.reshape(half, 2, half, 2, KINDS).max((1, 3))
    return strongest.astype(np.float16)


def altered(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Mirrored, in other light, of other colour, out of focus or noisy."""
    image = pixels[:, ::-1].astype(np.float32)
    image *= rng.uniform(0.25, 1.3) * rng.uniform(0.9, 1.1, 3)
    if rng.random() < 0.4:
        padded = np.pad(image, ((1, 1), (1, 1), (0, 0)), "edge")
        around = [
            padded[y : y + len(image), x : x + len(image)] for y in range(3) for x in range(3)
        ]
        image = np.mean(around, 0)
    image += rng.normal(0, rng.uniform(0, 10), image.shape)
    return np.clip(image, 0, 255).astype(np.uint8)


def build() -> keras.Model:
    """Maps (N, H, W, 80) to logits (N, 1); begins with the graph's own opinion on persons."""
    maps = keras.Input((None, None, KINDS))
    dimmed = keras.layers.SpatialDropout2D(0.1)(maps)
    convolution = keras.layers.Conv2D(
        FILTERS, 3, strides=2, padding="same", activation="relu", name="convolution",
        kernel_regularizer=keras.regularizers.L2(1e-3),
    )  # fmt: skip
    answers = convolution(dimmed)
    strongest = keras.layers.GlobalMaxPooling2D()(maps)
    pooled = [
        keras.layers.GlobalMaxPooling2D()(answers),
        keras.layers.GlobalAveragePooling2D()(answers),
        strongest[:, :1],
    ]
    dense = keras.layers.Dense(1, name="dense", kernel_regularizer=keras.regularizers.L2(1e-3))
    model = keras.Model(maps, dense(keras.layers.Concatenate()(pooled)))
    kernel, _ = dense.get_weights()
    kernel *= 0.1
    kernel[-1] = 1.5
    dense.set_weights([kernel, np.array([3.0], np.float32)])
    return model


def fit(learnt: list[Sample], seed: int = 0) -> keras.Model:
    """A head taught on these samples; both answers weigh the same at each side."""
    keras.utils.set_random_seed(seed)
    usable = [s for s in learnt if not s.picture.person or s.picture.share >= TINY]
    model = build()
    rate = keras.optimizers.schedules.CosineDecay(4e-3, EPOCHS * sum(1 for _ in batches(usable)))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss)
    rng = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for maps, answers, weights in batches(usable, rng):
            model.train_on_batch(maps, answers, sample_weight=weights)
    return model


def batches(
    learnt: list[Sample], rng: np.random.Generator | None = None
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Maps, answers and weights, each batch of one side."""
    found = []
    for side in SIDES_PX:
        own = [s for s in learnt if s.side == side]
        if rng:
            rng.shuffle(own)
        people = np.mean([s.picture.person for s in own])
        for start in range(0, len(own), BATCH):
            part = own[start : start + BATCH]
            answers = np.array([[s.picture.person] for s in part], np.float32)
            weights = np.where(answers[:, 0] > 0, 0.5 / people, 0.5 / (1 - people))
            found.append((np.stack([s.map for s in part]).astype(np.float32), answers, weights))
    if rng:
        rng.shuffle(found)
    yield from found


def score(model: keras.Model, asked: list[Sample]) -> Floats:
    """Logits, in order."""
    return np.array([model(s.map[None].astype(np.float32)).numpy()[0, 0] for s in asked])


def held_out(every_sample: list[Sample], fold_of: dict[str, int]) -> dict[int, float]:
    """Logits of the plain samples by place, from heads that saw nothing of their origin's fold."""
    found: dict[int, float] = {}
    for fold in sorted(set(fold_of.values())):
        model = fit([s for s in every_sample if fold_of[s.picture.origin] != fold])
        places = [
            i for i, s in enumerate(every_sample) if s.plain and fold_of[s.picture.origin] == fold
        ]
        logits = score(model, [every_sample[i] for i in places])
        found.update(zip(places, map(float, logits), strict=True))
    return found


def folds(pictures: list[Picture]) -> dict[str, int]:
    """A fold for each origin, people and rooms spread evenly."""
    origins = sorted({(p.source, p.person, p.origin) for p in pictures if p.whole})
    return {origin: number % FOLDS for number, (_, _, origin) in enumerate(origins)}


def by_source(pictures: list[Picture]) -> dict[str, int]:
    """A fold for each source: photos on one side, films on the other."""
    return {p.origin: int(p.source == "coco") for p in pictures}


def weights_of(model: keras.Model) -> dict[str, Any]:
    """The head as the browser reads it: shapes and values."""
    kernel, bias = model.get_layer("convolution").get_weights()
    dense, offset = model.get_layer("dense").get_weights()
    named = {"kernel": kernel, "bias": bias, "dense": dense[:, 0], "offset": offset}
    return {
        name: {"shape": list(v.shape), "values": [round(float(x), 6) for x in v.ravel()]}
        for name, v in named.items()
    }


def golden(model: keras.Model) -> float:
    """The head's logit of a map that the browser's test can make too."""
    logits = 4 * np.sin(0.37 * np.arange(16 * 16 * KINDS)).reshape(16, 16, KINDS) - 3
    map_ = logits.reshape(8, 2, 8, 2, KINDS).max((1, 3))[None].astype(np.float32)
    return float(model(map_).numpy()[0, 0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--backbone", type=Path, default=DEFAULT_FOLDER)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    pictures = every(options.data, rng)
    print(f"{len(pictures)} pictures", flush=True)
    known = samples(pictures, Backbone(options.backbone), rng)
    print(f"{len(known)} samples", flush=True)
    across = held_out(known, folds(pictures))
    sources = held_out(known, by_source(pictures))
    model = fit(known)
    write_report(WEIGHTS, known, weights_of(model), across, sources)
    (WEIGHTS / "golden.json").write_text(json.dumps({"logit": golden(model)}) + "\n")


if __name__ == "__main__":
    main()
