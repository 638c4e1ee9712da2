"""How much faster does ONNX Runtime answer than Keras `predict`, on one core and one sequence?

Where Keras is not installed, the other side is the same LSTM alone in NumPy.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.discriminator import analyze
from models.features import F
from models.registry import load
from models.sequence import Sequence

SAMPLES = 60


def per_second(call: Callable[[], object], seconds: float = 3.0) -> float:
    call()
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        call()
        count += 1
    return count / (time.perf_counter() - started)


def numpy_lstm(samples: np.ndarray, units: int = 32) -> np.ndarray:
    """One direction over (T, F) with random weights: the plainest thing that could work."""
    rng = np.random.default_rng(0)
    weights = rng.normal(0, 0.1, (samples.shape[1] + units, 4 * units)).astype(np.float32)
    hidden = cell = np.zeros(units, np.float32)
    for sample in samples:
        gates = np.concatenate([sample, hidden]) @ weights
        i, f, o = 1 / (1 + np.exp(-gates[: 3 * units].reshape(3, units)))
        cell = f * cell + i * np.tanh(gates[3 * units :])
        hidden = o * np.tanh(cell)
    return hidden


def other(samples: np.ndarray) -> tuple[str, Callable[[], object]]:
    try:
        from models import network
    except ImportError:
        return "one NumPy LSTM", lambda: numpy_lstm(samples[0])
    model = network.build()
    return "Keras predict", lambda: model.predict(samples, verbose=0)


def main() -> None:
    rng = np.random.default_rng(0)
    samples = rng.random((1, SAMPLES, F), np.float32)
    shipped = load()
    value = per_second(lambda: shipped.read(samples))
    name, slower = other(samples)
    ratio = value / per_second(slower)
    minute = Sequence.at_fps(rng.random((900, 17, 3), np.float32), 15.0)
    minute_ms = 1000 / per_second(lambda: analyze(minute))
    line = {
        "name": "discriminator",
        "value": round(value, 1),
        "unit": f"windows of {SAMPLES} samples/s",
        "ratio": round(ratio, 2),
        "against": name,
        "analyze_60_s_of_15_fps_ms": round(minute_ms, 1),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
