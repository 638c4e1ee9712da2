"""One repetition, or one stretch of a hold, made ready to be measured.

A look knows its frames, its top and bottom, and from where it was seen; not what is right or wrong.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.faults import Fault, Standard, View
from models.features import lerp, running_median, steady, visible
from models.form_measures import BONES, SIDED, SIDES, WHOLE, Doubles, Flat, keypoints_of
from models.form_view import straightened, yaw_deg
from models.sequence import Sequence
from models.skeleton import KEYPOINTS

Mask = NDArray[np.bool_]

_SURE: Final = 0.5  # score of a keypoint that may be judged: a guess is not held against anybody
_AT_END: Final = 0.2  # of the way is at the top, or at the bottom
_LEAST_RANGE: Final = 8.0  # of the driver; less tells no top from a bottom
_LEAST_FRAMES: Final = 2
_LEAST_SEEN: Final = 0.5  # of a phase's frames, or of a way
_BETWEEN: Final = (0.15, 0.85)  # of the way, between which the speed is taken
_EARLY: Final = 0.15  # of a repetition: spans begin this much after the movement, see `reps`
_STEP_S: Final = 0.02
_SMOOTH: Final = 9  # steps
_RANGE: Final = (5, 95)  # percentiles
_NOSE: Final = KEYPOINTS.index("nose")
_EARS, _SHOULDERS = (
    [KEYPOINTS.index(f"{side}_{joint}") for side in SIDES] for joint in ("ear", "shoulder")
)


@dataclass(frozen=True, slots=True)
class Body:
    """A sequence cleaned, without the frames that show nobody.

    t_ms: (T,). points: (T, 17, 2) in heights of the picture. score: (T, 17). lengths: of
    BONES, (2,) the left and the right one as they look at their longest.
    """

    t_ms: NDArray[np.int64]
    points: Doubles
    score: Doubles
    lengths: dict[str, Doubles]

    def between(self, start_ms: float, end_ms: float) -> "Body":
        first, last = np.searchsorted(self.t_ms, (start_ms, end_ms))
        kept = slice(int(first), int(last))
        return Body(self.t_ms[kept], self.points[kept], self.score[kept], self.lengths)


def body_of(sequence: Sequence) -> Body | None:
    """None where nobody is seen, or the picture's aspect is unknown: no angle can be taken."""
    seen = visible(sequence)
    if sequence.aspect is None or not seen.any():
        return None
    poses, t_s = sequence.poses[seen], sequence.t_ms[seen] / 1000.0
    points = running_median(steady(poses, t_s), t_s).astype(np.float64)
    points *= [sequence.aspect, 1.0]
    score = poses[:, :, 2].astype(np.float64)
    lengths = {name: _longest(points, score, *bone) for name, bone in BONES.items()}
    return Body(sequence.t_ms[seen], points, score, lengths)


def _longest(points: Doubles, score: Doubles, start: str, end: str) -> Doubles:
    """(2,) 90th percentile of the length of a bone where it is seen; 0 where it never is."""
    found = np.zeros(2)
    for side in range(2):
        a, b = keypoints_of((start, end), side)
        seen = np.minimum(score[:, a], score[:, b]) >= _SURE
        if seen.any():
            length = np.hypot(*(points[seen, a] - points[seen, b]).T)
            found[side] = np.quantile(length, 0.9)
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """rep: index, None for a hold. yaw: of the body, degrees. facing: 1 to the right, -1 to the
    left. side: the one that moves more. reach: range of the driver, 0 where it is not known.
    phases: (T,) masks by name; without "top" and "bottom" where these cannot be told.
    """

    rep: int | None
    start_ms: int
    end_ms: int
    body: Body
    yaw: float
    facing: float
    side: int
    reach: float
    lowering_s: float | None
    phases: dict[str, Mask]

    def flat(self, view: View) -> Flat:
        points = straightened(self.body.points, view, self.yaw)
        return Flat(points, self.facing, self.body.lengths)


def look_at(body: Body, standard: Standard, rep: int | None, start_ms: int, end_ms: int) -> Look:
    """What a span of time shows."""
    early_ms = 0 if rep is None else _EARLY * (end_ms - start_ms)
    part = body.between(start_ms - early_ms, end_ms)
    whole = np.ones(len(part.t_ms), bool)
    yaw = float(np.median(yaw_deg(part.points))) if len(part.t_ms) else 0.0
    facing = _facing(part)
    side, level, reach = 0, None, 0.0
    if standard.driver is not None:
        side, level, reach = _levels(part, standard, facing)
    phases = {"whole": whole}
    lowering_s = None
    if level is not None:
        lowering_s = _lowering_s(part.t_ms / 1000.0, level)
        phases |= {"top": _nearest(level, 0.0), "bottom": _nearest(level, 1.0)}
    return Look(
        rep,
        start_ms,
        end_ms,
        part,
        yaw,
        facing,
        side,
        reach,
        lowering_s,
        phases,
    )


def measured(look: Look, fault: Fault) -> float | None:
    """The fault's measure in its phase; None where too little of it is seen, or it never was.

    Of both sides the mean, the surer the heavier.
    """
    during = look.phases.get(fault.phase)
    if during is None:
        return None
    flat = look.flat(fault.view)
    if fault.measure in WHOLE:
        joints, whole = WHOLE[fault.measure]
        keypoints = [k for side in range(2) for k in keypoints_of(joints, side)]
        return _taken(whole(flat), look.body.score[:, keypoints], during, fault)[0]
    joints, sided = SIDED[fault.measure]
    total = weights = 0.0
    for side in _sides(look, fault):
        scores = look.body.score[:, keypoints_of(joints, side)]
        value, weight = _taken(sided(flat, side), scores, during, fault)
        if value is not None:
            total, weights = total + weight * value, weights + weight
    return total / weights if weights else None


def _sides(look: Look, fault: Fault) -> tuple[int, ...]:
    if fault.sides == "moving":
        return (look.side,)
    if fault.sides == "front":
        flat, during = look.flat("any"), look.phases[fault.phase]
        level = [float(np.median(SIDED["thigh"][1](flat, side)[during])) for side in range(2)]
        return (int(level[1] < level[0]),)
    return (0, 1)


def _taken(
    values: Doubles, scores: Doubles, during: Mask, fault: Fault
) -> tuple[float | None, float]:
    """Median or range over the phase's frames that show all keypoints, and its weight."""
    surest = scores.min(axis=1)
    kept = during & (surest >= _SURE) & np.isfinite(values)
    if kept.sum() < max(_LEAST_FRAMES, _LEAST_SEEN * during.sum()):
        return None, 0.0
    if fault.take == "range":
        low, high = np.percentile(values[kept], _RANGE)
        value = float(high - low)
    else:
        value = float(np.median(values[kept]))
    return value, float(surest[kept].mean()) ** 2


def _levels(part: Body, standard: Standard, facing: float) -> tuple[int, Doubles | None, float]:
    """The side that moves more, (T,) its way from top (0) to bottom (1), NaN where it is not seen,
    and its range; no way where the range is too small to tell."""
    flat = Flat(part.points, facing, part.lengths)
    joints, measure = SIDED[standard.driver or ""]
    best: tuple[int, Doubles | None, float] = 0, None, 0.0
    for side in range(2):
        seen = part.score[:, keypoints_of(joints, side)].min(axis=1) >= _SURE
        if seen.sum() < max(2 * _LEAST_FRAMES, _LEAST_SEEN * len(seen)):
            continue
        driver = measure(flat, side)
        low, high = np.percentile(driver[seen], _RANGE)
        if high - low < max(_LEAST_RANGE, best[2]):
            continue
        level = np.clip((driver - low) / (high - low), 0, 1)
        level = 1 - level if standard.bottom_is_low else level
        best = side, np.where(seen, level, np.nan), float(high - low)
    return best


def _nearest(level: Doubles, end: float) -> Mask:
    """Frames at this end of the way: at least the nearest few."""
    away = np.where(np.isnan(level), np.inf, np.abs(level - end))
    return np.asarray(away <= max(_AT_END, float(np.sort(away)[_LEAST_FRAMES - 1])))


def _lowering_s(t_s: Doubles, level: Doubles) -> float | None:
    """Seconds from top to bottom at the speed between them: time counts only where it falls, so
    noise makes it longer and nobody is called fast for it. None where less than half is seen."""
    seen = np.isfinite(level)
    even = np.arange(t_s[seen][0], t_s[seen][-1], _STEP_S) if seen.any() else np.zeros(0)
    if len(even) < 2:
        return None
    way = lerp(t_s[seen], level[seen], even).astype(np.float64)
    way = np.convolve(
        np.pad(way, _SMOOTH // 2, mode="edge"), np.full(_SMOOTH, 1 / _SMOOTH), "valid"
    )
    low, high = _BETWEEN
    steps = np.diff(way)
    falling = (steps > 0) & (way[:-1] > low) & (way[:-1] < high)
    fallen = float(steps[falling].sum())
    if fallen < _LEAST_SEEN * (high - low):
        return None
    return float(falling.sum() * _STEP_S / fallen)


def _facing(part: Body) -> float:
    """Where the nose is beside the ears, or beside the shoulders where no ear is seen."""
    if not len(part.t_ms):
        return 1.0
    ears = part.score[:, _EARS].max(axis=1)
    behind = _EARS if float(np.median(ears)) >= _SURE else _SHOULDERS
    weight = part.score[:, behind] + 1e-6
    middle = (part.points[:, behind, 0] * weight).sum(axis=1) / weight.sum(axis=1)
    return -1.0 if float(np.median(part.points[:, _NOSE, 0] - middle)) < 0 else 1.0
