"""Form findings: what was measured of how a set was done, beside what the standard asks for.

Reads a sequence and the repetitions that were found in it. What is not seen, or cannot be judged
from where the camera stands, is not said. Repetitions are counted by what is usual for a person and
coached by the standard; only `short_range` compares a person with oneself.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Listed
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np

from models.faults import STANDARDS, Fault
from models.features import MAX_GAP_MS, track
from models.form_looks import Look, body_of, look_at, measured
from models.holds import holding
from models.results import Rep
from models.sequence import Sequence

_LEAST_REPS: Final = 3  # to say what is usual for somebody
_STRETCH_MS: Final = 5_000  # of a hold, judged at once
_LEAST_HOLD_MS: Final = 1_000
_DIGITS: Final = {"deg": 1, "s": 2, "ratio": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, as it was measured.

    rep: index into the repetitions that were handed in; None where it is about the whole set or a
    hold. fault: a name of `form.json`. joint: the joint in question, without left or right, or
    "body". phase: "top", "bottom", "lowering" or "whole". measured, limit: in `unit`, which is
    deg, s or ratio; below 0 is below the line, or forward. severity: in [0, 1]. start_ms, end_ms:
    of the repetition, the set or the hold.
    """

    rep: int | None
    fault: str
    joint: str
    phase: str
    measured: float
    limit: float
    unit: str
    severity: float
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class _Usual:
    """reach: of this set's repetitions. spread: of their durations, beside the median."""

    reach: float | None
    spread: float | None


def assess(sequence: Sequence, exercise: str | None, reps: Listed[Rep] = ()) -> tuple[Finding, ...]:
    """Findings about a set, by repetition and within it worst first; those of the set come last.

    exercise: a catalogue slug; anything else has no standard and no findings. reps: those of
    `models.discriminator.analyze`, in order of time. A hold is found in the sequence itself.
    """
    standard = STANDARDS.get(exercise or "")
    body = body_of(sequence)
    if standard is None or body is None:
        return ()
    if standard.driver is None:
        spans = list(_stretches(sequence))
        looks = [look_at(body, standard, None, *span) for span in spans]
        return _merged([one for look in looks for one in _judged(look, standard.faults)])
    looks = [
        look_at(body, standard, index, rep.start_ms, rep.end_ms) for index, rep in enumerate(reps)
    ]
    usual = _usual(looks)
    found = [one for look in looks for one in _judged(look, standard.faults, usual)]
    return (*found, *_of_the_set(looks, standard.faults, usual))


def _judged(look: Look, faults: Listed[Fault], usual: _Usual | None = None) -> list[Finding]:
    found = []
    for fault in faults:
        if fault.shows_at(look.yaw):
            value = _value(look, fault, usual)
            if value is not None and fault.severity(value) > 0:
                found.append(_finding(fault, value, look.rep, look.start_ms, look.end_ms))
    return sorted(found, key=lambda one: -one.severity)


def _value(look: Look, fault: Fault, usual: _Usual | None) -> float | None:
    if fault.measure == "lowering_s":
        return look.lowering_s
    if fault.measure == "share_of_range":
        if usual is None or not usual.reach or not look.reach:
            return None
        return look.reach / usual.reach
    if fault.measure == "tempo_spread":
        return None
    return measured(look, fault)


def _of_the_set(looks: Listed[Look], faults: Listed[Fault], usual: _Usual) -> Iterator[Finding]:
    for fault in faults:
        spread = usual.spread if fault.measure == "tempo_spread" else None
        if spread is not None and fault.severity(spread) > 0:
            yield _finding(fault, spread, None, looks[0].start_ms, looks[-1].end_ms)


def _finding(fault: Fault, value: float, rep: int | None, start_ms: int, end_ms: int) -> Finding:
    return Finding(
        rep,
        fault.name,
        fault.joint,
        fault.phase,
        round(value, _DIGITS[fault.unit]),
        fault.limit,
        fault.unit,
        round(fault.severity(value), 3),
        start_ms,
        end_ms,
    )


def _usual(looks: Listed[Look]) -> _Usual:
    ranges = [look.reach for look in looks if look.reach]
    lengths = [look.end_ms - look.start_ms for look in looks]
    reach = float(np.median(ranges)) if len(ranges) >= _LEAST_REPS else None
    if len(lengths) <= _LEAST_REPS:
        return _Usual(reach, None)
    low, middle, high = np.percentile(lengths, (25, 50, 75))
    return _Usual(reach, float((high - low) / middle))


def _stretches(sequence: Sequence) -> Iterator[tuple[int, int]]:
    """Spans of a hold, no longer than can be judged at once."""
    held = sequence.t_ms[holding(track(sequence), sequence.aspect)]
    breaks = np.flatnonzero(np.diff(held) > MAX_GAP_MS) + 1
    for run in np.split(held, breaks):
        for start_ms in range(int(run[0]), int(run[-1]) + 1, _STRETCH_MS) if len(run) else ():
            end_ms = min(start_ms + _STRETCH_MS, int(run[-1]) + 1)
            if end_ms - start_ms >= _LEAST_HOLD_MS:
                yield start_ms, end_ms


def _merged(found: list[Finding]) -> tuple[Finding, ...]:
    """One finding where neighbouring stretches show the same fault: the worst, over all of it."""
    kept: list[Finding] = []
    by_fault = sorted(found, key=lambda one: (one.fault, one.start_ms))
    for _, same in groupby(by_fault, key=lambda one: one.fault):
        run: list[Finding] = []
        for one in same:
            if run and one.start_ms > run[-1].end_ms:
                kept.append(_worst(run))
                run = []
            run.append(one)
        kept.append(_worst(run))
    return tuple(sorted(kept, key=lambda one: (one.start_ms, -one.severity)))


def _worst(run: list[Finding]) -> Finding:
    worst = max(run, key=lambda one: one.severity)
    return replace(worst, start_ms=run[0].start_ms, end_ms=run[-1].end_ms)
