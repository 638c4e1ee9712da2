"""Write a trained Keras network as the TensorFlow.js graph that the browser runs.

TensorFlow's own converter does the work. Only the LSTM is put differently: as the one operation
that computes the whole sequence, since its loop of small steps is many times slower in a browser.
The page brings that operation (`frontend/src/discriminator/lstm.ts`).
"""

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import keras
import tensorflow as tf
from tensorflowjs.converters import tf_saved_model_conversion_v2 as converter

from models.features import FEATURES_VERSION
from models.skeleton import SKELETON_HASH

FOLDER: Final = "tfjs"
CARD: Final = "card.json"


def export_tfjs(
    model: keras.Model, folder: Path, version: str, classes: tuple[str, ...], name: str = FOLDER
) -> None:
    """Write `model` to `folder`/`name`: model.json, weights and the card that loading checks.

    Raises ValueError for a layer whose LSTM is none that the browser's operation computes.
    """
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.bin"):
        old.unlink()
    with tempfile.TemporaryDirectory() as saved:
        _save(_unrolled(model), saved)
        converter.convert_tf_saved_model(saved, str(target), skip_op_check=True)
    card = {
        "version": version,
        "classes": list(classes),
        "skeleton_hash": SKELETON_HASH,
        "features_version": FEATURES_VERSION,
    }
    (target / CARD).write_text(json.dumps(card, indent=2) + "\n")


def _save(model: keras.Model, folder: str) -> None:
    """A SavedModel whose inputs and outputs have the names of the model's."""
    names = [tensor.name for tensor in model.inputs]
    specs = [tf.TensorSpec(tensor.shape, tf.float32, tensor.name) for tensor in model.inputs]

    @tf.function(input_signature=specs)  # type: ignore[untyped-decorator]
    def serve(*inputs: Any) -> dict[str, Any]:
        answers = model(list(inputs) if len(names) > 1 else inputs[0], training=False)
        return dict(zip(model.output_names, answers, strict=True))

    holder = tf.Module()
    holder.model = model
    tf.saved_model.save(holder, folder, signatures=serve)


def _unrolled(model: keras.Model) -> keras.Model:
    """The same network with each LSTM as one operation."""

    def clone(layer: Any) -> Any:
        if isinstance(layer, keras.layers.Bidirectional):
            return BothWays(_units(layer.forward_layer), name=layer.name)
        if isinstance(layer, keras.layers.Conv1D) and layer.dilation_rate[0] > 1:
            return Dilated(layer)
        if isinstance(layer, keras.layers.LSTM):
            return Lstm(_units(layer), return_state=layer.return_state, name=layer.name)
        return layer.__class__.from_config(layer.get_config())

    cloned = keras.models.clone_model(model, clone_function=clone)
    cloned.set_weights(model.get_weights())
    return cloned


def _units(layer: Any) -> int:
    usual = {"activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True}
    for field, wanted in {**usual, "return_sequences": True}.items():
        found = getattr(layer, field)
        found = getattr(found, "__name__", found)
        if found != wanted:
            raise ValueError(f"{layer.name}.{field}: expected {wanted!r} for export, got {found!r}")
    return int(layer.units)


class Dilated(keras.layers.Layer):  # type: ignore[misc]
    """A dilated Conv1D as one convolution; Keras's own takes the sequence apart and together."""

    def __init__(self, layer: Any) -> None:
        super().__init__(name=layer.name)
        self.width, self.filters = layer.kernel_size[0], layer.filters
        self.step, self.causal = layer.dilation_rate[0], layer.padding == "causal"
        self.activation = layer.activation

    def build(self, shape: Any) -> None:
        self.kernel = self.add_weight(shape=(self.width, shape[-1], self.filters))
        self.bias = self.add_weight(shape=(self.filters,))

    def call(self, inputs: Any, **_: Any) -> Any:
        reach = self.step * (self.width - 1)
        before = reach if self.causal else reach // 2
        padded = tf.pad(inputs, [[0, 0], [before, reach - before], [0, 0]])
        kernel = tf.convert_to_tensor(self.kernel)[None]
        mixed = tf.nn.conv2d(padded[:, None], kernel, 1, "VALID", dilations=[1, self.step])
        return self.activation(tf.nn.bias_add(mixed[:, 0], self.bias))

    def compute_output_shape(self, shape: Any) -> Any:
        return (*shape[:2], self.filters)


class Lstm(keras.layers.Layer):  # type: ignore[misc]
    """A Keras LSTM with the same weights in the same order, computed by BlockLSTMV2."""

    def __init__(self, units: int, return_state: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units, self.return_state = units, return_state

    def build(self, shape: Any, *_: Any) -> None:
        gates = 4 * self.units
        self.kernel = self.add_weight(shape=(shape[-1], gates))
        self.recurrent = self.add_weight(shape=(self.units, gates))
        self.bias = self.add_weight(shape=(gates,))

    def call(self, inputs: Any, initial_state: Any = None, **_: Any) -> Any:
        steps = tf.transpose(inputs, [1, 0, 2])
        nothing = tf.zeros([tf.shape(inputs)[0], self.units])
        hidden, cell = initial_state or (nothing, nothing)
        unused = tf.zeros([self.units])
        found = tf.raw_ops.BlockLSTMV2(
            seq_len_max=tf.cast(tf.shape(steps)[0], tf.int64),
            x=steps,
            cs_prev=cell,
            h_prev=hidden,
            w=tf.concat([self.kernel, self.recurrent], axis=0),
            wci=unused,
            wcf=unused,
            wco=unused,
            b=tf.convert_to_tensor(self.bias),
            cell_clip=0.0,
        )
        states = tf.transpose(found.h, [1, 0, 2])
        return (states, found.h[-1], found.cs[-1]) if self.return_state else states

    def compute_output_shape(self, shape: Any, *_: Any) -> Any:
        states = (*shape[:2], self.units)
        after = (shape[0], self.units)
        return (states, after, after) if self.return_state else states


class BothWays(keras.layers.Layer):  # type: ignore[misc]
    """A Keras Bidirectional(LSTM) that joins both directions' states."""

    def __init__(self, units: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.forward, self.backward = Lstm(units), Lstm(units)

    def build(self, shape: Any) -> None:
        self.forward.build(shape)
        self.backward.build(shape)

    def call(self, inputs: Any, **_: Any) -> Any:
        back = self.backward(tf.reverse(inputs, [1]))
        return tf.concat([self.forward(inputs), tf.reverse(back, [1])], axis=-1)

    def compute_output_shape(self, shape: Any) -> Any:
        return (*shape[:2], 2 * self.forward.units)
