"""The discriminator's network in Keras: dilated convolutions see the movement, an LSTM its course.

Imported by training alone; serving reads the ONNX graph that `export.py` writes from it.
"""

from typing import Any, Final

import keras
from keras import layers, ops

from models.dataset import CLASSES
from models.features import F

CHANNELS: Final = 64
LSTM_UNITS: Final = 32
DILATIONS: Final = (1, 2, 4, 8, 16, 32)


def build() -> keras.Model:
    """Inputs (N, T, F) to `track` (N, T, 4) and `classes` (N, len(CLASSES)) logits.

    `track` is cosine and sine of the phase, the activity logit and log of cycles a sample.
    """
    inputs = keras.Input((None, F), name="samples")
    hidden = layers.Conv1D(CHANNELS, 5, padding="same")(inputs)
    for dilation in DILATIONS:
        hidden = _block(hidden, dilation)
    lstm = layers.LSTM(LSTM_UNITS, return_sequences=True)
    course = layers.Bidirectional(lstm, name="lstm")(layers.LayerNormalization()(hidden))
    hidden = layers.Add()([hidden, course])
    for dilation in (1, 4):
        hidden = _block(hidden, dilation)
    hidden = layers.LayerNormalization()(hidden)
    track = layers.Dense(4, name="track")(hidden)
    pooled = _pool(hidden, inputs, track)
    classes = layers.Dense(len(CLASSES), name="classes")(layers.Dropout(0.3)(pooled))
    return keras.Model(inputs, [track, classes])


def _block(hidden: Any, dilation: int) -> Any:
    """A residual step: normalise, look `dilation` samples to both sides, mix channels."""
    inner = layers.LayerNormalization()(hidden)
    inner = layers.Conv1D(CHANNELS, 3, padding="same", dilation_rate=dilation, activation="relu")(
        inner
    )
    return layers.Add()([hidden, layers.Conv1D(CHANNELS, 1)(inner)])


def _pool(hidden: Any, inputs: Any, track: Any) -> Any:
    """(N, D): mean and spread over time, weighted by activity, of states and poses alike."""
    seen = layers.Dense(CHANNELS, activation="relu", name="pose")(inputs)
    states = layers.Concatenate()([layers.Dense(CHANNELS, activation="relu")(hidden), seen])
    return Pool(name="pool")([states, track])


class Pool(layers.Layer):  # type: ignore[misc]
    """Mean and standard deviation over time, weighted by the probability of activity."""

    def call(self, inputs: Any) -> Any:
        states, track = inputs
        weight = ops.sigmoid(ops.stop_gradient(track[:, :, 2:3])) + 0.05
        weight = weight / ops.sum(weight, axis=1, keepdims=True)
        mean = ops.sum(states * weight, axis=1)
        square = ops.sum(states * states * weight, axis=1)
        spread = ops.sqrt(ops.maximum(square - mean * mean, 0.0) + 1e-6)
        return ops.concatenate([mean, spread], axis=1)
