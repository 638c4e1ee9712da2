"""Train the causal network: `python -m models.live_training`.

It learns from the whole-set network, which saw what came after: of a clip whose repetitions begin
where an annotator liked, the teacher's phase is the one that can be foretold.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from models import live_network, registry
from models.batches import LENGTH, Batch, batches
from models.dataset import DOUBTFUL, LabelledClip, load
from models.features import Floats
from models.live_export import save
from models.training import DATA, SOURCES, ahead, one_cycle, squares, turned_to_fit

BATCH: Final = 18
STEPS: Final = 3000
PEAK_RATE: Final = 4e-3
_FORGET: Final = 0.4  # of the windows begin with nothing carried

Taught = tuple[Batch, Floats]


def fit(
    clips: list[LabelledClip], teacher: registry.Network, steps: int = STEPS, seed: int = 0
) -> keras.Model:
    """A causal network taught on these clips, doubtful labels left out.

    A window begins with what an unrelated one left behind, as one set goes on after another.
    """
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = live_network.build()
    usable = [clip for clip in clips if clip.name not in DOUBTFUL and clip.track.seen.any()]
    schedule = one_cycle(steps)
    optimizer = keras.optimizers.AdamW(PEAK_RATE, weight_decay=0.01, clipnorm=1.0)
    advance = _step(model, optimizer)
    carried = tf.zeros((BATCH, live_network.STATE))
    started = time.monotonic()
    recent: list[list[float]] = []
    taught = ahead(_taught(batches(usable, BATCH, steps, rng), teacher))
    for step, (batch, wanted) in enumerate(taught):
        optimizer.learning_rate.assign(schedule[step])
        kept = tf.constant(rng.random((BATCH, 1)) >= _FORGET, tf.float32)
        before = kept * tf.roll(carried, 1, axis=0)
        losses, carried = advance(batch.samples, before, batch.targets, wanted, batch.classes)
        recent.append([float(value) for value in losses.values()])
        if step % 100 == 99:
            means = zip(losses, np.mean(recent[-100:], axis=0), strict=True)
            parts = " ".join(f"{name} {mean:.3f}" for name, mean in means)
            print(f"step {step + 1} {time.monotonic() - started:.0f} s {parts}", flush=True)
    return model


def _taught(source: Iterator[Batch], teacher: registry.Network) -> Iterator[Taught]:
    """Batches with the teacher's tracks (N, T, 4)."""
    for batch in source:
        yield batch, teacher.read(batch.samples)[0]


def _step(model: keras.Model, optimizer: Any) -> Any:
    @tf.function  # type: ignore[untyped-decorator]
    def advance(samples: Any, before: Any, targets: Any, wanted: Any, classes: Any) -> Any:
        with tf.GradientTape() as tape:
            track, logits, after = model([samples, before], training=True)
            losses = _losses(track, logits, targets, wanted, classes)
            total = tf.add_n(list(losses.values()))
        gradients = tape.gradient(total, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return losses, after

    return advance


def _losses(track: Any, logits: Any, targets: Any, wanted: Any, classes: Any) -> dict[str, Any]:
    """Phase and frequency as the teacher says, activity and exercise as labelled."""
    known, active = targets[:, :, 4], tf.sigmoid(wanted[:, :, 2])
    labelled = known * targets[:, :, 2] + (1 - known) * active
    weight = labelled + 0.1
    total = tf.reduce_sum(weight)
    vector, teaching = track[:, :, :2], wanted[:, :, :2]
    plain = squares(vector - teaching, weight) / total
    turned = squares(vector - turned_to_fit(vector, teaching), weight) / total
    cross = tf.nn.sigmoid_cross_entropy_with_logits(labelled, track[:, :, 2])
    error = tf.abs(track[:, :, 3] - wanted[:, :, 3])
    return {
        "phase": plain + 2.0 * turned,
        "activity": tf.reduce_mean(cross),
        "frequency": 0.5 * tf.reduce_sum(error * labelled) / (tf.reduce_sum(labelled) + 1.0),
        "exercise": 0.2 * _exercise(logits, labelled, classes),
    }


def _exercise(logits: Any, active: Any, classes: Any) -> Any:
    """Cross-entropy of every sample, later and active ones first: a set is named as it goes."""
    patience = tf.range(1.0, LENGTH + 1) / LENGTH
    weight = tf.cast(classes >= 0, tf.float32)[:, None] * (active + 0.05) * patience
    labels = tf.one_hot(tf.maximum(classes, 0), logits.shape[-1]) * 0.9 + 0.1 / logits.shape[-1]
    labels = tf.repeat(labels[:, None], LENGTH, axis=1)
    entropy = tf.nn.softmax_cross_entropy_with_logits(labels, logits)
    return tf.reduce_sum(entropy * weight) / (tf.reduce_sum(weight) + 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    parser.add_argument("--teacher", type=Path, default=registry.WEIGHTS)
    parser.add_argument("--out", type=Path, default=registry.WEIGHTS / "live")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--without", default="", help="folds of repcount to leave out, as 01")
    chosen = parser.parse_args()
    clips = load(chosen.poses, SOURCES)
    clips = [c for c in clips if c.source != "repcount" or c.fold not in chosen.without]
    save(fit(clips, registry.load(chosen.teacher), chosen.steps), chosen.out)


if __name__ == "__main__":
    main()
