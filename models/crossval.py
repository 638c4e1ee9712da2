"""The honest figure: `python -m models.crossval` trains a network for each fold and tests it there.

A performer stands in one fold only. Writes `folds.json` and `MODEL_CARD.md` beside the weights.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any, Final

from models import card, evaluate
from models.dataset import WRONG_UPSTREAM, LabelledClip, load
from models.discriminator import analyze
from models.evaluate import Prediction
from models.registry import WEIGHTS, Network
from models.registry import load as load_network
from models.training import DATA, SOURCES, STEPS, fit, save

SOURCE: Final = "repcount"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--networks", type=Path, help="trained folds, a folder each, to reuse")
    chosen = parser.parse_args()
    clips = load(chosen.poses, SOURCES)
    folds = sorted({clip.fold for clip in clips if clip.source == SOURCE})
    networks = {
        fold: _network(clips, fold, chosen.steps, chosen.networks and chosen.networks / fold)
        for fold in folds
    }
    labels = chosen.poses / "labels.csv"
    found = predictions(chosen.poses / f"{SOURCE}.npz", labels, networks)
    scored = [p for p in found if p.name not in WRONG_UPSTREAM]
    facts: dict[str, Any] = {**evaluate.report(found), "table": evaluate.table(scored)}
    print(facts["table"])
    print(f"all labels            {evaluate.score(scored)}")
    (chosen.out / "folds.json").write_text(json.dumps(facts, indent=2) + "\n")
    (chosen.out / "MODEL_CARD.md").write_text(card.text(chosen.out))


def predictions(poses: Path, labels: Path, networks: dict[str, Network]) -> list[Prediction]:
    """Each sequence answered by the network that never saw its performer."""
    rows = evaluate.labels_of(poses, labels)
    return evaluate.predict(
        poses, rows, lambda name, found: analyze(found, network=networks[rows[name]["fold"]])
    )


def _network(clips: list[LabelledClip], fold: str, steps: int, trained: Path | None) -> Network:
    if trained is not None:
        return load_network(trained)
    print(f"fold {fold}", flush=True)
    seen = [clip for clip in clips if clip.source != SOURCE or clip.fold != fold]
    with tempfile.TemporaryDirectory() as folder:
        save(fit(seen, steps), Path(folder), seen)
        return load_network(Path(folder))


if __name__ == "__main__":
    main()
