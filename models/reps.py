"""From cycles in samples to repetitions in ms, and to attempts with why they did not count."""

from typing import Final

import numpy as np

from models.counting import Cycle
from models.features import MAX_GAP_MS, MIN_SCORE, Track, angles
from models.results import Attempt, AttemptReason, Rep, Tempo
from models.sequence import Sequence
from models.skeleton import ANGLES
from models.tempo import Count, Reading

_MIN_SEEN: Final = 0.5  # of a repetition's frames must show a body
_MIN_SIZE: Final = 0.35  # of the set's median movement
_MIN_MOVE: Final = 0.04  # mean distance of the moving half of the joints, in bounding boxes
_MIN_REP_MS: Final = 250
_MIN_SURE: Final = 0.4  # confidence of the surest repetition of a run
_MIN_SURE_ALIKE: Final = 0.2  # where repetitions resemble one another by more than _ALIKE
_ALIKE: Final = 0.2
_RUN_GAP_MS: Final = 100
_MOBILE: Final = 8  # joints
_AT_TURN: Final = 0.9  # of the way is at the turn, for the pause there

Joints = tuple[str, ...]


def judge(
    count: Count, sequence: Sequence, source: Track, joints: Joints
) -> tuple[list[Rep], list[Attempt]]:
    """Split cycles into repetitions and attempts. joints: those whose angles drive the movement."""
    reading = count.reading
    spans = [_span(cycle, reading) for cycle in count.cycles]
    sizes = [_size(source, *span) for span in spans]
    whole = [size for cycle, size in zip(count.cycles, sizes, strict=True) if cycle.whole]
    usual = float(np.median(whole)) if whole else 0.0
    counted: list[Rep] = []
    attempts: list[Attempt] = []
    for cycle, span, size in zip(count.cycles, spans, sizes, strict=True):
        reason = _fault(cycle, span, size, usual, source)
        if reason is None:
            counted.append(_rep(span, reading, sequence, source, joints))
        else:
            attempts.append(Attempt(round(1000 * span[0]), round(1000 * span[1]), reason))
    return _sure(counted, _MIN_SURE_ALIKE if count.alike > _ALIKE else _MIN_SURE), attempts


def _sure(counted: list[Rep], least: float) -> list[Rep]:
    """Without those of runs in which not one repetition was sure: that was walking, or standing."""
    kept: list[Rep] = []
    run: list[Rep] = []
    for i, rep in enumerate(counted):
        run.append(rep)
        last = i + 1 == len(counted)
        if last or counted[i + 1].start_ms - rep.end_ms > _RUN_GAP_MS:
            kept += run if max(one.confidence for one in run) >= least else []
            run = []
    return kept


def _span(cycle: Cycle, reading: Reading) -> tuple[float, float]:
    """Start and end in s; sample i spans half a sample to both sides of its time."""
    first = float(reading.times[0]) - 0.5 / reading.rate_hz
    return first + cycle.start / reading.rate_hz, first + cycle.end / reading.rate_hz


def _fault(
    cycle: Cycle, span: tuple[float, float], size: float, usual: float, source: Track
) -> AttemptReason | None:
    inside = (source.t_s >= span[0]) & (source.t_s < span[1])
    gaps = np.diff(source.t_s[inside & (source.seen > 0)], prepend=span[0], append=span[1])
    if not inside.any() or source.seen[inside].mean() < _MIN_SEEN or gaps.max() * 1000 > MAX_GAP_MS:
        return "not_visible"
    if not cycle.whole:
        return "incomplete"
    if size < max(_MIN_MOVE, _MIN_SIZE * usual):
        return "too_small"
    if (span[1] - span[0]) * 1000 < _MIN_REP_MS:
        return "too_fast"
    return None


def _size(source: Track, start_s: float, end_s: float) -> float:
    """How far the more mobile half of the joints move, in bounding boxes."""
    first, last = np.searchsorted(source.t_s, (start_s, end_s))
    if last - first < 2:
        return 0.0
    reach = np.ptp(source.unit[first:last].reshape(last - first, -1, 2), axis=0)
    return float(np.sort(np.hypot(*reach.T))[-_MOBILE:].mean())


def _rep(
    span: tuple[float, float], reading: Reading, sequence: Sequence, source: Track, joints: Joints
) -> Rep:
    """Start, turn and end. The turn is where the pose is farthest from where it began."""
    within = slice(*np.searchsorted(source.t_s, span))
    t_s, poses = source.t_s[within], source.unit[within]
    away = np.linalg.norm(poses - (poses[0] + poses[-1]) / 2, axis=1)
    turn_s = float(t_s[away.argmax()])
    dwelling = t_s[away > _AT_TURN * away.max()]
    arrived, left = float(dwelling[0]), float(dwelling[-1])
    tempo = Tempo(
        *(round(max(0.0, s), 3) for s in (arrived - span[0], left - arrived, span[1] - left))
    )
    sure = (reading.times >= span[0]) & (reading.times < span[1])
    confidence = float(reading.certainty[sure].mean()) if sure.any() else 0.0
    start_ms, turn_ms, end_ms = (round(1000 * t) for t in (span[0], turn_s, span[1]))
    rom_deg = _rom_deg(sequence, within, joints)
    return Rep(max(0, start_ms), turn_ms, end_ms, round(confidence, 3), rom_deg, tempo)


def _rom_deg(sequence: Sequence, within: slice, joints: Joints) -> float | None:
    """Swing of the main joint, of the side that moves more; None where neither was seen.

    The 5th to the 95th percentile, so that one wrong frame makes no record.
    """
    if sequence.aspect is None or not joints:
        return None
    poses = sequence.poses[within]
    swing = angles(poses[:, :, :2], sequence.aspect)
    seen = poses[:, :, 2] >= MIN_SCORE
    ranges = []
    for side in ("left", "right"):
        name = f"{side}_{joints[0]}"
        clear = seen[:, ANGLES[name]].all(axis=1)
        if clear.mean() >= _MIN_SEEN:
            low, high = np.percentile(swing[name][clear], (5, 95))
            ranges.append(float(high - low))
    return round(max(ranges), 1) if ranges else None
