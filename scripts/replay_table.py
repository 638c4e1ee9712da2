"""Replay results as a table, beside their labels where the folder has any.

`labels.csv` has file, exercise, reps, tolerance and perhaps note. OBO is the share of videos whose
count is off by at most one, MAE the mean of |predicted − true| / true over videos with repetitions,
as in the literature on repetition counting.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Result = dict[str, Any]
Label = dict[str, str]
NO_EXERCISE = ("none", "other")


def labels_of(folder: Path) -> dict[str, Label]:
    path = folder / "labels.csv"
    if not path.exists():
        return {}
    with path.open(newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def verdict(result: Result, label: Label) -> str:
    """`ok` within the label's tolerance, `off` outside, and "" where nothing was labelled."""
    if not label.get("reps") or "reps" not in result:
        return ""
    off = abs(result["reps"] - int(label["reps"]))
    return "ok" if off <= int(label.get("tolerance") or 0) else "off"


def summary(pairs: Sequence[tuple[Result, Label]]) -> str:
    """OBO, MAE, tolerance and recognition over the labelled results."""
    counted = [(r["reps"], int(label["reps"])) for r, label in pairs if label.get("reps")]
    if not counted:
        return ""
    within = sum(verdict(*pair) == "ok" for pair in pairs)
    obo = sum(abs(found - true) <= 1 for found, true in counted) / len(counted)
    errors = [abs(found - true) / true for found, true in counted if true]
    known = [(r, label) for r, label in pairs if label["exercise"] not in NO_EXERCISE]
    right = sum(r["exercise"] == label["exercise"] for r, label in known)
    mae = f"{sum(errors) / len(errors):.3f}" if errors else "–"
    return (
        f"{len(counted)} labelled: {within} within their tolerance, OBO {obo:.3f}, MAE {mae}, "
        f"exercise right in {right} of {len(known)}"
    )


def table(results: Sequence[Result], folder: Path) -> str:
    labels = labels_of(folder)
    head = ("file", "exercise", "label", "reps", "label", "", "att.", "fps", "frames", "page", "")
    rows = [head]
    for result in sorted(results, key=lambda r: r["file"]):
        label = labels.get(result["file"], {})
        told = [label.get("exercise", ""), label.get("reps", ""), verdict(result, label)]
        if "reps" not in result:
            unread = ("–", told[0], "–", told[1], "", "", "", "", "", result["error"])
            rows.append((result["file"], *unread))
            continue
        exercise = str(result["exercise"] or "none")
        figures = [result[key] for key in ("attempts", "fps", "frames", "browser_reps")]
        rows.append((result["file"], exercise, told[0], result["reps"], *told[1:], *figures, ""))
    text = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in text) for i in range(len(head))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in text]
    pairs = [(r, labels[r["file"]]) for r in results if r["file"] in labels and "reps" in r]
    return "\n".join(line.rstrip() for line in [*lines, "", summary(pairs)]).rstrip()
