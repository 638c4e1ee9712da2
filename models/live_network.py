"""The discriminator's causal network in Keras: what it says of a sample rests on it and earlier
ones, so it can follow a set while it goes on.

All that it remembers is one row of numbers, `state`: what each convolution has to look back at, in
order of depth, then what the LSTM carries, hidden and cell. Zeros are a beginning. Imported by
training alone; serving reads the ONNX graph that `live_export.py` writes from it.
"""

from itertools import pairwise
from typing import Any, Final

import keras
from keras import layers, ops

from models.dataset import CLASSES
from models.features import F

CHANNELS: Final = 64
LSTM_UNITS: Final = 64
FRONT: Final = 5  # samples that the first convolution sees
WIDTH: Final = 3  # of the others
DILATIONS: Final = (1, 2, 4, 8, 16)
# Samples and channels that each convolution looks back at.
TAILS: Final = ((FRONT - 1, F), *(((WIDTH - 1) * dilation, CHANNELS) for dilation in DILATIONS))
PARTS: Final = (*(back * channels for back, channels in TAILS), LSTM_UNITS, LSTM_UNITS)
STATE: Final = sum(PARTS)


def build() -> keras.Model:
    """Inputs `samples` (N, T, F) and `state` (N, STATE); outputs `track` (N, T, 4) as the whole-set
    network has them, `classes` (N, T, len(CLASSES)) logits, and the state after the last sample."""
    samples = keras.Input((None, F), name="samples")
    state = keras.Input((STATE,), name="state")
    before = _parts(state)
    after: list[Any] = []
    front = layers.Conv1D(CHANNELS, FRONT, name="front")
    seen = _look(front, samples, before, after)
    for dilation in DILATIONS:
        inner = layers.LayerNormalization(name=f"norm_{dilation}")(seen)
        look = layers.Conv1D(
            CHANNELS, WIDTH, dilation_rate=dilation, activation="relu", name=f"look_{dilation}"
        )
        inner = layers.Dense(CHANNELS, name=f"mix_{dilation}")(_look(look, inner, before, after))
        seen = layers.Add()([seen, inner])
    lstm = layers.LSTM(LSTM_UNITS, return_sequences=True, return_state=True, name="lstm")
    normal = layers.LayerNormalization(name="norm_lstm")(seen)
    course, *carried = lstm(normal, initial_state=before[-2:])
    mixed = layers.LayerNormalization(name="norm_out")(layers.Add()([seen, course]))
    track = layers.Dense(4, name="track")(mixed)
    classes = layers.Dense(len(CLASSES), name="classes")(layers.Dropout(0.3)(mixed))
    return keras.Model([samples, state], [track, classes, ops.concatenate([*after, *carried], 1)])


def _parts(state: Any) -> list[Any]:
    edges = [sum(PARTS[:i]) for i in range(len(PARTS) + 1)]
    return [state[:, a:b] for a, b in pairwise(edges)]


def _look(layer: Any, samples: Any, before: list[Any], after: list[Any]) -> Any:
    """Convolve with what was remembered ahead of the samples; remember their end."""
    back, channels = TAILS[len(after)]
    tail = ops.reshape(before[len(after)], (-1, back, channels))
    longer = ops.concatenate([tail, samples], axis=1)
    after.append(ops.reshape(longer[:, -back:], (-1, back * channels)))
    return layer(longer)
