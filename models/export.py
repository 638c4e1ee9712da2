"""Write a trained Keras network as the ONNX graph that serves it.

The graph is built by hand from the weights: it is small, and no converter has to agree with the
versions of everything else. A test holds both to the same answers.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.features import F

OPSET: Final = 18


class Graph:
    """Nodes and weights as they are added; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> str:
        names = [f"{kind.lower()}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0]

    def constant(self, value: Any, kind: Any = np.float32) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def name_output(self, result: str, name: str) -> None:
        self.nodes.append(helper.make_node("Identity", [result], [name]))


def export(model: keras.Model, path: Path) -> None:
    """Write `model`, built by `network.build`, to `path`."""
    graph = Graph()
    results: dict[str, str] = {model.inputs[0].name: "samples"}
    for layer in model.layers[1:]:
        sources = layer.input if isinstance(layer.input, list) else [layer.input]
        names = [results[source.name] for source in sources]
        results[layer.output.name] = _LAYERS[type(layer).__name__](graph, layer, names)
    shapes: dict[str, list[str | int]] = {"track": ["N", "T"], "classes": ["N"]}
    outputs = []
    for tensor, (name, shape) in zip(model.outputs, shapes.items(), strict=True):
        graph.name_output(results[tensor.name], name)
        shape = [*shape, tensor.shape[-1]]
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    inputs = [helper.make_tensor_value_info("samples", TensorProto.FLOAT, ["N", "T", F])]
    proto = helper.make_graph(graph.nodes, "discriminator", inputs, outputs, graph.weights)
    made = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(made)
    onnx.save(made, path)


def _conv(graph: Graph, layer: Any, names: list[str]) -> str:
    """Keras (N, T, C) with kernel (width, C, O) as ONNX (N, C, T) with (O, C, width)."""
    kernel, bias = layer.get_weights()
    reach = layer.dilation_rate[0] * (len(kernel) - 1) // 2
    turned = graph.add("Transpose", names[0], perm=[0, 2, 1])
    result = graph.add(
        "Conv",
        turned,
        graph.constant(kernel.transpose(2, 1, 0)),
        graph.constant(bias),
        dilations=[layer.dilation_rate[0]],
        pads=[reach, reach],
    )
    return _activated(graph, layer, graph.add("Transpose", result, perm=[0, 2, 1]))


def dense(graph: Graph, layer: Any, names: list[str]) -> str:
    kernel, bias = layer.get_weights()
    product = graph.add("MatMul", names[0], graph.constant(kernel))
    return _activated(graph, layer, graph.add("Add", product, graph.constant(bias)))


def _activated(graph: Graph, layer: Any, result: str) -> str:
    kind = layer.activation.__name__
    if kind == "linear":
        return result
    if kind == "relu":
        return graph.add("Relu", result)
    raise ValueError(f"{layer.name}: activation {kind} has no export")


def norm(graph: Graph, layer: Any, names: list[str]) -> str:
    gamma, beta = layer.get_weights()
    return graph.add(
        "LayerNormalization",
        names[0],
        graph.constant(gamma),
        graph.constant(beta),
        epsilon=layer.epsilon,
    )


def _bidirectional(graph: Graph, layer: Any, names: list[str]) -> str:
    """Keras orders the gates i, f, c, o and has one bias; ONNX i, o, f, c and two."""
    forward, backward = layer.get_weights()[:3], layer.get_weights()[3:]
    directions = [gates(*forward), gates(*backward)]
    kernel, recurrent, bias = (np.stack(part) for part in zip(*directions, strict=True))
    units = recurrent.shape[-1]
    steps = graph.add("Transpose", names[0], perm=[1, 0, 2])
    hidden = graph.add(
        "LSTM",
        steps,
        *(graph.constant(part) for part in (kernel, recurrent, bias)),
        hidden_size=units,
        direction="bidirectional",
    )
    turned = graph.add("Transpose", hidden, perm=[2, 0, 1, 3])
    return graph.add("Reshape", turned, graph.constant([0, 0, 2 * units], np.int64))


def gates(kernel: Any, recurrent: Any, bias: Any) -> tuple[Any, Any, Any]:
    def reorder(weights: Any) -> Any:
        i, f, c, o = np.split(weights, 4, axis=-1)
        return np.concatenate([i, o, f, c], axis=-1)

    both = np.concatenate([reorder(bias), np.zeros_like(bias)])
    return reorder(kernel).T, reorder(recurrent).T, both


def _pool(graph: Graph, _: Any, names: list[str]) -> str:
    """As `network.Pool`."""
    states, track = names
    third = [graph.constant([at], np.int64) for at in (2, 3, 2)]
    axis = graph.constant([1], np.int64)
    chance = graph.add("Sigmoid", graph.add("Slice", track, *third))
    weight = graph.add("Add", chance, graph.constant(0.05))
    weight = graph.add("Div", weight, graph.add("ReduceSum", weight, axis, keepdims=1))
    weighted = graph.add("Mul", states, weight)
    mean = graph.add("ReduceSum", weighted, axis, keepdims=0)
    square = graph.add("ReduceSum", graph.add("Mul", weighted, states), axis, keepdims=0)
    variance = graph.add("Sub", square, graph.add("Mul", mean, mean))
    variance = graph.add("Max", variance, graph.constant(0.0))
    spread = graph.add("Sqrt", graph.add("Add", variance, graph.constant(1e-6)))
    return graph.add("Concat", mean, spread, axis=1)


_LAYERS: Final[dict[str, Callable[[Graph, Any, list[str]], str]]] = {
    "Conv1D": _conv,
    "Dense": dense,
    "LayerNormalization": norm,
    "Bidirectional": _bidirectional,
    "Pool": _pool,
    "Add": lambda graph, _, names: graph.add("Add", *names),
    "Concatenate": lambda graph, _, names: graph.add("Concat", *names, axis=-1),
    "Dropout": lambda _, __, names: names[0],
}
