"""Fit the recogniser: `python -m models.recognition_training`.

A linear discriminant with one shrunken covariance, in closed form: sums are kept for each part of
the clips, so that a part can be left out by subtraction and the temperature be chosen on it.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import recogniser, synthetic_poses
from models.dataset import DOUBTFUL, LabelledClip, load
from models.features import Floats, unit_box
from models.left_out import SOURCES
from models.posture_statistics import channels, sampled, statistics
from models.recogniser import FAR, Doubles, Recogniser, softmax
from models.registry import WEIGHTS
from models.skeleton import K

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "poses"
SQUARE: Final = frozenset({"gym_sapiens", "pushfit_movenet"})  # units alike on both axes
SHRINKAGE: Final = 0.3  # of the covariance towards a multiple of the identity
_PARTS: Final = 5
_ALWAYS: Final = _PARTS  # the part that is never left out: made-up people
_MADE_UP: Final = 40  # of every exercise
_MADE_UP_WEIGHT: Final = 0.1  # of a recorded clip
_TEMPERATURES: Final = tuple(float(value) for value in np.geomspace(0.5, 20, 30))


@dataclass(frozen=True, slots=True)
class Examples:
    """described (N, D), classes (N,), weights (N,), parts (N,): which is left out together."""

    described: Floats
    classes: NDArray[np.str_]
    weights: Doubles
    parts: NDArray[np.int64]
    asked: NDArray[np.bool_]  # whether right answers are counted on it: clips as they were recorded


@dataclass(frozen=True, slots=True)
class _Sums:
    """Of weighted standard statistics: squares (D, D), by class firsts (C, D), weights (C,)."""

    squares: Doubles
    firsts: Doubles
    weights: Doubles

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(
            self.squares + other.squares, self.firsts + other.firsts, self.weights + other.weights
        )


def fit(clips: list[LabelledClip], folder: Path, seed: int = 0) -> str:
    """Fits to these clips, doubtful labels left out; writes into `folder`, returns the sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    return recogniser.save(fitted(clips, seed), folder)


def fitted(clips: list[LabelledClip], seed: int = 0) -> Recogniser:
    usable = [clip for clip in clips if clip.name not in DOUBTFUL and clip.track.seen.any()]
    return discriminant(examples(usable, np.random.default_rng(seed)))


def discriminant(found: Examples) -> Recogniser:
    """The classifier; its temperature comes from parts left out."""
    classes, index = np.unique(found.classes, return_inverse=True)
    weights = found.weights / np.sqrt(np.bincount(index, found.weights))[index]
    mean = np.average(found.described, axis=0, weights=weights).astype(np.float64)
    variance = np.average((found.described - mean) ** 2, axis=0, weights=weights)
    spread = np.asarray(np.sqrt(variance) + 1e-6, np.float64)
    standard = ((found.described - mean) / spread).clip(-FAR, FAR)
    member = np.eye(len(classes))[index] * weights[:, None]
    sums = [_sums(standard, member, found.parts == part) for part in range(_PARTS + 1)]
    logits, right = [], []
    for left_out in range(_PARTS):
        kept = [sums[part] for part in range(_PARTS + 1) if part != left_out]
        asked = (found.parts == left_out) & found.asked
        solved, bias = _solve(kept)
        logits.append(standard[asked] @ solved.T + bias)
        right.append(index[asked])
    temperature = _temperature(np.concatenate(logits), np.concatenate(right))
    solved, bias = _solve(sums)
    names = tuple(str(slug) for slug in classes)
    return Recogniser(names, mean, spread, solved, bias, temperature)


def _sums(standard: Floats, member: Doubles, chosen: NDArray[np.bool_]) -> _Sums:
    rows, of = standard[chosen].astype(np.float64), member[chosen]
    weighted = rows * of.sum(axis=1, keepdims=True)
    return _Sums(rows.T @ weighted, of.T @ rows, of.sum(axis=0))


def _solve(parts: list[_Sums]) -> tuple[Doubles, Doubles]:
    """Weights (C, D) and bias (C,); a class that the parts lack is never the answer."""
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    means = total.firsts / np.maximum(total.weights, 1e-9)[:, None]
    within = (total.squares - means.T @ (means * total.weights[:, None])) / total.weights.sum()
    even = np.trace(within) / len(within) * np.eye(len(within))
    weights = np.linalg.solve((1 - SHRINKAGE) * within + SHRINKAGE * even, means.T).T
    bias = -(weights * means).sum(axis=1) / 2
    return weights, np.where(total.weights > 0, bias, -1e6)


def _temperature(logits: Doubles, right: NDArray[np.int64]) -> float:
    """The one of the smallest cross-entropy."""
    at = np.arange(len(right))

    def missed(temperature: float) -> float:
        return float(-np.log(softmax(logits / temperature)[at, right] + 1e-9).mean())

    return min(_TEMPERATURES, key=missed)


def examples(clips: list[LabelledClip], rng: np.random.Generator) -> Examples:
    rows = [row for i, clip in enumerate(clips) for row in _recorded(clip, i, rng)]
    rows += list(_made_up(rng))
    described, classes, weights, parts, asked = zip(*rows, strict=True)
    return Examples(
        np.stack(described), np.array(classes), np.array(weights), np.array(parts), np.array(asked)
    )


_Row = tuple[Floats, str, float, int, bool]


def _recorded(clip: LabelledClip, number: int, rng: np.random.Generator) -> Iterator[_Row]:
    """As it is, its repetitions alone, and a part of them seen by another camera; with true angles
    too where they are known."""
    part = int(clip.fold) % _PARTS if clip.fold.isdigit() else number % _PARTS
    forms = (None, 1.0) if clip.source in SQUARE else (None,)
    for aspect in forms:
        poses, times = sampled(clip.track, aspect)
        inside = _inside(clip, times)
        square = aspect is not None
        seen = channels(poses, square)
        again = channels(varied(_some_of(poses[inside], rng), square, rng), square)
        for i, values in enumerate((seen, seen[_filled(inside, len(seen))], again)):
            yield statistics(values), clip.exercise, 1 / 3 / len(forms), part, i == 1


def _inside(clip: LabelledClip, times: Doubles) -> NDArray[np.bool_]:
    """(N,) of these times: within repetitions; all, where they are not labelled."""
    if clip.active is None or not clip.active.any():
        return np.ones(len(times), bool)
    inside = np.interp(times, clip.track.t_s, clip.active.astype(float)) > 0.5
    return inside if inside.sum() >= 10 else np.ones(len(times), bool)


def _filled(inside: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """For a sequence so short that it was repeated."""
    return inside if len(inside) == length else np.ones(length, bool)


def _made_up(rng: np.random.Generator) -> Iterator[_Row]:
    for slug in synthetic_poses.KINDS:
        for _ in range(_MADE_UP):
            points = synthetic_poses.film(slug, 100, rng)
            for square in (False, True):
                seen = channels(varied(points, square, rng), square)
                yield statistics(seen), slug, _MADE_UP_WEIGHT / 2, _ALWAYS, False


def _some_of(poses: Floats, rng: np.random.Generator) -> Floats:
    """A stretch of at least 4 s, if there is as much."""
    length = int(rng.integers(min(40, len(poses)), len(poses) + 1))
    first = int(rng.integers(len(poses) - length + 1))
    return poses[first : first + length]


def varied(poses: Floats, square: bool, rng: np.random.Generator) -> Floats:
    """(T, 17, 2) mirrored, seen from a little elsewhere, and by a worse estimator."""
    points = poses if square else unit_box(poses).reshape(-1, K, 2)
    points = points * np.array([1 if rng.random() < 0.5 else -1, 1], np.float32)
    roll, shear = rng.normal(0, 0.12), rng.normal(0, 0.04 if square else 0.1)
    aspect = np.exp(rng.normal(0, 0.08 if square else 0.35))
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    view = np.diag([aspect, 1]) @ turn @ np.array([[1, shear], [0, 1]])
    points = (points @ view).astype(np.float32)
    size = float(np.median(np.ptp(points, axis=1).max(axis=1)))
    noise = rng.choice([0.005, 0.015, 0.03]) * size
    points += rng.normal(0, noise, points.shape).astype(np.float32)
    for joint in rng.permutation(K)[: rng.choice([0, 0, 1, 2, 4])]:
        amount = rng.uniform(0.03, 0.15) * size
        points[:, joint] += (_wandering(len(points), rng) * amount).astype(np.float32)
    return np.asarray(points, np.float32)


def _wandering(length: int, rng: np.random.Generator) -> Doubles:
    """(T, 2) of a joint that jumps now and then and drifts back."""
    jumps = rng.normal(size=(length, 2)) * (rng.random((length, 1)) < 0.3)
    memory = np.exp(-np.arange(20) / 5)
    return np.stack([np.convolve(column, memory)[:length] for column in jumps.T], axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    print(recogniser.FILE, fit(load(chosen.poses, SOURCES), chosen.out))


if __name__ == "__main__":
    main()
