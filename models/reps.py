"""From cycles in samples to repetitions in ms, and to attempts with why they did not count."""

from dataclasses import replace
from typing import Final

import numpy as np

from models import described, stillness
from models.counting import Cycle
from models.described import Counted
from models.exercises import ExerciseSpec
from models.features import Track
from models.results import Attempt, AttemptReason, Rep
from models.sequence import Sequence
from models.tempo import Count, Reading

MIN_SEEN: Final = 0.3  # of a repetition's frames must show a body
MAX_BLIND_S: Final = 1.5  # without anybody, within a repetition
MIN_SIZE: Final = 0.25  # of the set's median movement
MIN_REP_MS: Final = 250
# Confidence that the surest repetition of a run must have: little where repetitions resemble one
# another, much where they are nothing like each other.
_MIN_SURE: Final = 0.4
_MIN_SURE_ALIKE: Final = 0.2
_MIN_SURE_UNLIKE: Final = 0.7
_ALIKE: Final = 0.2
_UNLIKE: Final = -0.6
_RUN_GAP_S: Final = 0.1
LATE: Final = 0.15  # of a repetition


def agree(
    counts: list[Count],
    sequence: Sequence,
    source: Track,
    spec: ExerciseSpec,
    strictness: float = 1.0,
) -> tuple[list[Rep], list[Attempt]]:
    """What most rates agree on: of the judged counts the middle one, the lower of two.

    spec: of the exercise, which says what drives it. strictness: of the certainty that is asked of
    repetitions.
    """
    counted, attempts = middle(counts, source, strictness)
    reps = told(counted, sequence, source, spec)
    return reps, [described.in_degrees(one, reps, sequence, spec) for one in attempts]


def middle(
    counts: list[Count], source: Track, strictness: float = 1.0
) -> tuple[list[Counted], list[Attempt]]:
    """Of the judged counts the middle one, the lower of two."""
    judged = sorted(
        (judge(count, source, strictness) for count in counts), key=lambda found: len(found[0])
    )
    return judged[(len(judged) - 1) // 2] if judged else ([], [])


def told(
    counted: list[Counted], sequence: Sequence, source: Track, spec: ExerciseSpec, skipped: int = 0
) -> list[Rep]:
    """Those after the skipped first ones, with turn, tempo and range."""
    # Tempo and range belong to the movement itself, so they are measured before the span is moved;
    # a turn before the moved span is that of the repetition before.
    moved = later(counted, float(source.t_s[-1]))[skipped:]
    found = [
        described.rep(one, sequence, source, spec, turns_from_s=after.start_s)
        for one, after in zip(counted[skipped:], moved, strict=True)
    ]
    return [
        replace(
            rep,
            start_ms=min(round(1000 * after.start_s), rep.turn_ms),
            end_ms=max(round(1000 * after.end_s), rep.turn_ms),
        )
        for rep, after in zip(found, moved, strict=True)
    ]


def spans(counted: list[Counted], source: Track) -> list[tuple[int, int]]:
    """Starts and ends, in ms, as `told` has them."""
    return [(round(1000 * a), round(1000 * b)) for a, b, _ in later(counted, float(source.t_s[-1]))]


def since_first(counted: list[Rep], attempts: list[Attempt]) -> list[Attempt]:
    """Without incomplete ones before the first repetition: that was getting into position."""
    begun_ms = counted[0].start_ms if counted else np.inf
    return [one for one in attempts if one.reason != "incomplete" or one.start_ms > begun_ms]


def later(counted: list[Counted], last_s: float) -> list[Counted]:
    """Spans as people mark them: the network's activity begins before they see a movement begin."""
    if not counted:
        return []
    late_s = LATE * float(np.median([one.end_s - one.start_s for one in counted]))
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
    return in_sure_runs(counted, strictness * least_sure(count.alike)), attempts


def _confidence(reading: Reading, span: tuple[float, float]) -> float:
    inside = (reading.times >= span[0]) & (reading.times < span[1])
    return float(reading.certainty[inside].mean()) if inside.any() else 0.0


def least_sure(alike: float) -> float:
    if alike > _ALIKE:
        return _MIN_SURE_ALIKE
    return _MIN_SURE if alike > _UNLIKE else _MIN_SURE_UNLIKE


def in_sure_runs(counted: list[Counted], least: float) -> list[Counted]:
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
    if not inside.any() or source.seen[inside].mean() < MIN_SEEN or gaps.max() > MAX_BLIND_S:
        return "not_visible"
    if not cycle.whole:
        return "incomplete"
    if size < max(stillness.MIN_MOVE, MIN_SIZE * usual):
        return "too_small"
    if (span[1] - span[0]) * 1000 < MIN_REP_MS:
        return "too_fast"
    return None


def _size(source: Track, start_s: float, end_s: float) -> float:
    """How far the more mobile half of the joints move, in bounding boxes."""
    first, last = np.searchsorted(source.t_s, (start_s, end_s))
    if last - first < 2:
        return 0.0
    return stillness.size(source.unit[first:last])
