"""From cycles in samples to repetitions in ms, and to attempts with why they did not count."""

from typing import Final

import numpy as np

from models.counting import Cycle
from models.features import MAX_GAP_MS, Floats, Track, angles
from models.results import Attempt, AttemptReason, Rep, Tempo
from models.sequence import Sequence
from models.tempo import Reading

_MIN_SEEN: Final = 0.5  # of a repetition's frames must show a body
_MIN_SIZE: Final = 0.35  # of the set's median movement
_MIN_MOVE: Final = 0.04  # mean distance of the moving half of the joints, in bounding boxes
_MIN_REP_MS: Final = 300


def judge(
    found: list[Cycle], reading: Reading, sequence: Sequence, source: Track
) -> tuple[list[Rep], list[Attempt]]:
    """Split cycles into repetitions and attempts."""
    spans = [_span(cycle, reading) for cycle in found]
    sizes = [_size(source, *span) for span in spans]
    whole = [size for cycle, size in zip(found, sizes, strict=True) if cycle.whole]
    usual = float(np.median(whole)) if whole else 0.0
    counted: list[Rep] = []
    attempts: list[Attempt] = []
    for cycle, span, size in zip(found, spans, sizes, strict=True):
        reason = _fault(cycle, span, size, usual, source)
        start_ms, end_ms = (round(1000 * t) for t in span)
        if reason is None:
            confidence = _confidence(reading, span)
            counted.append(_rep(start_ms, end_ms, confidence, sequence, source))
        else:
            attempts.append(Attempt(start_ms, end_ms, reason))
    return counted, attempts


def _span(cycle: Cycle, reading: Reading) -> tuple[float, float]:
    """Start and end in s; sample i spans half a sample to both sides of its time."""
    first = reading.times[0] - 0.5 / reading.rate_hz
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
    """How far the more mobile half of the joints gets from where they started."""
    pose = _poses(source, start_s, end_s)
    if len(pose) < 2:
        return 0.0
    reach = np.ptp(pose.reshape(len(pose), -1, 2), axis=0)
    return float(np.sort(np.hypot(*reach.T))[-8:].mean())


def _poses(source: Track, start_s: float, end_s: float) -> Floats:
    first, last = np.searchsorted(source.t_s, (start_s, end_s))
    return source.unit[first:last]


def _confidence(reading: Reading, span: tuple[float, float]) -> float:
    inside = (reading.times >= span[0]) & (reading.times < span[1])
    return float(reading.certainty[inside].mean()) if inside.any() else 0.0


def _rep(start_ms: int, end_ms: int, confidence: float, sequence: Sequence, source: Track) -> Rep:
    first, last = np.searchsorted(sequence.t_ms, (start_ms, end_ms))
    poses = source.unit[first:last]
    away = np.linalg.norm(poses - poses[:1], axis=1)
    turn = first + int(away.argmax())
    turn_ms = int(sequence.t_ms[turn])
    still = away > 0.9 * away.max()
    pause_s = float(still.mean()) * (end_ms - start_ms) / 1000
    down_s = max(0.0, (turn_ms - start_ms) / 1000 - pause_s / 2)
    up_s = max(0.0, (end_ms - turn_ms) / 1000 - pause_s / 2)
    tempo = Tempo(round(down_s, 3), round(pause_s, 3), round(up_s, 3))
    rom_deg = None
    if sequence.aspect is not None:
        swing = angles(source.points[first:last], sequence.aspect)
        rom_deg = round(float(max(np.ptp(angle) for angle in swing.values())), 1)
    return Rep(start_ms, turn_ms, end_ms, round(confidence, 3), rom_deg, tempo)
