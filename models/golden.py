"""Golden vectors: what this code answers about generated sequences, for other copies of it.

`golden.json` beside the weights holds sequences, the inputs made of them, the network's answers and
the whole analysis. The browser's copy is tested against it, and so is this code: neither drifts.

    python -m models.golden
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models import figures
from models.calibration import AS_IS
from models.discriminator import analyze
from models.features import F, sample, track, trunk_slope_deg, visible
from models.postures import FIGURES
from models.registry import WEIGHTS, Network, load
from models.results import Tempo
from models.sequence import Sequence
from models.skeleton import MIRROR, K

FILE: Final = "golden.json"
_STEPS: Final = 65_535  # of a value in [0, 1], as the file has it
_RATE_HZ: Final = 5.0
_ASPECT: Final = 0.75
# name, exercise, repetitions, seconds each, frames a second, and what is wrong with the frames
_CASES: Final = (
    ("squats", "squat", 3, 2.4, 12.0, ()),
    ("swapped sides", "jumping_jack", 5, 1.3, 14.0, ("swaps", "noise")),
    ("weak keypoints", "push_up", 3, 2.2, 10.0, ("weak", "noise")),
    ("gaps and uneven times", "shoulder_press", 3, 2.6, 13.0, ("gaps", "uneven")),
    ("slow and few", "squat", 2, 4.0, 6.0, ("noise", "uneven")),
    ("a long wait", "squat", 3, 2.4, 8.0, ("wait",)),
    ("nobody", "squat", 0, 2.0, 10.0, ("nobody",)),
    ("a moment", "squat", 0, 0.3, 10.0, ()),
)


def write(folder: Path = WEIGHTS) -> None:
    """Write the golden vectors of the weights in `folder`."""
    facts = {"network": _network(folder), "cases": list(_cases(load(folder)))}
    (folder / FILE).write_text(json.dumps(facts, indent=1) + "\n")


def pack(values: NDArray[Any]) -> str:
    """Base64 of the bytes, little-endian."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def unpack(text: str, kind: str = "<f4") -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(text), kind)


def sequence_of(case: dict[str, Any]) -> Sequence:
    """The sequence of a case in the file."""
    poses = (unpack(case["poses"], "<u2") / _STEPS).astype(np.float32).reshape(-1, K, 3)
    return Sequence(np.array(case["t_ms"], np.int64), poses, case["aspect"])


def case_of(
    name: str, t_ms: NDArray[Any], poses: NDArray[Any], aspect: float | None, network: Network
) -> dict[str, Any]:
    """All that is answered about these frames, as the file has it."""
    case: dict[str, Any] = {
        "name": name,
        "aspect": aspect,
        "t_ms": t_ms.tolist(),
        "poses": pack(np.round(np.clip(poses, 0, 1) * _STEPS).astype("<u2")),
    }
    sequence = sequence_of(case)
    features = features_of(sequence)
    answers, classes = network.read(unpack(features["samples"]).reshape(1, -1, F))
    read = {"track": pack(answers.astype("<f4")), "classes": pack(classes.astype("<f4"))}
    answer = answer_of(sequence, network)
    begun = answer_of(beginning(sequence), network, is_open=True)
    return {**case, "features": features, "network": read, "answer": answer, "open": begun}


def beginning(sequence: Sequence) -> Sequence:
    """Its first two thirds, as of a set that goes on."""
    frames = 2 * len(sequence) // 3
    return Sequence(sequence.t_ms[:frames], sequence.poses[:frames], sequence.aspect)


def features_of(sequence: Sequence, rate_hz: float = _RATE_HZ) -> dict[str, Any]:
    source = track(sequence)
    return {
        "rate_hz": rate_hz,
        "visible": visible(sequence).astype(int).tolist(),
        "samples": pack(sample(source, rate_hz).astype("<f4")),
        "slope_deg": float(trunk_slope_deg(source.points, sequence.aspect or 1.0).mean()),
    }


def answer_of(sequence: Sequence, network: Network, is_open: bool = False) -> dict[str, Any]:
    """The analysis: spans of repetitions and attempts in ms, the exercise, its raw probability.

    Repetitions also have turn in ms, range in degrees and tempo in s; attempts their degrees.
    """
    raw = replace(network, card=replace(network.card, calibration=AS_IS))
    found = analyze(sequence, network=raw, is_open=is_open)
    return {
        "exercise": found.exercise,
        "confidence": found.confidence,
        "reps": [
            [
                rep.start_ms,
                rep.end_ms,
                rep.confidence,
                rep.turn_ms,
                rep.rom_deg,
                *_seconds(rep.tempo_s),
            ]
            for rep in found.reps
        ],
        "attempts": [
            [one.start_ms, one.end_ms, one.reason, one.rom_deg, one.needed_deg]
            for one in found.attempts
        ],
        "hold_s": found.hold_s,
    }


def _seconds(tempo: Tempo) -> tuple[float, float, float]:
    return tempo.down, tempo.pause, tempo.up


def _cases(network: Network) -> Iterator[dict[str, Any]]:
    for seed, (name, slug, count, rep_s, fps, faults) in enumerate(_CASES):
        rng = np.random.default_rng(seed)
        t_ms, poses = _filmed(slug, count, rep_s, fps, rng)
        for fault in faults:
            t_ms, poses = _FAULTS[fault](t_ms, poses, rng)
        yield case_of(name, t_ms, poses, _ASPECT, network)


def _network(folder: Path) -> dict[str, Any]:
    """What Keras answered, as training kept it."""
    with np.load(folder / "parity.npz") as kept:
        return {name: pack(kept[name].astype("<f4")) for name in ("samples", "track", "classes")}


Film = tuple[NDArray[np.int64], NDArray[np.float64]]


def _filmed(slug: str, count: int, rep_s: float, fps: float, rng: np.random.Generator) -> Film:
    """A stick figure that rests, moves `count` times and rests: times and poses (T, 17, 3)."""
    figure = FIGURES[slug][0]
    still_s = 1.0 if count else rep_s
    t_s = np.arange(0, count * rep_s + 2 * still_s, 1 / fps)
    moving = np.clip(t_s - still_s, 0, count * rep_s)
    depth = (1 - np.cos(2 * np.pi * moving / rep_s)) / 2
    postures = figure.start + depth[:, None] * (figure.turn - figure.start)
    points = figures.picture(postures, np.full(len(t_s), rng.uniform(30, 150)))
    low, high = points.min((0, 1)), points.max((0, 1))
    points = 0.1 + 0.8 * (points - low) / (high - low).max() / np.array([_ASPECT, 1.0])
    scores = np.clip(rng.normal(0.8, 0.1, (len(t_s), K, 1)), 0.31, 1)
    return np.round(1000 * t_s).astype(np.int64), np.concatenate([points, scores], axis=2)


def _noise(t_ms: Any, poses: Any, rng: np.random.Generator) -> Film:
    poses[:, :, :2] += rng.normal(0, 0.006, poses[:, :, :2].shape)
    return t_ms, poses


def _swaps(t_ms: Any, poses: Any, rng: np.random.Generator) -> Film:
    wrong = rng.random(len(poses)) < 0.3
    poses[wrong] = poses[wrong][:, list(MIRROR)]
    return t_ms, poses


def _weak(t_ms: Any, poses: Any, rng: np.random.Generator) -> Film:
    guessed = rng.random((len(poses), K)) < 0.2
    poses[guessed] = rng.random((int(guessed.sum()), 3)) * [1, 1, 0.25]
    return t_ms, poses


def _gaps(t_ms: Any, poses: Any, _: np.random.Generator) -> Film:
    """A clip lost on the way, and a moment without anybody."""
    kept = (t_ms < 2_000) | (t_ms > 2_700)
    t_ms, poses = t_ms[kept], poses[kept]
    poses[(t_ms > 5_000) & (t_ms < 5_500), :, 2] = 0
    return t_ms, poses


def _wait(t_ms: Any, poses: Any, _: np.random.Generator) -> Film:
    """Standing still before and after it, longer than it takes."""
    longer = np.pad(poses, ((100, 100), (0, 0), (0, 0)), mode="edge")
    return np.arange(len(longer)) * int(np.diff(t_ms)[0]), longer


def _uneven(t_ms: Any, poses: Any, rng: np.random.Generator) -> Film:
    step = int(np.diff(t_ms).min())
    return t_ms + rng.integers(0, max(1, step // 2), len(t_ms)), poses


def _nobody(t_ms: Any, poses: Any, _: np.random.Generator) -> Film:
    poses[:, :, 2] *= 0.2
    return t_ms, poses


_FAULTS: Final = {
    "noise": _noise,
    "swaps": _swaps,
    "weak": _weak,
    "gaps": _gaps,
    "uneven": _uneven,
    "wait": _wait,
    "nobody": _nobody,
}


if __name__ == "__main__":
    write()
