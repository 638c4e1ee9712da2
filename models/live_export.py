"""Write the trained causal network as the ONNX graph that serves it, state in and state out."""

from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import onnx
from onnx import TensorProto, helper

from models import figures
from models.dataset import CLASSES
from models.export import OPSET, Graph, dense, gates, norm
from models.features import F, inputs
from models.live_network import DILATIONS, LSTM_UNITS, PARTS, STATE, TAILS
from models.registry import write_card

RELEASE: Final = "0.1"


def save(model: keras.Model, folder: Path) -> None:
    """The graph, its card, and what Keras answers to one sequence for the test of parity."""
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder / "discriminator.onnx")
    _keep_answers(model, folder / "parity.npz")
    # It names exercises by its own logits: no recogniser belongs to it.
    write_card(folder, RELEASE, CLASSES, {"recognition_sha256": ""})


def export(model: keras.Model, path: Path) -> None:
    """`samples` (N, T, F) and `state` (N, STATE) to `track` (N, T, 4), `classes` (N, T, C)
    and `state_after`."""
    graph = Graph()
    before = _split(graph)
    after: list[str] = []
    seen = _look(graph, model.get_layer("front"), "samples", before, after)
    for dilation in DILATIONS:
        inner = norm(graph, model.get_layer(f"norm_{dilation}"), [seen])
        inner = _look(graph, model.get_layer(f"look_{dilation}"), inner, before, after)
        mixed = dense(graph, model.get_layer(f"mix_{dilation}"), [graph.add("Relu", inner)])
        seen = graph.add("Add", seen, mixed)
    normal = norm(graph, model.get_layer("norm_lstm"), [seen])
    course = _lstm(graph, model.get_layer("lstm"), normal, before, after)
    mixed = norm(graph, model.get_layer("norm_out"), [graph.add("Add", seen, course)])
    results = {name: dense(graph, model.get_layer(name), [mixed]) for name in ("track", "classes")}
    results["state_after"] = graph.add("Concat", *after, axis=1)
    for name, result in results.items():
        graph.name_output(result, name)
    _write(graph, path)


def _split(graph: Graph) -> list[str]:
    """The parts of the state, in order."""
    edges = np.cumsum([0, *PARTS])
    axis = graph.constant([1], np.int64)
    return [
        graph.add("Slice", "state", *(graph.constant([at], np.int64) for at in edge), axis)
        for edge in pairwise(edges)
    ]


def _look(graph: Graph, layer: Any, result: str, before: list[str], after: list[str]) -> str:
    """A causal convolution (N, T, C): what it looked back at goes before, its own end after."""
    kernel, bias = layer.get_weights()
    back, channels = TAILS[len(after)]
    part = before[len(after)]
    shape = graph.constant([-1, back, channels], np.int64)
    longer = graph.add("Concat", graph.add("Reshape", part, shape), result, axis=1)
    first, end, axis = (graph.constant([at], np.int64) for at in (-back, 2**31, 1))
    kept = graph.add("Slice", longer, first, end, axis)
    after.append(graph.add("Reshape", kept, graph.constant([-1, back * channels], np.int64)))
    turned = graph.add("Transpose", longer, perm=[0, 2, 1])
    weights = graph.constant(kernel.transpose(2, 1, 0)), graph.constant(bias)
    found = graph.add("Conv", turned, *weights, dilations=[layer.dilation_rate[0]])
    return graph.add("Transpose", found, perm=[0, 2, 1])


def _lstm(graph: Graph, layer: Any, result: str, before: list[str], after: list[str]) -> str:
    axis = graph.constant([0], np.int64)
    start = [graph.add("Unsqueeze", part, axis) for part in before[-2:]]
    weights = [graph.constant(part[None]) for part in gates(*layer.get_weights())]
    steps = graph.add("Transpose", result, perm=[1, 0, 2])
    names = [f"lstm_{part}" for part in ("course", "hidden", "cell")]
    node = helper.make_node("LSTM", [steps, *weights, "", *start], names, hidden_size=LSTM_UNITS)
    graph.nodes.append(node)
    after += [graph.add("Squeeze", name, axis) for name in names[1:]]
    course = graph.add("Squeeze", names[0], graph.constant([1], np.int64))
    return graph.add("Transpose", course, perm=[1, 0, 2])


def _write(graph: Graph, path: Path) -> None:
    def tensor(name: str, *shape: str | int) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    proto = helper.make_graph(
        graph.nodes,
        "live",
        [tensor("samples", "N", "T", F), tensor("state", "N", STATE)],
        [
            tensor("track", "N", "T", 4),
            tensor("classes", "N", "T", len(CLASSES)),
            tensor("state_after", "N", STATE),
        ],
        graph.weights,
    )
    made = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(made)
    onnx.save(made, path)


def _keep_answers(model: keras.Model, path: Path) -> None:
    """What Keras answers about a stick figure, for the test that holds ONNX to it."""
    unit, _ = figures.exercise("squat", 150, np.random.default_rng(0))
    samples = inputs(unit, np.ones(len(unit), np.float32))[None]
    answers = model([samples, np.zeros((1, STATE), np.float32)], training=False)
    track, classes, state = (np.asarray(part) for part in answers)
    np.savez_compressed(path, samples=samples, track=track, classes=classes, state=state)
