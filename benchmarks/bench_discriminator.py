"""How much faster does ONNX Runtime answer than Keras `predict`, on one core and one sequence?

Where the training environment is not installed (`make train` makes it; TRAIN_PYTHON names another),
the other side is one direction of the LSTM alone, in NumPy.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from models.discriminator import analyze
from models.features import F
from models.registry import load
from models.sequence import Sequence

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = 60


def windows() -> np.ndarray:
    """(1, SAMPLES, F): one window, as a live set sends them."""
    return np.random.default_rng(0).random((1, SAMPLES, F), np.float32)


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


def keras_per_second() -> float:
    """Windows a second of Keras `predict`; called in the training environment."""
    from models import network

    model, samples = network.build(), windows()
    return per_second(lambda: model.predict(samples, verbose=0))


def other() -> tuple[str, float]:
    """The slower way: Keras where its environment is installed, else the plainest thing."""
    python = os.environ.get("TRAIN_PYTHON", str(ROOT / ".venv-train" / "bin" / "python"))
    if not Path(python).exists():
        samples = windows()[0]
        return "one LSTM in NumPy", per_second(lambda: numpy_lstm(samples))
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_NUM_INTRAOP_THREADS": "1"}
    done = subprocess.run(
        [python, "-m", "benchmarks.bench_discriminator", "--keras"],
        capture_output=True,
        text=True,
        check=True,
        env=quiet,
        cwd=ROOT,
    )
    return "Keras predict", float(done.stdout.splitlines()[-1])


def main() -> None:
    if "--keras" in sys.argv:
        print(keras_per_second())
        return
    samples, shipped = windows(), load()
    value = per_second(lambda: shipped.read(samples))
    name, slower = other()
    minute = Sequence.at_fps(np.random.default_rng(0).random((900, 17, 3), np.float32), 15.0)
    line = {
        "name": "discriminator",
        "value": round(value, 1),
        "unit": f"windows of {SAMPLES} samples/s",
        "ratio": round(value / slower, 2),
        "against": name,
        "analyze_60_s_of_15_fps_ms": round(1000 / per_second(lambda: analyze(minute)), 1),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
