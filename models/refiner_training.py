"""Train the keypoint refiner: `python -m models.refiner_training [--features FOLDER]`.

Without a folder that `models.refiner_features` has filled, its views are made first. Adam; seeds of
weights and order are fixed. Three losses: cross-entropy of the SoftMax over locations against a
small hill at the keypoint, Huber of the offsets near it, binary cross-entropy of the score against
whether the keypoint found is right.
"""

import argparse
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from models.export_refiner import export_refiner, write_parity
from models.keypoint_metrics import reach_of
from models.refiner import (
    CELLS,
    CHANNELS,
    OUTPUTS,
    SIDE_PX,
    STRIDE_PX,
    build,
    decode,
    posenet_heads,
)
from models.refiner_features import cache
from models.skeleton import K
from models.tfjs_graph import HUMAN_MODELS

BATCH: Final = 32
ROUNDS: Final = ((7, 2e-3), (5, 1e-3))  # epochs, highest rate
HILL_CELLS: Final = 0.6
NEAR_CELLS: Final = 1.6
SEEN: Final = 0.3
UNSEEN: Final = 0.2
UNKNOWN_WEIGHT: Final = 0.4
HELD_OUT: Final = 0
OTHERS: Final = ("coco", "film")
C: Final = 3


@dataclass(frozen=True)
class Views:
    """features: float16 (N, 17, 17, 384). persons: (N, K, C) in [0, 1] of the view."""

    features: np.ndarray
    persons: np.ndarray
    sources: np.ndarray
    names: np.ndarray
    folds: np.ndarray


def read(folder: Path) -> Views:
    """Raises FileNotFoundError where `models.refiner_features` has not been run."""
    about = [json.loads(line) for line in (folder / "about.jsonl").read_text().splitlines()]
    persons = np.fromfile(folder / "persons.f32", "<f4", len(about) * K * C).reshape(-1, K, C)
    shape = (len(persons), CELLS, CELLS, CHANNELS)
    features = np.memmap(folder / "features.f16", np.float16, "r", shape=shape)
    sources, names, folds = (np.array(column) for column in zip(*about, strict=True))
    return Views(features, persons, sources, names, folds)


def targets(persons: np.ndarray, sources: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keypoints in cells (N, K, 2), their weights for places (N, K) and for scores (N, K)."""
    cells = persons[:, :, :2] * SIDE_PX / STRIDE_PX
    inside = ((cells > -0.5) & (cells < CELLS - 0.5)).all(-1)
    score = persons[:, :, 2]
    placed = ((score > SEEN) & inside).astype(np.float32)
    unknown = (score < UNSEEN) | ~inside
    weight = np.where(placed > 0, 1.0, np.where(unknown, UNKNOWN_WEIGHT, 0.0))
    weight[sources == "empty"] = 1.0
    return cells, placed, weight.astype(np.float32)


def loss(answers: dict[str, Any], cells: Any, placed: Any, weight: Any, reach: Any) -> list[Any]:
    """The three losses. reach: how far off a keypoint may be to be right, in cells, (N,)."""
    rows = tf.range(CELLS, dtype=tf.float32)
    down = rows[None, :, None, None] - cells[:, None, None, :, 1]
    right = rows[None, None, :, None] - cells[:, None, None, :, 0]
    squared = down**2 + right**2
    flat = (-1, CELLS * CELLS, K)
    hill = tf.nn.softmax(tf.reshape(-squared / (2 * HILL_CELLS**2), flat), axis=1)
    surprise = -tf.reduce_sum(
        hill * tf.nn.log_softmax(tf.reshape(answers["location"], flat), axis=1), axis=1
    )
    count = tf.reduce_sum(placed) + 1.0
    location = tf.reduce_sum(surprise * placed) / count
    near = tf.cast(squared < NEAR_CELLS**2, tf.float32) * placed[:, None, None, :]
    misses = huber(answers["offset_y"] + down) + huber(answers["offset_x"] + right)
    offset = tf.reduce_sum(misses * near) / (tf.reduce_sum(near) + 1.0)
    found = tf.stop_gradient(decode(*(answers[name] for name in OUTPUTS)))
    away = tf.norm(found[:, :, :2] * SIDE_PX / STRIDE_PX - cells, axis=-1)
    is_right = tf.cast(away < reach[:, None], tf.float32) * placed
    best = tf.argmax(tf.reshape(answers["location"], flat), axis=1)
    sure = tf.reduce_sum(
        tf.reshape(answers["score"], flat) * tf.one_hot(best, CELLS * CELLS, axis=1), axis=1
    )
    doubt = tf.nn.sigmoid_cross_entropy_with_logits(is_right, sure)
    score = tf.reduce_sum(doubt * weight) / (tf.reduce_sum(weight) + 1.0)
    return [location, offset, score]


def huber(miss: Any, delta: float = 0.5) -> Any:
    far = tf.abs(miss)
    return tf.where(far < delta, far**2 / 2, delta * (far - delta / 2))


def fit(views: Views, chosen: np.ndarray) -> keras.Model:
    """A refiner that has seen the chosen views (indices) only, in two rounds."""
    model = build()
    for seed, (epochs, peak_rate) in enumerate(ROUNDS):
        teach(model, views, chosen, epochs, peak_rate, seed)
    return model


def teach(
    model: keras.Model,
    views: Views,
    chosen: np.ndarray,
    epochs: int,
    peak_rate: float,
    seed: int,
) -> None:
    """One round: the rate rises to its peak and falls; the model ends with the weights' mean."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    heads = posenet_heads()
    steps = epochs * (len(chosen) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(
        peak_rate / 10, steps, warmup_target=peak_rate, warmup_steps=steps // 20
    )
    adam = keras.optimizers.Adam(rate, clipnorm=1.0, use_ema=True, ema_momentum=0.995)
    adam.build(model.trainable_variables)
    cells, placed, weight = targets(views.persons, views.sources)
    reach = reach_of(views.persons) * SIDE_PX / STRIDE_PX

    @tf.function  # type: ignore[untyped-decorator]
    def advance(features: Any, *wanted: Any) -> list[Any]:
        heat, offsets = heads(features)
        with tf.GradientTape() as tape:
            losses = loss(model([features, heat, offsets], training=True), *wanted)
            total = tf.add_n(losses)
        gradients = tape.gradient(total, model.trainable_variables)
        adam.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return losses

    started, recent = time.monotonic(), []
    for epoch in range(epochs):
        order = rng.permutation(chosen)
        for at in range(0, len(order) - BATCH + 1, BATCH):
            batch = np.sort(order[at : at + BATCH])
            features = tf.constant(views.features[batch].astype(np.float32))
            wanted = (cells[batch], placed[batch], weight[batch], reach[batch])
            recent.append([float(part) for part in advance(features, *map(tf.constant, wanted))])
        told = " ".join(f"{part:.3f}" for part in np.mean(recent, axis=0))
        print(f"epoch {epoch + 1} {time.monotonic() - started:.0f} s {told}", flush=True)
        recent.clear()
    adam.finalize_variable_values(model.trainable_variables)


def refine(model: keras.Model | None, views: Views, chosen: np.ndarray) -> np.ndarray:
    """Poses (N, K, C) of the chosen views in [0, 1]; without a model PoseNet's own."""
    heads, found = posenet_heads(), []
    for at in range(0, len(chosen), BATCH):
        features = tf.constant(views.features[chosen[at : at + BATCH]].astype(np.float32))
        heat, offsets = heads(features)
        if model is None:
            down, right = tf.split(offsets / STRIDE_PX, 2, axis=-1)
            found.append(decode(heat, down, right, heat).numpy())
        else:
            answers = model([features, heat, offsets], training=False)
            found.append(decode(*(answers[name] for name in OUTPUTS)).numpy())
    return np.concatenate(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--features", type=Path, help="what models.refiner_features has cached")
    parser.add_argument("--without", type=int, default=HELD_OUT, help="the fold to leave out")
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    lacking = None if options.features else what_lacks(options.data)
    if lacking:
        print(f"The refiner's weights stay as they are: {lacking}.")
        return
    with tempfile.TemporaryDirectory() as folder:
        features = options.features or Path(folder)
        if not options.features:
            cache(options.data, features)
        views = read(features)
        model = fit(views, taught(views, options.without))
    export_refiner(model)
    write_parity(model)


def what_lacks(data: Path) -> str | None:
    """What has to be there to look at the films, and is not."""
    if not (data / "videos" / "push_ups").is_dir():
        return f"there are no films in {data / 'videos'}"
    if not HUMAN_MODELS.is_dir():
        return "PoseNet is not there; run npm ci in frontend/"
    return None if shutil.which("ffmpeg") else "ffmpeg is not installed"


def taught(views: Views, without: int) -> np.ndarray:
    """Indices of the views outside a fold; those that are no push-ups twice, being few."""
    seen = np.flatnonzero(views.folds != without)
    return np.concatenate([seen, seen[np.isin(views.sources[seen], OTHERS)]])


if __name__ == "__main__":
    main()
