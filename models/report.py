"""All figures of a set of predictions, as plain values that JSON can keep."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models import boundaries, calibration
from models.calibration import Calibration
from models.dataset import DOUBTFUL, WRONG_UPSTREAM
from models.exercises import BY_SLUG
from models.results import UNKNOWN
from models.scoring import (
    Prediction,
    by_exercise,
    confusion,
    exercise_given,
    figures,
    nearest,
    short_sets,
)

_DIGITS: Final = 4


def scored(predictions: list[Prediction]) -> list[Prediction]:
    """Without those whose label is known to be another film's."""
    return [p for p in predictions if p.name not in WRONG_UPSTREAM]


def full(predictions: list[Prediction]) -> dict[str, Any]:
    """Everything that these predictions can tell; what they cannot is absent."""
    kept = scored(predictions)
    clean = [p for p in kept if p.name not in DOUBTFUL]
    found: dict[str, Any] = {"all": figures(kept), "without_doubtful": figures(clean)}
    if any(p.count_if_known is not None for p in kept):
        found["exercise_known"] = figures(exercise_given(kept))
    if short := short_sets(kept):
        found["short_sets"] = figures(short)
    if marks := boundaries.report(kept):
        found["boundaries"] = marks
    found["exercises"] = {name: figures(group) for name, group in by_exercise(kept).items()}
    found["confusion"] = confusion(kept)
    if unknown := [p for p in kept if p.true_exercise and not p.known]:
        said = [p.exercise == UNKNOWN for p in unknown]
        found["not_in_catalogue"] = {"sequences": len(said), "answered_unknown": sum(said)}
    if any(p.by_rate for p in kept):
        found["oracle"] = {
            "nearest_rate": figures(nearest(kept, lambda p: p.by_rate)),
            "nearest_class": figures(nearest(kept, lambda p: p.by_class)),
        }
    return dict(plain(found))


def calibrate(predictions: list[Prediction]) -> tuple[Calibration, dict[str, Any]]:
    """What turns raw confidences into probabilities, and how well, each fold by the other folds.

    Recognition: of sequences that got a name and could get the right one. Repetition: of every one
    counted in sequences that label theirs; right is one that overlaps a true one by a third.
    """
    kept = scored(predictions)
    named = [p for p in kept if p.true_exercise and p.known and p.exercise in BY_SLUG]
    recognition = _Answers(
        np.array([p.confidence for p in named]),
        np.array([p.exercise == p.true_exercise for p in named], bool),
        [p.fold for p in named],
    )
    labelled = [(p, p.true_spans) for p in kept if p.true_spans is not None]
    right = [boundaries.matched(p.spans, true, boundaries.PRESENT) for p, true in labelled]
    repetition = _Answers(
        np.array([one for p, _ in labelled for one in p.rep_confidence]),
        np.concatenate([np.zeros(0, bool), *right]),
        [p.fold for p, _ in labelled for _ in p.spans],
    )
    fitted = Calibration(recognition.fit(), repetition.fit())
    return fitted, dict(
        plain({"recognition": recognition.facts(), "repetition": repetition.facts()})
    )


class _Answers:
    """Confidences (N,), whether right (N,), and the folds they come from."""

    def __init__(
        self, confidence: NDArray[np.float64], right: NDArray[np.bool_], folds: list[str]
    ) -> None:
        self.confidence, self.right, self.folds = confidence, right, folds

    def fit(self) -> calibration.Platt:
        return calibration.fit(self.confidence, self.right)

    def facts(self) -> dict[str, Any]:
        after = calibration.cross_fitted(self.confidence, self.right, self.folds)
        return {
            "answers": len(self.right),
            "right": float(self.right.mean()) if len(self.right) else None,
            "ece_raw": calibration.ece(self.confidence, self.right),
            "ece_calibrated": calibration.ece(after, self.right),
            "ece_by_chance": calibration.ece_by_chance(after),
            "raw": calibration.reliability(self.confidence, self.right),
            "calibrated": calibration.reliability(after, self.right),
        }


def plain(value: Any) -> Any:
    """Rounded, so that files change only where figures do."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return round(value, _DIGITS) if isinstance(value, float) else value
