"""The model card, written from the facts beside the weights so that it cannot drift from them.

    python -m models.card [FOLDER]

What nobody has measured says so. `NOTES.md` is the only part written by hand.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from models import card_folds, card_others
from models.registry import WEIGHTS
from models.scoring import table

CARD: Final = "MODEL_CARD.md"
_SOURCES: Final = {
    "repcount": (
        "RepCount part A, test split (TransRAC, arXiv 2204.01018), keypoints as PoseRAC has them",
        "none stated (research data set)",
    ),
    "countix_extra": ("Countix-Fitness (Wantong66/Countix-Fitness)", "none stated"),
    "gym_sapiens": ("gym clips (Yolopowah03/RepCount)", "none stated"),
    "pushfit_movenet": (
        "push-up clips (riyer8/cs231n-pushfit), MoveNet Thunder keypoints",
        "none stated",
    ),
}  # fmt: skip
_SECTIONS: Final[tuple[tuple[str, str, Callable[[dict[str, Any]], str]], ...]] = (
    ("Counting and recognising, on people not seen", "folds.json", card_folds.counting),
    ("What was taken for what", "folds.json", card_folds.confusion),
    ("Where repetitions begin and end", "folds.json", card_folds.boundaries),
    ("How sure it is", "folds.json", card_folds.calibration),
    ("In hindsight", "folds.json", card_folds.oracle),
    ("Others on the same videos", "folds.json", card_folds.peers),
    ("Across sources", "transfer.json", card_others.transfer),
    ("Generated people", "suite.json", card_others.plain),
    ("On video", "videos.json", card_others.videos),
    ("Live", "live.json", card_others.plain),
    ("Cost", "cost.json", card_others.plain),
)


def write(folder: Path) -> None:
    (folder / CARD).write_text(text(folder))


def text(folder: Path) -> str:
    """Markdown for the weights in `folder`."""
    facts = json.loads((folder / "discriminator.json").read_text())
    parts = [_head(facts), _sources(facts), "# Measured"]
    parts += [_section(folder, *section) for section in _SECTIONS]
    notes = folder / "NOTES.md"
    if notes.exists():
        parts.append(notes.read_text().strip())
    return "\n\n".join(parts) + "\n"


def _section(folder: Path, title: str, file: str, body: Callable[[dict[str, Any]], str]) -> str:
    path = folder / file
    found = body(json.loads(path.read_text())) if path.exists() else ""
    return f"## {title}\n\n{found or 'Not measured.'}"


def _head(facts: dict[str, Any]) -> str:
    return f"""# Discriminator {facts["version"]}

What it is: dilated convolutions and a bidirectional LSTM over 17 keypoints, a pose a sample. It
answers phase and activity of repetitions at every sample, and the exercise of the whole sequence:
{", ".join(facts["classes"])}.

What it is for: counting repetitions and naming the exercise of one person before one camera. It is
no medical device and judges no health. It has seen adults who train; children, wheelchair users and
people with amputations are in none of its sources.

Only weights are kept here. No picture and no keypoint of anybody is part of this project."""


def _sources(facts: dict[str, Any]) -> str:
    rows = [
        [name, count, *_SOURCES.get(name, ("see `models/training.py`", "–"))]
        for name, count in facts.get("trained_on", {}).items()
    ]
    rows.append(["stick figures", "generated", "`models/figures.py`", "Apache-2.0, this project"])
    return f"""# Trained on

{table(("source", "sequences", "what", "licence"), rows)}

`openpose_form` (GPL-3.0) and all videos are for evaluation only, never trained on."""


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else WEIGHTS)
