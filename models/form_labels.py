"""Labelled material about form: single frames with a named fault, and clips called right or wrong.

Nothing is fitted to it. Three limits were looked at on the first films of two files of frames; they
are scored on the other films.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.dataset import read_labels
from models.faults import STANDARDS, Fault, Standard
from models.form_looks import body_of, look_at, measured
from models.recordings import Recording, exercise_of, read
from models.sequence import Sequence
from models.skeleton import KEYPOINTS, K

# The frames' coordinates are shares of a picture whose shape is not stored; the authors' example
# films are 16:9, and shoulders beside trunks of people who face the camera agree.
_ASPECT: Final = 16 / 9
_ONE_FRAME_MS: Final = (0, 33, 66)  # one frame, held for as long as something is measured
_CLIPS: Final = ("pushfit_movenet", "openpose_form")


@dataclass(frozen=True, slots=True)
class Frames:
    """A file of single frames: which fault its labels speak of, and the labels that show it.

    test_from: the row from which other films begin, of other people by the sizes of their trunks;
    limits were looked at on the rows before it.
    """

    file: str
    exercise: str
    fault: str
    guilty: frozenset[str]
    test_from: int = 0


FRAMES: Final = (
    Frames("ngo_plank_test", "plank", "sagging_hips", frozenset("L"), 347),
    Frames("ngo_plank_test", "plank", "piked_hips", frozenset("H"), 347),
    Frames("ngo_bicep_test", "bicep_curl", "lean_back", frozenset("L")),
    Frames("ngo_lunge_err.test", "lunge", "knee_forward", frozenset("L"), 468),
)


def fault_of(exercise: str, name: str) -> Fault:
    return next(one for one in STANDARDS[exercise].faults if one.name == name)


def judged_frames(folder: Path, of: Frames) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(N,) what is measured of each frame, NaN where nothing can be said, and (N,) its guilt."""
    fault = replace(fault_of(of.exercise, of.fault), phase="whole")
    values, guilt = [], []
    for label, pose in _poses(folder / f"{of.file}.csv.gz"):
        poses = np.repeat(pose[None], len(_ONE_FRAME_MS), axis=0)
        body = body_of(Sequence(np.array(_ONE_FRAME_MS, np.int64), poses, _ASPECT))
        value = None
        if body is not None:
            look = look_at(body, Standard(None, True, ()), None, 0, 100)
            value = measured(look, fault) if fault.shows_at(look.yaw) else None
        values.append(np.nan if value is None else value)
        guilt.append(label in of.guilty)
    return np.array(values), np.array(guilt)


def _poses(path: Path) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Label and (17, 3) of each row; keypoints that the file leaves out have no score."""
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            pose = np.zeros((K, 3), np.float32)
            for k, name in enumerate(KEYPOINTS):
                if f"{name}_x" in row:
                    pose[k] = [float(row[f"{name}_{axis}"]) for axis in "xyv"]
            yield row["label"], pose


def clips(folder: Path) -> Iterator[tuple[Recording, str, bool]]:
    """Recordings of the catalogue's exercises, the exercise, and whether they are called wrong."""
    labels = folder / "labels.csv"
    form = {(row["source"], row["name"]): row["form"] for row in read_labels(labels)}
    for source in _CLIPS:
        recordings, _ = read(folder / f"{source}.npz", labels)
        for one in recordings:
            exercise = exercise_of(one.exercise or "")
            if exercise in STANDARDS:
                yield one, exercise, form[source, one.name] == "wrong"
