"""The model card, written from the facts beside the weights so that it cannot drift from them."""

import json
from pathlib import Path
from typing import Any, Final

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


def text(folder: Path) -> str:
    """Markdown for the weights in `folder`."""
    facts = json.loads((folder / "discriminator.json").read_text())
    folds = folder / "folds.json"
    parts = [_head(facts), _sources(facts)]
    if folds.exists():
        parts.append(_folds(json.loads(folds.read_text())))
    notes = folder / "NOTES.md"
    if notes.exists():
        parts.append(notes.read_text().strip())
    return "\n\n".join(parts) + "\n"


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
    lines = [
        "## Trained on",
        "",
        "| source | sequences | what | licence |",
        "| --- | --- | --- | --- |",
    ]
    for name, count in facts.get("trained_on", {}).items():
        what, licence = _SOURCES[name]
        lines.append(f"| {name} | {count} | {what} | {licence} |")
    lines.append("| stick figures | generated | `models/figures.py` | Apache-2.0, this project |")
    lines += [
        "",
        "`openpose_form` (GPL-3.0) and all videos are for evaluation only, never trained on.",
    ]
    return "\n".join(lines)


def _folds(folds: dict[str, Any]) -> str:
    return f"""## Measured

RepCount, five folds with performers kept apart, the exercise unknown, every sequence scored:

{folds["table"]}

{_line("all labels", folds["all"])}
{_line("without 14 labels that disagree with the signal", folds["without_doubtful"])}

The decoder's constants were chosen on the same folds, so expect .01 to .03 less elsewhere; the
standard error of OBO is .04. The shipped weights are trained on all folds: on these sequences they
have no honest figure."""


def _line(name: str, s: dict[str, float]) -> str:
    return (
        f"- {name}: OBO {s['obo']:.3f}, MAE {s['mae']:.3f}, exact {s['exact']:.3f},"
        f" recognised {s['recognition']:.3f}"
    )
