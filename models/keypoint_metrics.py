"""How near keypoints are to where they should be: PCK and OKS. Plain numpy."""

from typing import Final

import numpy as np

FIRST_OF_BODY: Final = 5
SEEN: Final = 0.3
# COCO's keypoint evaluation: standard deviations among annotators.
SIGMAS: Final = np.array(
    [.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087,
     .089, .089]
)  # fmt: skip
FILLED: Final = 0.53  # what a body fills of its box


def extent_of(persons: np.ndarray, seen: float = SEEN) -> np.ndarray:
    """Longest side of the box around the keypoints seen, (N,); 0 without any."""
    known = persons[:, :, 2] > seen
    low = np.where(known[..., None], persons[:, :, :2], np.inf).min(1)
    high = np.where(known[..., None], persons[:, :, :2], -np.inf).max(1)
    return np.where(known.any(axis=1), np.maximum(high - low, 0).max(1), 0)


def reach_of(persons: np.ndarray, seen: float = SEEN) -> np.ndarray:
    """How far off a keypoint may be to be right, (N,): a quarter of the trunk, in units of x and y.

    A trunk that points to the camera is short; a tenth of the body's extent is the least.
    """
    known = persons[:, :, 2] > seen
    shoulders, hips = persons[:, 5:7, :2].mean(1), persons[:, 11:13, :2].mean(1)
    trunk = np.linalg.norm(shoulders - hips, axis=1)
    trunk = np.where(known[:, [5, 6, 11, 12]].all(1), trunk, 0)
    return np.maximum(trunk / 4, extent_of(persons, seen) / 10).astype(np.float32)


def right(found: np.ndarray, persons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which keypoints are right, and which of them are known, both (N, K)."""
    away = np.linalg.norm(found[:, :, :2] - persons[:, :, :2], axis=-1)
    return away < reach_of(persons)[:, None], persons[:, :, 2] > SEEN


def pck(found: np.ndarray, persons: np.ndarray) -> float:
    """Share of the body's known keypoints that are right, over all persons."""
    is_right, known = right(found, persons)
    body = known[:, FIRST_OF_BODY:]
    return float((is_right[:, FIRST_OF_BODY:] & body).sum() / max(body.sum(), 1))


def oks(found: np.ndarray, persons: np.ndarray, areas: np.ndarray | None = None) -> np.ndarray:
    """Object keypoint similarity (COCO), (N,). areas: of the bodies, or taken from their boxes."""
    known = persons[:, :, 2] > SEEN
    if areas is None:
        seen = known[..., None]
        low = np.where(seen, persons[:, :, :2], np.inf).min(1)
        high = np.where(seen, persons[:, :, :2], -np.inf).max(1)
        areas = np.where(known.any(1), np.prod(np.maximum(high - low, 1e-6), axis=1), 1) * FILLED
    squared = ((found[:, :, :2] - persons[:, :, :2]) ** 2).sum(-1)
    alike = np.exp(-squared / (2 * areas[:, None] * (2 * SIGMAS) ** 2))
    return np.asarray((alike * known).sum(1) / np.maximum(known.sum(1), 1))


def calibration_error(score: np.ndarray, is_right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean distance of the score from the share that is right."""
    which = np.minimum((score * bins).astype(int), bins - 1)
    gaps = [
        abs(score[which == b].mean() - is_right[which == b].mean()) * (which == b).sum()
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps) / len(score))
