"""The honest figures: `python -m models.crossval` tests each fold by a network trained without it.

A performer stands in one fold only. Writes `folds.json` beside the weights, what turns their raw
confidences into probabilities into `discriminator.json`, and the model card anew.
"""

import json
from pathlib import Path
from typing import Any, Final

from models import answers, card, evaluate, peers, registry, reliability, report
from models.answers import Depth
from models.left_out import networks, parser
from models.recordings import read
from models.scoring import score

SOURCE: Final = "repcount"
FACTS: Final = "folds.json"


def main() -> None:
    chosen = parser(__doc__).parse_args()
    recordings, _ = read(chosen.poses / f"{SOURCE}.npz", chosen.poses / "labels.csv")
    folds = sorted({one.fold for one in recordings})
    with networks(chosen.networks, folds, chosen.poses, _outside, chosen.steps) as folders:
        versions = {fold: registry.read_card(folder).version for fold, folder in folders.items()}
        predictions = answers.ask(recordings, folders, Depth(known=True, hindsight=True))
    fitted, measured = report.calibrate(predictions)
    facts: dict[str, Any] = {
        "networks": versions,
        **report.full(predictions),
        "calibration": measured,
        "peers": report.plain(peers.compare(_peers(chosen.poses), recordings)),
    }
    scored = report.scored(predictions)
    print(evaluate.exercises_table(scored))
    print(f"all labels            {score(scored)}")
    (chosen.out / FACTS).write_text(json.dumps(facts, indent=1) + "\n")
    registry.amend_card(chosen.out, calibration=report.plain(fitted.facts()))
    (chosen.out / reliability.PLOT).write_text(reliability.svg(measured))
    card.write(chosen.out)


def _outside(fold: str, clip: Any) -> bool:
    return bool(clip.source != SOURCE or clip.fold != fold)


def _peers(poses: Path) -> Path:
    return poses.parent / "peers" / f"{SOURCE}_predictions"


if __name__ == "__main__":
    main()
