"""Sequences to be scored, of whatever origin: an npz of poses and a csv of labels.

The columns are those of `poses/labels.csv`; only `name` is needed. `fps` says how many frames a
second a sequence has, `aspect` the width over the height of its picture. A label that cannot be
read is named in a warning and left out; a sequence that cannot be read is an error.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.dataset import FPS, read_labels
from models.exercises import BY_SLUG
from models.scoring import Spans
from models.sequence import Sequence
from models.skeleton import K

DEFAULT_FPS: Final = 30.0  # where neither label nor source says
_FPS_RANGE: Final = (1.0, 1_000.0)
_ASPECT_RANGE: Final = (0.1, 10.0)
_COUNT_RANGE: Final = (0.0, 100_000.0)
_PIXELS: Final = frozenset({"gym_sapiens", "pushfit_movenet", "openpose_form"})  # in thousands
_BEYOND: Final = 2.0  # coordinates this large are not shares of a picture
_ALIASES: Final = {
    "situp": "sit_up", "pushup": "push_up", "pullup": "pull_up", "bicep": "bicep_curl",
    "jumpjack": "jumping_jack", "benchpressing": "bench_press", "squant": "squat",
    "curl": "bicep_curl", "chinup": "pull_up", "highknee": "high_knees",
}  # fmt: skip


class EvaluationError(ValueError):
    """Files that cannot be scored; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One sequence with what its label says; None where it says nothing.

    exercise: a slug of the catalogue where there is one, else the label's own word.
    spans: start and end of each repetition in ms.
    """

    name: str
    sequence: Sequence
    source: str = ""
    fold: str = ""
    exercise: str | None = None
    count: int | None = None
    spans: Spans | None = None


def read(poses: Path, labels: Path) -> tuple[list[Recording], list[str]]:
    """Every sequence of the npz in its order, and warnings about labels.

    Raises EvaluationError where a sequence is malformed or no label fits; OSError and ValueError
    where a file cannot be read.
    """
    rows, warnings = labels_of(poses, labels)
    with np.load(poses) as members:
        recordings = [
            _recording(name, members[name], rows.get(name, {}), warnings) for name in members.files
        ]
    return recordings, warnings


def labels_of(poses: Path, labels: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Rows of the csv that speak of this npz, by name, and a warning for those without a sequence.

    Rows of the source that the file is named after; failing that, of every source it has a member
    of. Raises EvaluationError when none fits.
    """
    with np.load(poses) as members:
        names = set(members.files)
    rows = [row for row in read_labels(labels) if row.get("name")]
    own = [row for row in rows if row.get("source") == poses.stem and row["name"] in names]
    chosen = own or [row for row in rows if row["name"] in names]
    if not chosen:
        raise EvaluationError(f"{labels}: no row names a sequence of {poses.name}")
    sources = {row.get("source") for row in chosen}
    missing = sorted(
        row["name"] for row in rows if row.get("source") in sources and row["name"] not in names
    )
    found = {row["name"]: row for row in chosen}
    if not missing:
        return found, []
    some = ", ".join(missing[:5])
    return found, [f"{len(missing)} labelled sequences are not in {poses.name}: {some}"]


def exercise_of(word: str) -> str:
    """The catalogue's slug for a data set's word ("pushups", "front raise"); the word where none.

    >>> exercise_of("Push-ups"), exercise_of("frontraise"), exercise_of("yodel")
    ('push_up', 'front_raise', 'yodel')
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    slugs = {slug.replace("_", ""): slug for slug in BY_SLUG} | _ALIASES
    return slugs.get(plain) or slugs.get(plain.removesuffix("s")) or word


def dumped(path: Path) -> Recording:
    """What an estimator found in a video: json with file, width, height, t_ms (T,) and poses
    (T, 17, 3)."""
    facts = json.loads(path.read_text())
    poses = np.array(facts["poses"], np.float32).reshape(-1, K, 3)
    aspect = facts["width"] / facts["height"]
    sequence = Sequence(np.array(facts["t_ms"], np.int64), poses, aspect)
    return Recording(facts["file"], sequence, source="video")


def square(sequence: Sequence) -> Sequence:
    """The same min-maxed: each frame and axis stretched to [0, 1], the aspect lost."""
    xy = sequence.poses[:, :, :2]
    low, high = xy.min(axis=1, keepdims=True), xy.max(axis=1, keepdims=True)
    stretched = (xy - low) / np.maximum(high - low, 1e-6)
    poses = np.concatenate([stretched, sequence.poses[:, :, 2:]], axis=2)
    return Sequence(sequence.t_ms, poses)


def _recording(
    name: str, poses: NDArray[Any], row: Mapping[str, str | None], warnings: list[str]
) -> Recording:
    source = row.get("source") or ""
    fps = _number(name, "fps", row, _FPS_RANGE, warnings) or FPS.get(source, DEFAULT_FPS)
    aspect = _number(name, "aspect", row, _ASPECT_RANGE, warnings)
    count = _number(name, "count", row, _COUNT_RANGE, warnings)
    word = (row.get("exercise") or "").strip()
    return Recording(
        name=name,
        sequence=_sequence(name, poses, fps, aspect, source in _PIXELS),
        source=source,
        fold=row.get("fold") or "",
        exercise=exercise_of(word) if word else None,
        count=None if count is None else round(count),
        spans=_spans(name, row.get("rep_frames") or "", fps, warnings),
    )


def _sequence(
    name: str, poses: NDArray[Any], fps: float, aspect: float | None, in_pixels: bool
) -> Sequence:
    """Pixels, of any unit, are brought into [0, 1] by one factor: then angles are true."""
    if poses.ndim != 3 or poses.shape[1:] != (17, 3):
        raise EvaluationError(f"{name}: expected (T, 17, 3), got {poses.shape}")
    if poses.dtype.kind not in "fiu":
        raise EvaluationError(f"{name}: expected numbers, got {poses.dtype}")
    found = _present(poses.astype(np.float32))
    reach = float(np.abs(found[:, :, :2]).max(initial=0.0))
    typical = float(np.median(np.abs(found[:, :, :2]).max(axis=(1, 2)))) if len(found) else 0.0
    if aspect is None and reach > 0 and (in_pixels or typical > _BEYOND):
        found[:, :, :2] /= reach
        aspect = 1.0
    return Sequence.at_fps(found, fps, aspect)


def _present(poses: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keypoints that are not numbers, or at 0, 0 with score 0, were not found: they get score 0 and
    stand in the middle of those of their frame that were, so as to stretch no box."""
    lost = ~np.isfinite(poses).all(axis=2) | (poses == 0).all(axis=2)
    some = lost & ~lost.all(axis=1, keepdims=True)
    found = np.where(lost[:, :, None], np.float32(0), poses)
    number = np.maximum((~lost).sum(axis=1), 1)[:, None, None]
    middle = found.sum(axis=1, keepdims=True) / number
    middle[:, :, 2] = 0
    return np.where(some[:, :, None], middle, found).astype(np.float32)


def _number(
    name: str,
    field: str,
    row: Mapping[str, str | None],
    limits: tuple[float, float],
    warnings: list[str],
) -> float | None:
    text = (row.get(field) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    low, high = limits
    if low <= value <= high:
        return value
    warnings.append(
        f"{name}: {field}: expected a number from {low:g} to {high:g}, got {text!r}; left out"
    )
    return None


def _spans(name: str, text: str, fps: float, warnings: list[str]) -> Spans | None:
    """Frames, start end start end …, in ms; a repetition without length is left out."""
    try:
        bounds = [float(word) * 1000 / fps for word in text.split()]
    except ValueError:
        bounds = [np.nan]
    if len(bounds) % 2 or not np.isfinite(bounds).all():
        warnings.append(f"{name}: rep_frames: expected pairs of start and end; left out")
        return None
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return tuple(pair for pair in pairs if pair[1] > pair[0]) or None
