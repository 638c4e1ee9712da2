"""Recorded sequences with their labels, as the training sees them.

The folder is described in its own README: `poses/labels.csv` and one npz a source.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.autolabel import read_off
from models.exercises import CATALOGUE
from models.features import Track, track
from models.results import UNKNOWN
from models.sequence import Sequence

REST: Final = "rest"
CLASSES: Final = (*(spec.slug for spec in CATALOGUE), UNKNOWN, REST)
FPS: Final = {"repcount": 30.0, "countix_extra": 30.0, "gym_sapiens": 15.0, "pushfit_movenet": 30.0}
EVALUATION_ONLY: Final = frozenset({"openpose_form"})  # GPL-3.0: nothing is trained on it
WRONG_UPSTREAM: Final = frozenset({"stu4_5"})  # another exercise and count than the film shows
# Labels that disagree with the signal: scored, never trained on.
DOUBTFUL: Final = frozenset(
    (
        *("stu4_27", "stu4_46", "stu8_12", "stu9_48", "stu3_20", "stu3_28", "stu8_58"),
        *("train3335", "stu2_14", "train1665", "stu6_68", "test534", "stu2_62", "stu7_4"),
    )
)
_SQUARE: Final = frozenset({"gym_sapiens", "pushfit_movenet"})  # units alike on both axes
_CLASS_OF: Final = {"other": UNKNOWN, "rope_pushdown": UNKNOWN}
_JOINED_FRAMES: Final = 3  # a shorter gap between two repetitions is the annotator's, not a rest


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """A cleaned sequence and what is known of each frame.

    phase: (T,) radians; rep_s: (T,) duration of the repetition around the frame; both 0 where idle.
    active: (T,) whether inside a repetition; None where repetitions are not labelled.
    known: (T,) where phase and active are to be trusted.
    """

    source: str
    name: str
    exercise: str
    fold: str
    count: int | None
    track: Track
    phase: NDArray[np.float64]
    rep_s: NDArray[np.float64]
    active: NDArray[np.bool_] | None
    known: NDArray[np.bool_]

    @property
    def median_rep_s(self) -> float | None:
        if self.active is None or not self.active.any():
            return None
        return float(np.median(self.rep_s[self.active]))


def read_labels(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:  # as spreadsheets write it, too
        return list(csv.DictReader(file))


def load(folder: Path, sources: tuple[str, ...]) -> list[LabelledClip]:
    """Clips of these sources; raises ValueError for one that is for evaluation only."""
    barred = EVALUATION_ONLY & set(sources)
    if barred:
        raise ValueError(f"sources: {', '.join(sorted(barred))} must not be trained on")
    rows = read_labels(folder / "labels.csv")
    clips = []
    for source in sources:
        with np.load(folder / f"{source}.npz") as poses:
            for row in rows:
                if row["source"] == source and row["name"] not in WRONG_UPSTREAM:
                    clips.append(_clip(row, poses[row["name"]].astype(np.float32)))
    return clips


def _clip(row: Mapping[str, str], poses: NDArray[np.float32]) -> LabelledClip:
    fps = float(row.get("fps") or FPS[row["source"]])
    aspect = float(row["aspect"]) if row.get("aspect") else None
    bounds, known = _bounds(row, poses, fps)
    active, phase, rep_s = _rep_labels(bounds, len(poses), fps)
    return LabelledClip(
        source=row["source"],
        name=row["name"],
        exercise=_CLASS_OF.get(row["exercise"], row["exercise"]),
        fold=row["fold"],
        count=int(row["count"]) if row["count"] else None,
        track=track(Sequence.at_fps(poses, fps, aspect)),
        phase=phase,
        rep_s=rep_s,
        active=active if bounds else None,
        known=known,
    )


def _bounds(
    row: Mapping[str, str], poses: NDArray[np.float32], fps: float
) -> tuple[list[tuple[int, int]], NDArray[np.bool_]]:
    """Start and end frames of repetitions, annotated or else read off; and where to trust them."""
    known = np.ones(len(poses), bool)
    frames = [int(float(word)) for word in row["rep_frames"].split()]
    if frames:
        return list(zip(frames[::2], frames[1::2], strict=True)), known
    labels = read_off(poses, fps, row["exercise"]) if row["source"] in _SQUARE else None
    return (list(labels.bounds), labels.known) if labels else ([], known)


def _rep_labels(
    bounds: list[tuple[int, int]], frames: int, fps: float
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Whether active, phase and repetition length in s of each frame."""
    active, phase, rep_s = np.zeros(frames, bool), np.zeros(frames), np.zeros(frames)
    for i, (start, end) in enumerate(bounds):
        if i + 1 < len(bounds) and 0 < bounds[i + 1][0] - end <= _JOINED_FRAMES:
            end = bounds[i + 1][0]
        if end <= start:
            continue
        inside = slice(start, min(end, frames))
        active[inside] = True
        phase[inside] = 2 * np.pi * (np.arange(start, min(end, frames)) - start) / (end - start)
        rep_s[inside] = (end - start) / fps
    return active, phase, rep_s
