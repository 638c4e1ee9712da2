"""The graph through which the presence head looks, run by TensorFlow: for training only.

The browser runs it with TensorFlow.js. CenterNet on MobileNetV3, taught on COCO: for each place of
a picture how much it looks like each of 80 kinds of things. Knows nothing of presence itself. The
files are those that the page fetches (`npm run models` in frontend/ prepares them).
"""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "frontend/public/models/presence"
STRIDE = 4
KINDS = 80
DTYPES = {"float32": np.float32, "float16": np.float16, "int32": np.int32}


class BackboneError(Exception):
    """The graph's files are not there, or hold an operation that is not known here."""


class Backbone:
    """Pictures (N, S, S, 3), uint8, S a multiple of 32, to logits of kinds (N, S/4, S/4, 80)."""

    def __init__(self, folder: Path = DEFAULT_FOLDER) -> None:
        """Raises BackboneError where the files are missing."""
        if not (folder / "model.json").is_file():
            raise BackboneError(
                f"{folder}/model.json is missing: run `npm run models` in frontend/."
            )
        model = json.loads((folder / "model.json").read_text())
        self._nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
        names = model["userDefinedMetadata"]
        self._input, self._output = names["picture"], names["logits"]
        self._constants = constants(model, folder)

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def __call__(self, pictures: tf.Tensor) -> tf.Tensor:
        known: dict[str, tf.Tensor] = {self._input: tf.cast(pictures, tf.float32)}
        return self._value(self._output, known)

    def _value(self, name: str, known: dict[str, tf.Tensor]) -> tf.Tensor:
        if name in self._constants:
            return self._constants[name]
        if name not in known:
            node = self._nodes[name]
            # A resize's second input is its size, which is always the double.
            names = node["input"][:1] if node["op"] == "ResizeBilinear" else node["input"]
            inputs = [self._value(name.split(":")[0], known) for name in names]
            known[name] = operate(node["op"], inputs, node.get("attr", {}))
        return known[name]


def constants(model: dict[str, Any], folder: Path) -> dict[str, np.ndarray]:
    """Weights by name; halves become whole floats."""
    found: dict[str, np.ndarray] = {}
    for group in model["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        start = 0
        for weight in group["weights"]:
            dtype = np.dtype(DTYPES[weight.get("quantization", weight)["dtype"]])
            count = int(np.prod(weight["shape"]))
            values = np.frombuffer(data, dtype, count, start).reshape(weight["shape"])
            found[weight["name"]] = values.astype(DTYPES[weight["dtype"]])
            start += count * dtype.itemsize
    return found


def operate(op: str, inputs: list[tf.Tensor], attr: dict[str, Any]) -> tf.Tensor:
    """One operation of the graph; raises BackboneError for one that is not known."""
    match op:
        case "_FusedConv2D" | "Conv2D":
            return fused(tf.nn.conv2d(inputs[0], inputs[1], strides(attr), "SAME"), inputs, attr)
        case "FusedDepthwiseConv2dNative" | "DepthwiseConv2dNative":
            deep = tf.nn.depthwise_conv2d(inputs[0], inputs[1], strides(attr), "SAME")
            return fused(deep, inputs, attr)
        case "Add" | "AddV2":
            return inputs[0] + inputs[1]
        case "Mul":
            return inputs[0] * inputs[1]
        case "Relu":
            return tf.nn.relu(inputs[0])
        case "Relu6":
            return tf.nn.relu6(inputs[0])
        case "Sigmoid":
            return tf.sigmoid(inputs[0])
        case "Mean":
            return tf.reduce_mean(inputs[0], tuple(inputs[1]), keepdims=True)
        case "ConcatV2":
            return tf.concat(inputs[:-1], int(inputs[-1]))
        case "ResizeBilinear":
            return doubled(inputs[0], attr)
    raise BackboneError(f"operation {op} is not known here")


def doubled(x: tf.Tensor, attr: dict[str, Any]) -> tf.Tensor:
    """Every resize of this graph doubles; the size in the file is that of one input side."""
    shape = tf.shape(x)
    return tf.compat.v1.image.resize_bilinear(
        x,
        2 * shape[1:3],
        align_corners=attr.get("align_corners", {}).get("b", False),
        half_pixel_centers=attr.get("half_pixel_centers", {}).get("b", False),
    )


def strides(attr: dict[str, Any]) -> list[int]:
    return [int(step) for step in attr["strides"]["list"]["i"]]


def fused(x: tf.Tensor, inputs: list[tf.Tensor], attr: dict[str, Any]) -> tf.Tensor:
    """Bias and activation, where the operation carries them."""
    if len(inputs) > 2:
        x = x + inputs[2]
    for name in attr.get("fused_ops", {}).get("list", {}).get("s", []):
        word = plain(name)
        if word == "Relu":
            x = tf.nn.relu(x)
        elif word == "Relu6":
            x = tf.nn.relu6(x)
        elif word != "BiasAdd":
            raise BackboneError(f"fused operation {word} is not known here")
    return x


def plain(name: str) -> str:
    """A word as TensorFlow.js writes it: base64."""
    return base64.b64decode(name).decode()
