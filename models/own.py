"""Count an exercise that somebody has shown once, in the set of anybody.

No network: the reference says in which direction poses move, the set says how this body, seen by
this camera, does it. First the reference's axis is turned towards what varies in the set (two steps
of a power iteration on the set's covariance), and swings along it are cut with hysteresis. Those
that resemble one another and the reference most make the set's own path; then swings are cut along
that one, and what runs otherwise than the path is walking or racking, no repetition.

A mirrored picture is tried by turning the reference's left and right round.
"""

from typing import Final, NamedTuple

import numpy as np

from models import described
from models.described import Counted
from models.exercises import ExerciseSpec
from models.features import F, Track, sample, sample_times, track, visible
from models.own_template import RATE_HZ, Doubles, Template, course, facing, longest
from models.results import Analysis, Attempt, AttemptReason, Rep
from models.sequence import Sequence

LEAST_SHARE: Final = 0.5  # of the reference's range of motion, for a repetition
_MIN_FRAMES: Final = 8
_MIN_VISIBLE: Final = 0.1
FIRST: Final = 0.3  # hysteresis, of the range along the first axis
_SECOND: Final = 0.4  # hysteresis, of the range of the set's own path
_SIDE: Final = 0.6  # of the hysteresis, on each side of a turn
_CORE: Final = 0.4  # of the swings make the set's own path
_ALIKE: Final = 0.35  # correlation with the own path that a repetition has
_NOTABLE: Final = 0.4  # of the hysteresis: a movement that fell short; less is a twitch
_SURELY_ALIKE: Final = 0.6  # what falls short must be the movement all the more
_LEAST_TURNED: Final = 0.4  # of the reference's range, that any camera shows of it
_SAME_VIEW: Final = 0.25  # of `facing`, within which a camera sees a body from the same side
LEAST_RANGE: Final = 0.02  # along an axis, in bounding boxes
_FAR: Final = 0.5  # a pose farther from the usual one is an accident, cut off here
_EDGE: Final = 0.05  # of a rise or fall that belongs to the rest before and after
_MIN_REP_S: Final = 0.25
_MIN_SEEN: Final = 0.3
_STEPS: Final = 2

# 1, or -1 for features whose sign a mirrored picture changes: x, and the slant of a pair.
_MIRRORED: Final = np.ones(F - 1)
_MIRRORED[0] = -1
_MIRRORED[2::5] = -1
_MIRRORED[6::5] = -1


class Swing(NamedTuple):
    """Samples of a movement there and back; rise and fall: how far, along the axis."""

    start: int
    turn: int
    end: int
    rise: float
    fall: float


def analyze(sequence: Sequence, template: Template, slug: str, is_open: bool = False) -> Analysis:
    """Count a set of the exercise of this slug.

    is_open: the set goes on after the sequence. confidence is how much the set resembles the
    reference, in [0, 1].
    """
    version = template.version
    share = float(visible(sequence).mean()) if len(sequence) else 0.0
    if len(sequence) < _MIN_FRAMES or share < _MIN_VISIBLE:
        return Analysis(version, slug, 0.0, visible=share)
    source = track(sequence)
    found = swings_of(source, template)
    reps, attempts = _judged(found, sequence, source, template, is_open)
    confidence = round(float(np.clip(found.likeness, 0, 1)), 3)
    return Analysis(version, slug, confidence, tuple(reps), tuple(attempts), visible=share)


class Found(NamedTuple):
    """times: (N,) s; counted and short: swings along the set's own path, whole ones with how much
    each resembles it; likeness: of the own path to the reference's."""

    times: Doubles
    counted: list[tuple[Swing, float]]
    short: list[Swing]
    likeness: float


def swings_of(source: Track, template: Template) -> Found:
    """What moves there and back in a track as the template does."""
    times = sample_times(source.t_s, RATE_HZ)
    samples = sample(source, RATE_HZ).astype(np.float64)
    seen = samples[:, -1] > 0.5
    if seen.sum() < _MIN_FRAMES:
        return Found(times, [], [], 0.0)
    poses = samples[:, :-1] * template.weights
    poses = poses - np.median(poses[seen], axis=0)
    path, axis = _guided(poses[seen], template)
    signal = smooth(poses @ axis)
    low, high = np.percentile(signal[seen], (5, 95))
    first = swings(signal, max(FIRST * (high - low), LEAST_RANGE))
    if not first:
        return Found(times, [], [], 0.0)
    own, likeness = _own_path(courses(poses, times, first), path)
    axis = longest(own, axis)
    signal = smooth(poses @ axis)
    least = max(_SECOND * float(np.ptp(own @ axis)), LEAST_RANGE)
    second = swings(signal, least)
    alike = correlations(courses(poses, times, second), own)
    counted = [(one, r) for one, r in zip(second, alike, strict=True) if r >= _ALIKE]
    return Found(times, counted, _short(signal, times, poses, own, counted, least), likeness)


def _guided(seen: Doubles, template: Template) -> tuple[Doubles, Doubles]:
    """The reference's path, mirrored where that moves more, and the axis turned towards the set."""
    centred = np.clip(seen, -_FAR, _FAR)
    centred = centred - centred.mean(axis=0)
    plain, mirrored = template.axis, template.axis * _MIRRORED
    turned = float(np.square(centred @ mirrored).sum()) > float(np.square(centred @ plain).sum())
    start, path = (mirrored, template.path * _MIRRORED) if turned else (plain, template.path)
    axis = start
    for _ in range(_STEPS):
        axis = centred.T @ (centred @ axis)
        axis = axis / (np.linalg.norm(axis) + 1e-12)
    return path, axis if axis @ start >= 0 else -axis


def _own_path(paths: Doubles, reference: Doubles) -> tuple[Doubles, float]:
    """(PHASES, D) median of the half of paths (R, PHASES, D) that are most alike, and how much it
    resembles the reference's."""
    count = max(1, int(np.ceil(_CORE * len(paths))))
    flat = _unit(paths)
    ranked = np.sort(flat @ flat.T, axis=1)[:, ::-1]
    mates = ranked[:, 1 : count + 1].mean(axis=1) if len(paths) > 2 else np.ones(len(paths))
    score = mates + correlations(paths, reference)
    core = np.argsort(-score, kind="stable")[:count]
    own = np.median(paths[core], axis=0)
    own = own - own.mean(axis=0)
    return own, float(correlations(own[None], reference)[0])


def courses(poses: Doubles, times: Doubles, found: list[Swing]) -> Doubles:
    """(R, PHASES, D) of poses along each swing, around their mean."""
    if not found:
        return np.zeros((0, 1, poses.shape[1]))
    paths = np.stack([course(poses, times, *(float(times[i]) for i in one[:3])) for one in found])
    return np.asarray(paths - paths.mean(axis=1, keepdims=True))


def correlations(paths: Doubles, other: Doubles) -> Doubles:
    """(R,) of paths (R, PHASES, D) with one path, all around their means."""
    if not len(paths):
        return np.zeros(0)
    return np.asarray(_unit(paths) @ _unit(other[None])[0])


def _unit(paths: Doubles) -> Doubles:
    flat = paths.reshape(len(paths), -1)
    return np.asarray(flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-9))


def smooth(signal: Doubles) -> Doubles:
    """Mean of three."""
    padded = np.pad(signal, 1, mode="edge")
    return np.asarray((padded[:-2] + padded[1:-1] + padded[2:]) / 3)


def swings(signal: Doubles, least: float) -> list[Swing]:
    """Movements up and down again by at least `least`, at the ends by _SIDE of it."""
    edges = extremes(signal, least)
    found = []
    for j, (turn, is_high) in enumerate(edges):
        if not is_high:
            continue
        before = edges[j - 1][0] if j else last_lowest(signal[: turn + 1])
        after = edges[j + 1][0] if j + 1 < len(edges) else turn + int(signal[turn:].argmin())
        one = _trimmed(signal, before, turn, after)
        if min(one.rise, one.fall) >= _SIDE * least:
            found.append(one)
    return found


def extremes(signal: Doubles, least: float) -> list[tuple[int, bool]]:
    """Highs (True) and lows in turn, each at least `least` from the next: hysteresis."""
    found: list[tuple[int, bool]] = []
    low = high = 0
    rising: bool | None = None
    for i, value in enumerate(signal):
        if value > signal[high]:
            high = i
        if value < signal[low]:
            low = i
        if rising is not False and signal[high] - value >= least:
            found.append((high, True))
            rising, low = False, i
        elif rising is not True and value - signal[low] >= least:
            found.append((low, False))
            rising, high = True, i
    return found


def last_lowest(signal: Doubles) -> int:
    return len(signal) - 1 - int(signal[::-1].argmin())


def _trimmed(signal: Doubles, before: int, turn: int, after: int) -> Swing:
    """Without the rest before it begins to rise, and after it has come back."""
    rise, fall = float(signal[turn] - signal[before]), float(signal[turn] - signal[after])
    resting = signal[before : turn + 1] <= signal[before] + _EDGE * rise
    start = before + int(np.flatnonzero(resting)[-1])
    back = signal[turn : after + 1] <= signal[after] + _EDGE * fall
    end = turn + int(np.flatnonzero(back)[0])
    return Swing(start, turn, end, rise, fall)


def _short(
    signal: Doubles,
    times: Doubles,
    poses: Doubles,
    own: Doubles,
    counted: list[tuple[Swing, float]],
    least: float,
) -> list[Swing]:
    """Smaller swings of the same kind, beside those that count."""
    free = [
        one
        for one in swings(signal, _NOTABLE * least)
        if all(one.end <= other.start or one.start >= other.end for other, _ in counted)
    ]
    alike = correlations(courses(poses, times, free), own)
    return [one for one, r in zip(free, alike, strict=True) if r >= _SURELY_ALIKE]


def _judged(
    found: Found, sequence: Sequence, source: Track, template: Template, is_open: bool
) -> tuple[list[Rep], list[Attempt]]:
    spec = _spec(template)
    reps: list[Rep] = []
    attempts: list[Attempt] = []
    for one, alike in found.counted:
        span = Counted(float(found.times[one.start]), float(found.times[one.end]), alike)
        reason = _fault(span, source)
        if reason is None:
            reps.append(described.rep(span, sequence, source, spec))
        else:
            attempts.append(Attempt(round(1000 * span.start_s), round(1000 * span.end_s), reason))
    needed_deg = least_range_deg(sequence, template, reps)
    small = [rep for rep in reps if rep.rom_deg is not None and rep.rom_deg < needed_deg]
    reps = [rep for rep in reps if rep not in small]
    attempts += [
        Attempt(rep.start_ms, rep.end_ms, "too_small", rep.rom_deg, round(needed_deg, 1))
        for rep in small
    ]
    for one in found.short:
        start_ms, end_ms = (round(1000 * float(found.times[i])) for i in (one.start, one.end))
        if not is_open or one.end + 1 < len(found.times):
            short = Attempt(start_ms, end_ms, "too_small")
            attempts.append(described.in_degrees(short, reps, sequence, spec))
    return reps, sorted(attempts, key=lambda attempt: attempt.start_ms)


def least_range_deg(sequence: Sequence, template: Template, reps: list[Rep]) -> float:
    """Below which a movement of the main joint is too small, in degrees; 0 where nothing is known.

    A share of the reference's range. Seen from elsewhere angles look smaller, so then the set's own
    range has a say: half of what this person's usual repetition shows.
    """
    ranges = [rep.rom_deg for rep in reps if rep.rom_deg is not None]
    if not template.joints or not ranges:
        return 0.0
    asked = template.joints[0].range_deg
    turned = abs(facing(sequence) - template.facing) > _SAME_VIEW
    usual = max(_LEAST_TURNED * asked, min(asked, float(np.median(ranges))))
    return LEAST_SHARE * (usual if turned else asked)


def _spec(template: Template) -> ExerciseSpec:
    names = tuple(joint.name for joint in template.joints)
    return ExerciseSpec("own", "", "", names, opens=template.opens)


def _fault(span: Counted, source: Track) -> AttemptReason | None:
    inside = (source.t_s >= span.start_s) & (source.t_s <= span.end_s)
    if not inside.any() or source.seen[inside].mean() < _MIN_SEEN:
        return "not_visible"
    return "too_fast" if span.end_s - span.start_s < _MIN_REP_S else None
