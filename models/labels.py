"""Sets that people have corrected, as recordings to train with: what `export_labels` writes.

The folder is as the training's own data has it, `labels.csv` and one npz, and has three columns
more: `fps`, `aspect` (width over height) and `performer`, a word that stands for an athlete. An
athlete stands in one fold only, and those of `HELD_OUT` are never trained on.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.dataset import CLASSES, LabelledClip, load, read_labels
from models.sequence import Sequence
from models.skeleton import K

SOURCE: Final = "corrections"
FPS: Final = 15.0
FOLDS: Final = 5
HELD_OUT: Final = "4"
COLUMNS: Final = (
    "source", "name", "exercise", "frames", "count", "rep_frames", "form", "fold", "note",
    "fps", "aspect", "performer",
)  # fmt: skip
_GAP_MS: Final = 500  # farther from any frame, nobody was seen


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """spans: start and end of each repetition in ms; none where they do not make up the count."""

    name: str
    sequence: Sequence
    exercise: str
    count: int | None
    spans: tuple[tuple[int, int], ...]
    performer: str
    fold: str


def write(sets: Iterable[LabelledSet], folder: Path) -> int:
    """Writes the folder; returns how many sets there are."""
    folder.mkdir(parents=True, exist_ok=True)
    poses: dict[str, NDArray[np.float16]] = {}
    rows = []
    for one in sets:
        evenly = resampled(one.sequence)
        poses[one.name] = evenly.astype(np.float16)
        rows.append(_row(one, len(evenly)))
    np.savez_compressed(folder / f"{SOURCE}.npz", **poses)  # type: ignore[arg-type]
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def to_train_with(folder: Path) -> list[LabelledClip]:
    """Without the athletes that are kept for the evaluation. Raises OSError, ValueError."""
    return [
        clip
        for clip in load(folder, (SOURCE,))
        if clip.fold != HELD_OUT and clip.exercise in CLASSES
    ]


def held_out(folder: Path) -> set[str]:
    """Names of the sets of these athletes."""
    return {row["name"] for row in read_labels(folder / "labels.csv") if row["fold"] == HELD_OUT}


def resampled(sequence: Sequence) -> NDArray[np.float32]:
    """(T, 17, 3) at `FPS`, between frames linearly; where there is none near, nobody."""
    if not len(sequence):
        return np.zeros((0, K, 3), np.float32)
    start, end = int(sequence.t_ms[0]), int(sequence.t_ms[-1])
    times = np.arange(start, end + 1, 1000 / FPS)
    flat = sequence.poses.reshape(len(sequence), -1)
    columns = [np.interp(times, sequence.t_ms, flat[:, i]) for i in range(flat.shape[1])]
    poses = np.stack(columns, axis=1).reshape(len(times), K, 3).astype(np.float32)
    after = np.searchsorted(sequence.t_ms, times).clip(0, len(sequence) - 1)
    before = (after - 1).clip(0)
    gap = np.minimum(np.abs(sequence.t_ms[after] - times), np.abs(times - sequence.t_ms[before]))
    poses[gap > _GAP_MS] = 0
    return poses


def _row(one: LabelledSet, frames: int) -> dict[str, object]:
    first = int(one.sequence.t_ms[0]) if len(one.sequence) else 0
    bounds = [round((at - first) * FPS / 1000) for span in one.spans for at in span]
    return {
        "source": SOURCE,
        "name": one.name,
        "exercise": one.exercise,
        "frames": frames,
        "count": "" if one.count is None else one.count,
        "rep_frames": " ".join(map(str, bounds)),
        "form": "",
        "fold": one.fold,
        "note": "",
        "fps": FPS,
        "aspect": "" if one.sequence.aspect is None else round(one.sequence.aspect, 4),
        "performer": one.performer,
    }
