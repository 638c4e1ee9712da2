"""Real videos: `python -m models.videos --labels F.csv (--replayed F.jsonl | --keypoints DIR)`.

Takes what `make replay` found through the built pages, or asks the shipped weights about keypoints
of an estimator, a JSON a video: {"file", "width", "height", "t_ms": [T], "poses": [T, 17, 3] in
[0, 1]}. The csv has file, exercise ("none" for nobody), reps and tolerance; what it does not name
is left out, or taken for `--others EXERCISE`. Writes `videos.json` beside the weights and the model
card anew.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from models import card
from models.dataset import read_labels
from models.discriminator import analyze
from models.recordings import dumped
from models.registry import WEIGHTS, read_card
from models.scoring import NOBODY, SHORT_SET

FACTS: Final = "videos.json"
_NOT_EXERCISES: Final = (NOBODY, "other")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--replayed", type=Path, help="what make replay wrote")
    source.add_argument("--keypoints", type=Path, help="folder of keypoints")
    parser.add_argument("--others", help="the exercise of files without a row, counts unknown")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights")
    chosen = parser.parse_args()
    found = _replayed(chosen.replayed) if chosen.replayed else _asked(chosen.keypoints)
    facts = {
        "model_version": read_card().version,
        "keypoints": "through the built pages" if chosen.replayed else "of the full picture",
        **figures(found, {row["file"]: row for row in read_labels(chosen.labels)}, chosen.others),
    }
    (chosen.out / FACTS).write_text(json.dumps(facts, indent=1) + "\n")
    card.write(chosen.out)
    print(json.dumps({key: value for key, value in facts.items() if key != "videos"}))


def figures(
    found: dict[str, tuple[str, int]], rows: dict[str, dict[str, str]], others: str | None = None
) -> dict[str, Any]:
    """found: exercise and count of each file."""
    videos: list[dict[str, Any]] = [
        {
            "file": file,
            "exercise": rows[file]["exercise"],
            "reps": int(rows[file]["reps"]),
            "tolerance": int(rows[file]["tolerance"] or 0),
            "recognised": exercise,
            "counted": count,
        }
        for file, (exercise, count) in sorted(found.items())
        if rows.get(file, {}).get("reps")
    ]
    real = [v for v in videos if v["exercise"] not in _NOT_EXERCISES]
    repeated = [v for v in real if v["reps"]]
    short = [v for v in repeated if v["reps"] <= SHORT_SET]
    rest = [one for file, one in found.items() if others and file not in rows]
    return {
        "within_tolerance": _share(abs(v["counted"] - v["reps"]) <= v["tolerance"] for v in videos),
        "exact": _share(v["counted"] == v["reps"] for v in repeated),
        "exact_up_to_6": _share(v["counted"] == v["reps"] for v in short),
        "recognised": _share(v["recognised"] == v["exercise"] for v in real),
        "videos": videos,
        "others": {
            "exercise": others,
            "recognised": _share(exercise == others for exercise, _ in rest),
            "counted_none": _share(count == 0 for _, count in rest),
        }
        if rest
        else None,
    }


def _share(right: Any) -> list[int]:
    """How many, and of how many."""
    values = [bool(one) for one in right]
    return [sum(values), len(values)]


def _replayed(path: Path) -> dict[str, tuple[str, int]]:
    lines = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    return {
        line["file"]: (line["exercise"] or NOBODY, line["reps"])
        for line in lines
        if "error" not in line
    }


def _asked(folder: Path) -> dict[str, tuple[str, int]]:
    found = {}
    for path in sorted(folder.glob("*.json")):
        one = dumped(path)
        answer = analyze(one.sequence)
        found[one.name] = (answer.exercise or NOBODY, len(answer.reps))
    return found


if __name__ == "__main__":
    main()
