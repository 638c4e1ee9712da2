"""Score counting and recognition, the class unknown, on recorded sequences.

    python -m models.evaluate --poses F.npz --labels F.csv [--predictions OUT.csv] [--json OUT.json]

Needs nothing but what a worker needs. Sequences without a label are predicted and not scored.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.dataset import DOUBTFUL, FPS, WRONG_UPSTREAM, read_labels
from models.discriminator import analyze
from models.registry import WEIGHTS, read_card
from models.results import UNKNOWN, Analysis
from models.sequence import Sequence

_FPS: Final = 30.0  # where the source does not say


class EvaluationError(ValueError):
    """Files that cannot be scored; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One sequence: what was answered, and what is true where a label says so."""

    name: str
    exercise: str
    count: int
    true_exercise: str | None = None
    true_count: int | None = None
    known: bool = True  # whether the true exercise is one that the network could answer


@dataclass(frozen=True, slots=True)
class Scores:
    """obo, mae, exact: of sequences with a count above 0; recognition: of those with a class."""

    sequences: int
    obo: float
    mae: float
    exact: float
    recognition: float

    def __str__(self) -> str:
        return (
            f"n {self.sequences}  OBO {self.obo:.3f}  MAE {self.mae:.3f}"
            f"  exact {self.exact:.3f}  recognised {self.recognition:.3f}"
        )


def score(predictions: Iterable[Prediction]) -> Scores:
    """MAE = mean(|p - t| / t) and OBO = share of |p - t| <= 1, as the literature has them."""
    chosen = list(predictions)
    pairs = [(p.count, p.true_count) for p in chosen if p.true_count]
    right = [p.exercise == p.true_exercise for p in chosen if p.true_exercise and p.known]
    error = np.array([abs(count - true) for count, true in pairs], float)
    true = np.array([true for _, true in pairs], float)
    return Scores(
        len(chosen),
        _mean(error <= 1),
        _mean(error / true),
        _mean(error == 0),
        _mean(np.array(right)),
    )


def predict(
    poses: Path, rows: dict[str, dict[str, str]], answer: Callable[[str, Sequence], Analysis]
) -> list[Prediction]:
    """Every sequence of the npz, in its order."""
    classes = read_card().classes
    found = []
    with np.load(poses) as members:
        for name in members.files:
            row = rows.get(name, {})
            fps = FPS.get(row.get("source", ""), _FPS)
            result = answer(name, Sequence.at_fps(_checked(name, members[name]), fps))
            count, exercise = row.get("count") or None, row.get("exercise") or None
            found.append(
                Prediction(
                    name,
                    result.exercise or "none",
                    len(result.reps),
                    exercise,
                    None if count is None else int(count),
                    exercise in classes and exercise != UNKNOWN,
                )
            )
    return found


def labels_of(poses: Path, labels: Path) -> dict[str, dict[str, str]]:
    """Rows of the csv that speak of this npz, by name.

    Rows of the source that the file is named after; failing that, of every source it has a member
    of. Raises EvaluationError when rows have no sequence, or none fits.
    """
    with np.load(poses) as members:
        names = set(members.files)
    rows = [row for row in read_labels(labels) if row.get("name")]
    own = [row for row in rows if row.get("source") == poses.stem]
    sources = {row.get("source") for row in rows if row["name"] in names}
    chosen = own or [row for row in rows if row.get("source") in sources]
    if not chosen:
        raise EvaluationError(f"{labels}: no row names a sequence of {poses.name}")
    missing = sorted(row["name"] for row in chosen if row["name"] not in names)
    if missing:
        raise EvaluationError(
            f"{poses}: {len(missing)} labelled sequences are missing: {', '.join(missing[:5])}"
        )
    return {row["name"]: row for row in chosen}


def table(predictions: list[Prediction]) -> str:
    """Markdown, a line an exercise and one for all."""
    lines = [
        "| exercise | n | OBO | MAE | exact | recognised |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    names = sorted({p.true_exercise for p in predictions if p.true_exercise})
    groups = [(name, [p for p in predictions if p.true_exercise == name]) for name in names]
    for name, group in [*groups, ("**all**", predictions)]:
        s = score(group)
        values = " | ".join(_shown(v) for v in (s.obo, s.mae, s.exact, s.recognition))
        lines.append(f"| {name} | {s.sequences} | {values} |")
    return "\n".join(lines)


def report(predictions: list[Prediction]) -> dict[str, Any]:
    """All figures, with and without the labels that look wrong."""
    scored = [p for p in predictions if p.name not in WRONG_UPSTREAM]
    clean = [p for p in scored if p.name not in DOUBTFUL]
    return {"all": _plain(score(scored)), "without_doubtful": _plain(score(clean))}


def _plain(scores: Scores) -> dict[str, float | None]:
    """For JSON, which knows no NaN: what could not be measured is None."""
    return {name: None if np.isnan(value) else value for name, value in asdict(scores).items()}


def write_predictions(path: Path, predictions: list[Prediction]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "exercise", "count"])
        writer.writerows([p.name, p.exercise, p.count] for p in predictions)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--poses", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        rows = labels_of(chosen.poses, chosen.labels)
        predictions = predict(chosen.poses, rows, lambda _, sequence: analyze(sequence))
    except (EvaluationError, OSError, KeyError, ValueError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    _say(predictions, rows)
    if chosen.predictions:
        write_predictions(chosen.predictions, predictions)
    if chosen.json:
        facts = {"model_version": read_card().version, **report(predictions)}
        chosen.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 0


def _say(predictions: list[Prediction], rows: dict[str, dict[str, str]]) -> None:
    card = json.loads((WEIGHTS / "discriminator.json").read_text())
    print(f"model {card['version']}")
    trained_on = {row.get("source") for row in rows.values()} & set(card.get("trained_on", {}))
    if trained_on:
        print(
            f"These weights were trained on {', '.join(sorted(map(str, trained_on)))}:"
            " what follows is not an honest figure. `make evaluate` gives that, by folds."
        )
    scored = [p for p in predictions if p.name not in WRONG_UPSTREAM]
    print(table(scored))
    print(f"all labels            {score(scored)}")
    clean = [p for p in scored if p.name not in DOUBTFUL]
    if len(clean) < len(scored):
        print(f"without doubtful ones {score(clean)}")


def _checked(name: str, poses: np.ndarray[Any, np.dtype[Any]]) -> np.ndarray[Any, np.dtype[Any]]:
    if poses.ndim != 3 or poses.shape[1:] != (17, 3):
        raise EvaluationError(f"{name}: expected (T, 17, 3), got {poses.shape}")
    if not np.isfinite(poses).all():
        raise EvaluationError(f"{name}: holds NaN or infinite values")
    return poses.astype(np.float32)


def _mean(values: np.ndarray[Any, np.dtype[Any]]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _shown(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
