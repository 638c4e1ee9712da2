"""Train the discriminator: `python -m models.training`.

Seeds of windows, weights and order are fixed; sums over threads may differ in the last digits.
"""

import argparse
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import keras
import numpy as np
import tensorflow as tf

from models import figures, golden, labels, network, recogniser, recognition_training
from models.batches import batches
from models.dataset import CLASSES, DOUBTFUL, LabelledClip, load
from models.export import export
from models.export_recogniser import export_recogniser
from models.export_tfjs import export_tfjs
from models.features import inputs
from models.registry import read_card, write_card

SOURCES: Final = ("repcount", "countix_extra", "gym_sapiens", "pushfit_movenet")
DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "poses"
RELEASE: Final = "0.3"
BATCH: Final = 18
STEPS: Final = 9000
PEAK_RATE: Final = 4e-3
_T = TypeVar("_T")


def fit(clips: list[LabelledClip], steps: int = STEPS, seed: int = 0) -> keras.Model:
    """A network trained on these clips, doubtful labels left out."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = network.build()
    usable = [clip for clip in clips if clip.name not in DOUBTFUL and clip.track.seen.any()]
    schedule = one_cycle(steps)
    optimizer = keras.optimizers.AdamW(PEAK_RATE, weight_decay=0.01, clipnorm=1.0)
    advance = _step(model, optimizer)
    started = time.monotonic()
    recent: list[list[float]] = []
    for step, batch in enumerate(ahead(batches(usable, BATCH, steps, rng))):
        optimizer.learning_rate.assign(schedule[step])
        losses = advance(batch.samples, batch.targets, batch.classes)
        recent.append([float(value) for value in losses.values()])
        if step % 100 == 99:
            means = zip(losses, np.mean(recent[-100:], axis=0), strict=True)
            parts = " ".join(f"{name} {mean:.3f}" for name, mean in means)
            print(f"step {step + 1} {time.monotonic() - started:.0f} s {parts}", flush=True)
    return model


def on_one_core() -> None:
    """Steps on one core: two take four fifths more of the processor, and the next windows have to
    wait for it. Only before anything is computed; raises RuntimeError after."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def _step(model: keras.Model, optimizer: Any) -> Any:
    @tf.function  # type: ignore[untyped-decorator]
    def advance(samples: Any, targets: Any, classes: Any) -> dict[str, Any]:
        with tf.GradientTape() as tape:
            track, logits = model(samples, training=True)
            losses = _losses(track, logits, targets, classes)
            total = tf.add_n(list(losses.values()))
        gradients = tape.gradient(total, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return losses

    return advance


def _losses(track: Any, logits: Any, targets: Any, classes: Any) -> dict[str, Any]:
    """Phase (as labelled, and turned to fit), activity, frequency and exercise."""
    known, active = targets[:, :, 4], targets[:, :, 5]
    vector, wanted = track[:, :, :2], targets[:, :, :2]
    count = tf.reduce_sum(active) + 1.0
    plain = squares(vector - wanted, active) / count
    turned = squares(vector - turned_to_fit(vector, wanted), active) / count
    idle = squares(vector, known - active) / (tf.reduce_sum(known - active) + 1.0)
    cross = tf.nn.sigmoid_cross_entropy_with_logits(targets[:, :, 2], track[:, :, 2])
    error = tf.abs(track[:, :, 3] - targets[:, :, 3])
    weight = tf.cast(classes >= 0, tf.float32)
    labels = tf.one_hot(tf.maximum(classes, 0), logits.shape[-1]) * 0.9 + 0.1 / logits.shape[-1]
    entropy = tf.nn.softmax_cross_entropy_with_logits(labels, logits)
    return {
        "phase": plain + 3.0 * turned + 0.2 * idle,
        "activity": tf.reduce_sum(cross * known) / (tf.reduce_sum(known) + 1.0),
        "frequency": 0.5 * tf.reduce_sum(error * active) / count,
        "exercise": 0.4 * tf.reduce_sum(entropy * weight) / (tf.reduce_sum(weight) + 1.0),
    }


def turned_to_fit(vector: Any, wanted: Any) -> Any:
    """The wanted phase (N, T, 2), each clip turned by the one angle that fits best.

    Where annotators let a repetition begin is arbitrary; its course is not.
    """
    x, y, u, v = vector[:, :, 0], vector[:, :, 1], wanted[:, :, 0], wanted[:, :, 1]
    along = tf.reduce_sum(x * u + y * v, axis=1, keepdims=True)
    across = tf.reduce_sum(y * u - x * v, axis=1, keepdims=True)
    size = tf.sqrt(along**2 + across**2) + 1e-6
    cos, sin = tf.stop_gradient(along / size), tf.stop_gradient(across / size)
    return tf.stack([cos * u - sin * v, sin * u + cos * v], axis=-1)


def squares(error: Any, weight: Any) -> Any:
    return tf.reduce_sum(tf.reduce_sum(error**2, axis=-1) * weight)


def one_cycle(steps: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(steps,) learning rates: up over a fifth of the way, then a cosine down."""
    at = np.arange(steps) / steps
    rise = 0.04 + 0.96 * at / 0.2
    fall = (1 + np.cos(np.pi * (at - 0.2) / 0.8)) / 2
    return np.asarray(PEAK_RATE * np.where(at < 0.2, rise, fall + 1e-3))


def ahead(source: Iterator[_T]) -> Iterator[_T]:
    """The same things, made in a thread while the network learns."""
    made: queue.Queue[_T | None] = queue.Queue(maxsize=4)

    def fill() -> None:
        for batch in source:
            made.put(batch)
        made.put(None)

    threading.Thread(target=fill, daemon=True).start()
    while (batch := made.get()) is not None:
        yield batch


def save(model: keras.Model, folder: Path, clips: list[LabelledClip]) -> None:
    """Weights as ONNX has them, what tells exercises apart, and the card."""
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder / "discriminator.onnx")
    _keep_answers(model, folder / "parity.npz")
    sources = [*SOURCES, *({clip.source for clip in clips} - set(SOURCES))]
    facts = {
        "recognition_sha256": recognition_training.fit(clips, folder),
        "trained_on": {source: sum(clip.source == source for clip in clips) for source in sources},
    }
    write_card(folder, RELEASE, CLASSES, facts)


def save_for_browser(model: keras.Model, folder: Path) -> None:
    """The same for the page, and the answers that hold its copy to ours."""
    export_tfjs(model, folder, read_card(folder).version, CLASSES)
    export_recogniser(recogniser.load(folder), folder)
    golden.write(folder)


def _keep_answers(model: keras.Model, path: Path) -> None:
    """What Keras answers about a stick figure, for the test that holds ONNX to it."""
    rng = np.random.default_rng(0)
    unit, _ = figures.exercise("squat", 150, rng)
    samples = inputs(unit, np.ones(len(unit), np.float32))[None]
    track, classes = model(samples, training=False)
    np.savez_compressed(path, samples=samples, track=track.numpy(), classes=classes.numpy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights"))
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--fold", help="leave this fold of repcount out")
    parser.add_argument("--labels", type=Path, help="folder of export_labels, to train with too")
    arguments = parser.parse_args()
    on_one_core()
    clips = load(arguments.poses, SOURCES)
    if arguments.labels is not None:
        clips += labels.to_train_with(arguments.labels)
    if arguments.fold is not None:
        clips = [c for c in clips if c.source != "repcount" or c.fold != arguments.fold]
    model = fit(clips, arguments.steps)
    save(model, arguments.out, clips)
    save_for_browser(model, arguments.out)


if __name__ == "__main__":
    main()
