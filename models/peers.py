"""Other counters on the same videos, scored by the same definitions.

Reads per-video counts as BeIanChang/RepCountExp publishes them (Apache-2.0): four signal counters
on MediaPipe keypoints. The truth is that of our labels, so that the same sequences are scored.
"""

import csv
import json
from pathlib import Path
from typing import Any, Final

from models import boundaries
from models.recordings import DEFAULT_FPS, Recording
from models.report import scored
from models.scoring import Prediction, Spans, figures

NAMES: Final = {
    "baseline_peak": "peaks of one angle",
    "baseline_fsm": "two thresholds on one angle",
    "phase_native_online": "phase crossings",
    "proposed_phase_vote": "phase crossings, by vote",
}
PUBLISHED_ON: Final = 152  # videos, the one with a wrong label included
PUBLISHED: Final = {
    "PoseRAC, exercise predicted (a re-run)": (0.461, 0.502),
    "PoseRAC, of all classes the count nearest the truth (oracle, as published)": (0.560, 0.236),
}


def compare(folder: Path, recordings: list[Recording]) -> dict[str, Any]:
    """Figures of each counter; empty where the folder is missing."""
    found = {}
    for path in sorted(folder.glob("*_partA_test_all.csv")):
        method = path.name.removesuffix("_partA_test_all.csv")
        if method in NAMES:
            predictions = scored(_predictions(path, recordings))
            marks = boundaries.report(predictions)
            found[method] = {**figures(predictions), "boundaries": marks and marks["f1"]}
    return found


def _predictions(path: Path, recordings: list[Recording]) -> list[Prediction]:
    with path.open(newline="") as file:
        rows = {row["video_id"]: row for row in csv.DictReader(file)}
    return [
        Prediction(
            name=one.name,
            exercise="",
            count=int(rows[one.name]["pred_count"]),
            true_count=one.count,
            spans=_spans(rows[one.name]["pred_periods_json"]),
            true_spans=one.spans,
        )
        for one in recordings
        if one.name in rows
    ]


def _spans(text: str) -> Spans:
    return tuple(
        (start * 1000 / DEFAULT_FPS, end * 1000 / DEFAULT_FPS)
        for start, end in json.loads(text or "[]")
    )
