"""Score counting and recognition, the class unknown, on recorded sequences.

    python -m models.evaluate --poses F.npz --labels F.csv [--predictions OUT.csv] [--json OUT.json]

Needs nothing but what a worker needs. Sequences without a label are predicted and not scored.
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from models import report
from models.answers import ask
from models.dataset import DOUBTFUL
from models.recordings import EvaluationError, Recording, read
from models.registry import WEIGHTS, RegistryError, read_card
from models.scoring import Prediction, by_exercise, score, short_sets, table

_HEAD = ("exercise", "n", "OBO", "MAE", "exact", "recognised")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--poses", type=Path, required=True, help="npz, a (T, 17, 3) a sequence")
    parser.add_argument("--labels", type=Path, required=True, help="csv with a column name")
    parser.add_argument("--predictions", type=Path, help="write name, exercise, count here")
    parser.add_argument("--json", type=Path, help="write all figures here")
    chosen = parser.parse_args(arguments)
    try:
        recordings, warnings = read(chosen.poses, chosen.labels)
        predictions = ask(recordings)
    except (EvaluationError, RegistryError, OSError, KeyError, ValueError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    for warning in warnings:
        print(f"evaluate: {warning}", file=sys.stderr)
    if chosen.predictions:
        write_predictions(chosen.predictions, predictions)
    found = report.full(predictions)
    if chosen.json:
        facts = {"model_version": read_card().version, **found, "warnings": warnings}
        chosen.json.write_text(json.dumps(facts, indent=2) + "\n")
    _say(recordings, predictions, found)
    return 0


def write_predictions(path: Path, predictions: list[Prediction]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "exercise", "count"])
        writer.writerows([p.name, p.exercise, p.count] for p in predictions)


def exercises_table(predictions: list[Prediction]) -> str:
    """Markdown, a line an exercise and one for all."""
    groups = {**by_exercise(predictions), "**all**": predictions}
    found = {name: score(group) for name, group in groups.items()}
    return table(
        _HEAD,
        [[name, s.sequences, s.obo, s.mae, s.exact, s.recognition] for name, s in found.items()],
    )


def _say(recordings: list[Recording], predictions: list[Prediction], found: dict[str, Any]) -> None:
    card = json.loads((WEIGHTS / "discriminator.json").read_text())
    print(f"model {card['version']}")
    seen = {source for source, count in card.get("trained_on", {}).items() if count}
    trained_on = {one.source for one in recordings} & seen
    if trained_on:
        print(
            f"These weights were trained on {', '.join(sorted(trained_on))}:"
            " what follows is not an honest figure. `make evaluate` gives that, by folds."
        )
    scored = report.scored(predictions)
    print(exercises_table(scored))
    print(f"all labels            {score(scored)}")
    clean = [p for p in scored if p.name not in DOUBTFUL]
    if len(clean) < len(scored):
        print(f"without doubtful ones {score(clean)}")
    if short := short_sets(scored):
        print(f"1 to 6 repetitions    {score(short)}")
    if marks := found.get("boundaries"):
        print(
            f"boundaries            F1 {marks['f1']:.3f}"
            f"  (in hindsight, best shift a sequence: {marks['f1_best_shift']:.3f})"
        )
    if unknown := found.get("not_in_catalogue"):
        print(
            f"not in the catalogue  {unknown['answered_unknown']} of {unknown['sequences']}"
            " answered unknown; left out of the share recognised"
        )


if __name__ == "__main__":
    sys.exit(main())
