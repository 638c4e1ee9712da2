"""What is kept of an exercise that somebody has shown once: its path through poses, and its joints.

A template is made of two to six marked repetitions of one person. Poses are the discriminator's
inputs (`models.features`), so neither size, place nor the names of left and right matter. Each
feature weighs as much as it moves within a repetition, compared with how much it differs between
repetitions: what the person does anyway tells nothing of the exercise.

Knows nothing of other people's sets: `models.own` counts those.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from models.features import F, Track, sample, sample_times, track, visible
from models.own_joints import Joint, measured, proposed
from models.sequence import Sequence
from models.skeleton import KEYPOINTS, K

Doubles = NDArray[np.float64]

VERSION: Final = "own-1"  # raise it when the same template counts otherwise
RATE_HZ: Final = 15.0
PHASES: Final = 16  # along a path: half of them on the way to the turn, half on the way back
LEAST_MARKS: Final = 2
MOST_MARKS: Final = 6
JOINTS: Final = ("shoulder", "elbow", "hip", "knee")
SHOULDERS: Final = [KEYPOINTS.index("left_shoulder"), KEYPOINTS.index("right_shoulder")]
HIPS: Final = [KEYPOINTS.index("left_hip"), KEYPOINTS.index("right_hip")]
_REP_MS: Final = (400, 20_000)
_LEAST_SEEN: Final = 0.8  # of the frames of a marked repetition
_LEAST_MOVE: Final = 0.05  # of any feature, in bounding boxes
_NOISE: Final = 0.02  # of features that repetitions never differ in
_TURNS: Final = 30  # of the power iteration
_FIGURE: Final = (0, PHASES // 4, PHASES // 2)  # start, on the way, turn: to be drawn


class OwnError(ValueError):
    """A reference was refused. field: which field; message: what is wrong, what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class Mark(NamedTuple):
    """One repetition of the reference, ms on its clock."""

    start_ms: int
    turn_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """path: (PHASES, F - 1) weighted poses around their mean; weights: (F - 1,) in [0, 1]; axis:
    (F - 1,) the direction, of length 1, in which the path is longest, from start to turn.

    joints: those that drive it, main one first, with the angle at start and turn and the range, in
    degrees. facing: as the function says. figure: (3, 17, 2) of start, way and turn, in heights of
    the picture, y down.
    """

    path: Doubles
    weights: Doubles
    axis: Doubles
    joints: tuple[Joint, ...]
    facing: float
    duration_s: float
    figure: Doubles

    @property
    def opens(self) -> bool | None:
        """Whether the main angle grows on the way to the turn; None where none was seen."""
        return self.joints[0].opens if self.joints else None

    @property
    def version(self) -> str:
        """Stamped on results: another template may count otherwise."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return f"{VERSION}-{sha256(text.encode()).hexdigest()[:8]}"

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "path": np.round(self.path, 5).tolist(),
            "weights": np.round(self.weights, 5).tolist(),
            "axis": np.round(self.axis, 6).tolist(),
            "joints": [joint._asdict() for joint in self.joints],
            "facing": round(self.facing, 3),
            "duration_s": round(self.duration_s, 3),
            "figure": np.round(self.figure, 4).tolist(),
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Self:
        """Raises ValueError for what `to_json` has not written, or of another version."""
        try:
            path, weights, axis = (
                np.array(facts[name], np.float64) for name in ("path", "weights", "axis")
            )
            found = cls(
                path=path,
                weights=weights,
                axis=axis,
                joints=tuple(Joint(**joint) for joint in facts["joints"]),
                facing=float(facts["facing"]),
                duration_s=float(facts["duration_s"]),
                figure=np.array(facts["figure"], np.float64),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"template: not readable ({error!r})") from error
        shapes = (found.path.shape, found.weights.shape, found.axis.shape)
        if facts.get("version") != VERSION or shapes != ((PHASES, F - 1), (F - 1,), (F - 1,)):
            raise ValueError(f"template: expected version {VERSION}; mark the repetitions again")
        return found


def make(sequence: Sequence, marks: Iterable[Mark], joints: tuple[str, ...] = ()) -> Template:
    """The template of these repetitions.

    joints: driving it, of JOINTS, main one first; none: those that `models.own_joints` proposes.
    Raises OwnError.
    """
    chosen = list(marks)
    _check(sequence, chosen, joints)
    source = track(sequence)
    times, samples = sampled(source)
    paths = np.stack([course(samples, times, *_seconds(mark)) for mark in chosen])
    path = paths.mean(axis=0)
    reach = np.ptp(path, axis=0)
    if reach.max() < _LEAST_MOVE:
        raise OwnError("marks", "hardly anything moves in them: mark whole repetitions")
    differ = np.sqrt(((paths - path) ** 2).mean(axis=(0, 1)))
    weights = reach / (differ + _NOISE)
    weights = weights / weights.max()
    weighted = (path - path.mean(axis=0)) * weights
    towards = weighted[PHASES // 2] - weighted[0]
    axis = longest(weighted, towards)
    return Template(
        path=weighted,
        weights=weights,
        axis=axis,
        joints=measured(sequence, chosen, joints or proposed(sequence, chosen)),
        facing=facing(sequence),
        duration_s=float(np.mean([mark.end_ms - mark.start_ms for mark in chosen])) / 1000,
        figure=_figure(source, chosen, sequence.aspect or 1.0),
    )


def sampled(source: Track) -> tuple[Doubles, Doubles]:
    """(N,) times in s and (N, F - 1) poses of a track, at RATE_HZ."""
    poses = sample(source, RATE_HZ)[:, :-1].astype(np.float64)
    return sample_times(source.t_s, RATE_HZ), poses


def course(values: Doubles, times: Doubles, start_s: float, turn_s: float, end_s: float) -> Doubles:
    """(PHASES, D) of values (N, D): even steps from start to turn, and from there to the end."""
    half = np.arange(PHASES // 2) / (PHASES // 2)
    at = np.concatenate([start_s + half * (turn_s - start_s), turn_s + half * (end_s - turn_s)])
    return np.stack([np.interp(at, times, column) for column in values.T], axis=1)


def longest(rows: Doubles, towards: Doubles) -> Doubles:
    """(D,) of length 1: the direction in which rows (N, D) around 0 reach farthest, by power
    iteration from `towards`, whose sign it keeps."""
    direction = towards
    for _ in range(_TURNS):
        direction = rows.T @ (rows @ direction)
        direction = direction / (np.linalg.norm(direction) + 1e-12)
    return direction if direction @ towards >= 0 else -direction


def facing(sequence: Sequence) -> float:
    """How wide the shoulders look, by the trunk: about 0 from the side, 0.7 from the front."""
    seen = sequence.poses[visible(sequence), :, :2] * np.array([sequence.aspect or 1.0, 1.0])
    if not len(seen):
        return 0.0
    shoulders, hips = seen[:, SHOULDERS], seen[:, HIPS]
    wide = np.linalg.norm(shoulders[:, 0] - shoulders[:, 1], axis=1)
    long = np.linalg.norm(shoulders.mean(axis=1) - hips.mean(axis=1), axis=1)
    return float(np.median(wide) / max(float(np.median(long)), 1e-6))


def _figure(source: Track, marks: list[Mark], aspect: float) -> Doubles:
    """(3, K, 2): the first marked repetition at its start, on its way and at its turn."""
    square = source.points.astype(np.float64) * [aspect, 1.0]
    rows = course(square.reshape(-1, 2 * K), source.t_s, *_seconds(marks[0]))
    return rows[list(_FIGURE)].reshape(-1, K, 2)


def _seconds(mark: Mark) -> tuple[float, float, float]:
    start_ms, turn_ms, end_ms = mark
    return start_ms / 1000, turn_ms / 1000, end_ms / 1000


def _check(sequence: Sequence, marks: list[Mark], joints: tuple[str, ...]) -> None:
    if not LEAST_MARKS <= len(marks) <= MOST_MARKS:
        raise OwnError("marks", f"expected {LEAST_MARKS} to {MOST_MARKS}, got {len(marks)}")
    for name in joints:
        if name not in JOINTS:
            raise OwnError("joints", f"expected some of {', '.join(JOINTS)}, got {name!r}")
    if len(set(joints)) < len(joints):
        raise OwnError("joints", "one is named twice")
    seen = visible(sequence)
    last_ms = int(sequence.t_ms[-1]) if len(sequence) else 0
    before_ms = 0
    for i, (start_ms, turn_ms, end_ms) in enumerate(marks):
        if not start_ms < turn_ms < end_ms:
            raise OwnError(f"marks[{i}].turn_ms", "expected a turn between start and end")
        if start_ms < before_ms:
            raise OwnError(f"marks[{i}].start_ms", f"expected {before_ms} or later, in order")
        if end_ms > last_ms:
            raise OwnError(f"marks[{i}].end_ms", f"the recording ends at {last_ms} ms")
        if not _REP_MS[0] <= end_ms - start_ms <= _REP_MS[1]:
            short, long = (f"{ms / 1000:g} s" for ms in _REP_MS)
            raise OwnError(f"marks[{i}].end_ms", f"expected {short} to {long} for a repetition")
        inside = (sequence.t_ms >= start_ms) & (sequence.t_ms <= end_ms)
        if inside.sum() < 3 or seen[inside].mean() < _LEAST_SEEN:
            raise OwnError(f"marks[{i}]", "you are not wholly in the picture there")
        before_ms = end_ms
