"""Fit the estimator's noise from the same films seen by PoseNet and by a better estimator.

    python -m models.estimator_fit --posenet DIR --reference F.npz --out weights/posenet_noise.json

DIR holds a JSON a film: `width`, `height` and `poses` (T, 17, 3) in [0, 1] of the picture. The npz
holds the same films by the same name after its last underscore, in pixels / 1000, at another frame
rate. What the two disagree in is taken for PoseNet's error, the reference's own among it.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.estimator_noise import GROUP_OF, GROUPS, logit
from models.skeleton import KEYPOINTS

Doubles = NDArray[np.float64]


class Film(NamedTuple):
    errors: Doubles
    scores: Doubles
    known: NDArray[np.bool_]


SOURCE: Final = (
    "PoseNet MobileNetV1 0.75 at 257 px against MoveNet Thunder on the push-up clips of"
    " riyer8/cs231n-pushfit, 12 frames a second"
)
_FAR: Final = 0.4  # trunk lengths: another place, not an unsteady one
_BINS: Final = 6
_SURE: Final = 0.4  # of a keypoint of the reference
_MIN_FRAMES: Final = 12
_SHOULDERS, _HIPS = (
    [KEYPOINTS.index(f"{s}_{j}") for s in ("left", "right")] for j in ("shoulder", "hip")
)


def pairs(posenet: Path, reference: Path) -> Iterator[Film]:
    """Of each film: errors (T, 17, 2) in trunk lengths, scores (T, 17), where it is known."""
    with np.load(reference) as films:
        member = {name.rsplit("_", 1)[-1]: name for name in films.files}
        for path in sorted(posenet.glob("*.json")):
            if path.stem not in member:
                continue
            film = json.loads(path.read_text())
            seen, size = np.array(film["poses"], float), np.array([film["width"], film["height"]])
            better = films[member[path.stem]].astype(float)
            if len(seen) < _MIN_FRAMES or len(better) < _MIN_FRAMES:
                continue
            at = (np.arange(len(seen)) + 0.25) * len(better) / len(seen)
            better = better[np.minimum(at.astype(int), len(better) - 1)]
            sure = better[:, :, 2] > _SURE
            points = better[:, :, :2] * 1000
            trunk = points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1)
            length = np.median(np.hypot(*trunk.T))
            yield Film((seen[:, :, :2] * size - points) / length, seen[:, :, 2], sure)


def fit(films: list[Film]) -> dict[str, Any]:
    """The numbers that `estimator_noise` reads."""
    logits = [logit(film.scores) for film in films]
    levels = np.array([one.mean() for one in logits])
    groups = {}
    for g, group in enumerate(GROUPS):
        own = np.flatnonzero(g == GROUP_OF)
        bare = [one[:, own] - level for one, level in zip(logits, levels, strict=True)]
        places = np.array([one.mean(axis=0) for one in bare])
        waves = [one - one.mean(axis=0) for one in bare]
        groups[group] = {
            "score": round(float(places.mean()), 3),
            "score_place": round(float(places.std()), 3),
            "score_wave": round(float(np.concatenate(waves).std()), 3),
            **_errors(films, own),
        }
    wave = np.concatenate([(one - one.mean(axis=0))[1:].ravel() for one in logits])
    before = np.concatenate([(one - one.mean(axis=0))[:-1].ravel() for one in logits])
    return {
        "source": SOURCE,
        "clips": len(films),
        "level": [round(float(levels.mean()), 3), round(float(levels.std()), 3)],
        "score_memory": round(float((wave * before).mean() / (before**2).mean()), 3),
        "groups": groups,
    }


def _errors(films: list[Film], own: NDArray[np.int64]) -> dict[str, Any]:
    """What stays for a whole film, what wanders about it, and how often it is far away."""
    kept, kept_at, size, at, memory = [], [], [], [], []
    for film in films:
        for k in own:
            known = film.known[:, k]
            if known.sum() < _MIN_FRAMES:
                continue
            error, score = film.errors[known, k], logit(film.scores[known, k])
            middle = np.median(error, axis=0)
            kept.extend(np.abs(middle))
            kept_at.extend([float(score.mean())] * 2)
            size.append(np.hypot(*(error - middle).T))
            at.append(score)
            moved = error - middle
            steps = (np.hypot(*moved.T) < _FAR).nonzero()[0]
            steps = steps[:-1][np.diff(steps) == 1]
            if (moved[steps] ** 2).sum() > 0:
                memory.append((moved[steps] * moved[steps + 1]).sum() / (moved[steps] ** 2).sum())
    sizes, scores = np.concatenate(size), np.concatenate(at)
    far, near = sizes >= _FAR, sizes < _FAR
    return {
        "kept": _line(np.array(kept_at), np.array(kept), lambda v: np.log(np.median(v) / 0.674)),
        "spread": _line(scores[near], sizes[near], lambda v: np.log(np.median(v) / 1.177)),
        "far": _line(scores, far, lambda v: logit(v.mean())),
        "far_away": round(float(np.median(sizes[far])), 3),
        "memory": round(float(np.median(memory)), 3),
    }


def _line(x: Doubles, y: NDArray[Any], of: Callable[[NDArray[Any]], float]) -> list[float]:
    """Offset and slope of a statistic of y over x, taken in bins of equal number."""
    parts = np.array_split(np.argsort(x), _BINS)
    slope, offset = np.polyfit([x[i].mean() for i in parts], [of(y[i]) for i in parts], 1)
    return [round(float(offset), 3), round(float(slope), 3)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posenet", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    found = fit(list(pairs(chosen.posenet, chosen.reference)))
    chosen.out.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
