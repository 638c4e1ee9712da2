"""How well repetitions are found in time: matched by overlap, one to one.

Overlap of two spans is the length of what they share over the length that they cover together.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.scoring import Prediction, Spans

OVERLAP: Final = 0.5  # least, for the boundaries of a repetition to be right
PRESENT: Final = 0.3  # least, for a repetition to be a true one, wherever it was said to begin
_SHIFTS: Final = 41  # tried in hindsight, over half a repetition to both sides


def matched(spans: Spans, true: Spans, overlap: float = OVERLAP) -> NDArray[np.bool_]:
    """(spans,) which have a true span of their own, those that overlap most taken first."""
    found = np.zeros(len(spans), bool)
    if not spans or not true:
        return found
    shared = _overlaps(np.array(spans, float), np.array(true, float))
    free = np.ones(len(true), bool)
    for index in np.argsort(-shared, axis=None, kind="stable"):
        i, j = np.unravel_index(index, shared.shape)
        if shared[i, j] < overlap:
            break
        if free[j] and not found[i]:
            found[i], free[j] = True, False
    return found


def report(predictions: Iterable[Prediction]) -> dict[str, float | int] | None:
    """Precision, recall and F1 over all repetitions of the sequences that label them.

    f1_best_shift moves each sequence's answer by the one constant that fits best: an oracle, which
    shows how much of the loss is where annotators let a repetition begin. None without labels.
    """
    labelled = [(p.spans, p.true_spans) for p in predictions if p.true_spans is not None]
    if not labelled:
        return None
    counted = sum(len(spans) for spans, _ in labelled)
    true = sum(len(spans) for _, spans in labelled)
    right = sum(int(matched(spans, wanted).sum()) for spans, wanted in labelled)
    shifted = sum(_best_shifted(spans, wanted) for spans, wanted in labelled)
    return {
        "sequences": len(labelled),
        "repetitions": true,
        "precision": right / max(counted, 1),
        "recall": right / max(true, 1),
        "f1": 2 * right / max(counted + true, 1),
        "f1_best_shift": 2 * shifted / max(counted + true, 1),
    }


def _best_shifted(spans: Spans, true: Spans) -> int:
    if not spans or not true:
        return 0
    given = np.array(spans, float)
    half = float(np.median([end - start for start, end in true])) / 2
    shifts = np.linspace(-half, half, _SHIFTS)
    return max(int(matched(_tuples(given + shift), true).sum()) for shift in shifts)


def _tuples(spans: NDArray[np.float64]) -> Spans:
    return tuple((float(start), float(end)) for start, end in spans)


def _overlaps(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(A, B) of spans (A, 2) and (B, 2); 0 where they do not touch."""
    shared = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
    shared = np.maximum(shared, 0)
    lengths = (a[:, 1] - a[:, 0])[:, None] + (b[:, 1] - b[:, 0])[None, :]
    return np.asarray(shared / np.maximum(lengths - shared, 1e-9))
