"""Two sets of weights on corrected sets of athletes that neither was trained on.

    python -m models.label_report --labels DIR [--weights DIR] [--beside DIR]

DIR of the labels is what `manage.py export_labels` writes. Prints both side by side and leaves the
figures as `labels.json` beside the weights, where the model registry finds them.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from models import answers, report
from models.labels import SOURCE, held_out
from models.recordings import EvaluationError, Recording, read
from models.registry import WEIGHTS, RegistryError, read_card

FACTS: Final = "labels.json"
_COLUMNS: Final = ("obo", "mae", "exact", "recognition")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--labels", type=Path, required=True, help="folder of export_labels")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="weights to be judged")
    parser.add_argument("--beside", type=Path, help="weights that count now")
    chosen = parser.parse_args(arguments)
    try:
        recordings = _held_out(chosen.labels)
        folders = [chosen.weights, *([chosen.beside] if chosen.beside else [])]
        found = {read_card(folder).version: _figures(recordings, folder) for folder in folders}
    except (EvaluationError, RegistryError, OSError, KeyError, ValueError) as error:
        print(f"label_report: {error}", file=sys.stderr)
        return 2
    _say(found)
    version = read_card(chosen.weights).version
    facts = {"model_version": version, "sets": len(recordings), "all": found[version]}
    (chosen.weights / FACTS).write_text(json.dumps(facts, indent=1) + "\n")
    return 0


def _held_out(folder: Path) -> list[Recording]:
    """Raises EvaluationError where no athlete is kept out."""
    recordings, warnings = read(folder / f"{SOURCE}.npz", folder / "labels.csv")
    for warning in warnings:
        print(f"label_report: {warning}", file=sys.stderr)
    names = held_out(folder)
    kept = [one for one in recordings if one.name in names]
    if not kept:
        raise EvaluationError(
            f"{folder}: no set is of an athlete who is kept out of the training; more athletes"
            " have to share their corrections"
        )
    return kept


def _figures(recordings: list[Recording], folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = report.full(answers.ask(recordings, folder))["all"]
    return found


def _say(found: dict[str, dict[str, Any]]) -> None:
    print("version".ljust(24), *(name.rjust(12) for name in _COLUMNS))
    for version, figures in found.items():
        told = (figures.get(name) for name in _COLUMNS)
        shown = ("–" if value is None else f"{value:.3f}" for value in told)
        print(version.ljust(24), *(one.rjust(12) for one in shown))


if __name__ == "__main__":
    sys.exit(main())
