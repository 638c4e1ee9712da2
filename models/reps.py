"""From cycles in samples to repetitions in ms, and to attempts with why they did not count."""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models import stillness
from models.counting import Cycle
from models.features import Floats, Track, inputs
from models.results import Attempt, AttemptReason, Rep, Tempo
from models.sequence import Sequence
from models.swing import Joints, range_deg, sides_deg, swing_deg
from models.tempo import Count, Reading

_MIN_SEEN: Final = 0.3  # of a repetition's frames must show a body
_MAX_BLIND_S: Final = 1.5  # without anybody, within a repetition
_MIN_SIZE: Final = 0.25  # of the set's median movement
_MIN_REP_MS: Final = 250
# Confidence that the surest repetition of a run must have: little where repetitions resemble one
# another, much where they are nothing like each other.
_MIN_SURE: Final = 0.4
_MIN_SURE_ALIKE: Final = 0.2
_MIN_SURE_UNLIKE: Final = 0.7
_ALIKE: Final = 0.2
_UNLIKE: Final = -0.6
_RUN_GAP_S: Final = 0.1
_LATE: Final = 0.15  # of a repetition
_AT_TURN: Final = 0.85  # of the way is at the turn, for the pause there
_SHORT: Final[tuple[AttemptReason, ...]] = ("incomplete", "too_small")  # degrees say by how much


class Counted(NamedTuple):
    """A span of time, in s, that counts as a repetition, and how sure its phase was."""

    start_s: float
    end_s: float
    confidence: float


def agree(
    counts: list[Count],
    sequence: Sequence,
    source: Track,
    joints: Joints,
    strictness: float = 1.0,
) -> tuple[list[Rep], list[Attempt]]:
    """What most rates agree on: of the judged counts the middle one, the lower of two.

    joints: those whose angles drive the movement, the main one first. strictness: of the certainty
    that is asked of repetitions.
    """
    judged = sorted(
        (judge(count, source, strictness) for count in counts), key=lambda found: len(found[0])
    )
    counted, attempts = judged[(len(judged) - 1) // 2] if judged else ([], [])
    # Turn and tempo belong to the movement itself, so they are measured before the span is moved.
    described = [_rep(one, sequence, source, joints) for one in counted]
    reps = [
        replace(
            rep,
            start_ms=min(round(1000 * later.start_s), rep.turn_ms),
            end_ms=max(round(1000 * later.end_s), rep.turn_ms),
        )
        for rep, later in zip(described, _later(counted, source), strict=True)
    ]
    return reps, [_in_degrees(one, reps, sequence, joints) for one in attempts]


def since_first(counted: list[Rep], attempts: list[Attempt]) -> list[Attempt]:
    """Without incomplete ones before the first repetition: that was getting into position."""
    begun_ms = counted[0].start_ms if counted else np.inf
    return [one for one in attempts if one.reason != "incomplete" or one.start_ms > begun_ms]


def _in_degrees(attempt: Attempt, reps: list[Rep], sequence: Sequence, joints: Joints) -> Attempt:
    """How far it went and how far this person's repetitions go; nothing where it went as far."""
    ranges = [rep.rom_deg for rep in reps if rep.rom_deg is not None]
    if attempt.reason not in _SHORT or not ranges:
        return attempt
    within = slice(*np.searchsorted(sequence.t_ms, (attempt.start_ms, attempt.end_ms)))
    swing = swing_deg(sequence, within, joints)
    needed = round(float(np.median(ranges)), 1)
    if swing is None or range_deg(swing) >= needed:
        return attempt
    return replace(attempt, rom_deg=round(range_deg(swing), 1), needed_deg=needed)


def _later(counted: list[Counted], source: Track) -> list[Counted]:
    """Spans as people mark them: the network's activity begins before they see a movement begin."""
    if not counted:
        return []
    late_s = _LATE * float(np.median([one.end_s - one.start_s for one in counted]))
    last_s = float(source.t_s[-1])
    return [
        Counted(one.start_s + late_s, min(one.end_s + late_s, last_s), one.confidence)
        for one in counted
    ]


def judge(
    count: Count, source: Track, strictness: float = 1.0
) -> tuple[list[Counted], list[Attempt]]:
    """Split cycles into what counts and attempts."""
    reading = count.reading
    spans = [_span(cycle, reading) for cycle in count.cycles]
    sizes = [_size(source, *span) for span in spans]
    whole = [size for cycle, size in zip(count.cycles, sizes, strict=True) if cycle.whole]
    usual = float(np.median(whole)) if whole else 0.0
    counted: list[Counted] = []
    attempts: list[Attempt] = []
    for cycle, span, size in zip(count.cycles, spans, sizes, strict=True):
        reason = _fault(cycle, span, size, usual, source)
        if reason is None:
            counted.append(Counted(*span, _confidence(reading, span)))
        else:
            attempts.append(Attempt(round(1000 * span[0]), round(1000 * span[1]), reason))
    return _sure(counted, strictness * _least_sure(count.alike)), attempts


def _confidence(reading: Reading, span: tuple[float, float]) -> float:
    inside = (reading.times >= span[0]) & (reading.times < span[1])
    return float(reading.certainty[inside].mean()) if inside.any() else 0.0


def _least_sure(alike: float) -> float:
    if alike > _ALIKE:
        return _MIN_SURE_ALIKE
    return _MIN_SURE if alike > _UNLIKE else _MIN_SURE_UNLIKE


def _sure(counted: list[Counted], least: float) -> list[Counted]:
    """Without those of runs in which not one repetition was sure: that was walking, or standing."""
    kept: list[Counted] = []
    run: list[Counted] = []
    for i, one in enumerate(counted):
        run.append(one)
        last = i + 1 == len(counted)
        if last or counted[i + 1].start_s - one.end_s > _RUN_GAP_S:
            kept += run if max(member.confidence for member in run) >= least else []
            run = []
    return kept


def _span(cycle: Cycle, reading: Reading) -> tuple[float, float]:
    """Start and end in s; sample i spans half a sample to both sides of its time."""
    return _moment(cycle.start, reading), _moment(cycle.end, reading)


def _moment(sample: float, reading: Reading) -> float:
    """Seconds at a fractional sample; before the first and after the last it runs on."""
    middle = sample - 0.5
    inner = min(max(middle, 0.0), len(reading.times) - 1.0)
    known = float(np.interp(inner, np.arange(len(reading.times)), reading.times))
    return known + (middle - inner) / reading.rate_hz


def _fault(
    cycle: Cycle, span: tuple[float, float], size: float, usual: float, source: Track
) -> AttemptReason | None:
    inside = (source.t_s >= span[0]) & (source.t_s < span[1])
    gaps = np.diff(source.t_s[inside & (source.seen > 0)], prepend=span[0], append=span[1])
    if not inside.any() or source.seen[inside].mean() < _MIN_SEEN or gaps.max() > _MAX_BLIND_S:
        return "not_visible"
    if not cycle.whole:
        return "incomplete"
    if size < max(stillness.MIN_MOVE, _MIN_SIZE * usual):
        return "too_small"
    if (span[1] - span[0]) * 1000 < _MIN_REP_MS:
        return "too_fast"
    return None


def _size(source: Track, start_s: float, end_s: float) -> float:
    """How far the more mobile half of the joints move, in bounding boxes."""
    first, last = np.searchsorted(source.t_s, (start_s, end_s))
    if last - first < 2:
        return 0.0
    return stillness.size(source.unit[first:last])


def _rep(counted: Counted, sequence: Sequence, source: Track, joints: Joints) -> Rep:
    """Start, turn and end. The turn is where the main joint is farthest from where it began,
    or the whole pose, where no angle can be taken."""
    start_s, end_s, confidence = counted
    within = slice(*np.searchsorted(source.t_s, (start_s, end_s)))
    t_s = source.t_s[within]
    swing = swing_deg(sequence, within, joints)
    poses = inputs(source.unit[within], source.seen[within]) if swing is None else swing[:, None]
    away = _away(poses)
    turn_s = float(t_s[away.argmax()])
    dwelling = t_s[away > _AT_TURN * away.max()]
    arrived, left = float(dwelling[0]), float(dwelling[-1])
    tempo = Tempo(
        *(round(max(0.0, s), 3) for s in (arrived - start_s, left - arrived, end_s - left))
    )
    start_ms, turn_ms, end_ms = (round(1000 * t) for t in (start_s, turn_s, end_s))
    rom_deg = None if swing is None else round(range_deg(swing), 1)
    sides = sides_deg(sequence, within, joints)
    return Rep(max(0, start_ms), turn_ms, end_ms, round(confidence, 3), rom_deg, tempo, *sides)


def _away(poses: Floats) -> NDArray[np.float64]:
    """(T,) how far each of (T, D) is from those at the ends, as a running mean over three."""
    edge = max(1, len(poses) // 10)
    ends = (poses[:edge].mean(axis=0) + poses[-edge:].mean(axis=0)) / 2
    far = np.linalg.norm(poses - ends, axis=1)
    return np.convolve(np.pad(far, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")
