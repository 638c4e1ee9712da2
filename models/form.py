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
    shares = _shares(looks, reps)
    found = [
        one
        for look, share in zip(looks, shares, strict=True)
        for one in _judged(look, standard.faults, share)
    ]
    return (*found, *_of_the_set(looks, standard.faults))


def _judged(look: Look, faults: Listed[Fault], share: float | None = None) -> list[Finding]:
    found = []
    for fault in faults:
        if fault.shows_at(look.yaw):
            value = _value(look, fault, share)
            if value is not None and fault.severity(value) > 0:
                found.append(_finding(fault, value, look.rep, look.start_ms, look.end_ms))
    return sorted(found, key=lambda one: -one.severity)


def _value(look: Look, fault: Fault, share: float | None) -> float | None:
    if fault.measure == "lowering_s":
        return look.lowering_s
    if fault.measure == "share_of_range":
        return share
    if fault.measure == "tempo_spread":
        return None
    return measured(look, fault)


def _of_the_set(looks: Listed[Look], faults: Listed[Fault]) -> Iterator[Finding]:
    spread = _spread([look.end_ms - look.start_ms for look in looks])
    if spread is None:
        return
    for fault in faults:
        if fault.measure == "tempo_spread" and fault.severity(spread) > 0:
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


def _shares(looks: Listed[Look], reps: Listed[Rep]) -> list[float | None]:
    """Range of each repetition beside the usual one of this set: the greater share of two measures,
    for a repetition that is short is short in both, and a slip of the estimator in one."""
    by_driver = _beside_usual([look.reach or None for look in looks])
    by_joint = _beside_usual([rep.rom_deg for rep in reps])
    pairs = zip(by_driver, by_joint, strict=True)
    return [one if one is None or other is None else max(one, other) for one, other in pairs]


def _beside_usual(ranges: Listed[float | None]) -> list[float | None]:
    known = [one for one in ranges if one]
    usual = float(np.median(known)) if len(known) >= _LEAST_REPS else 0.0
    return [one / usual if one and usual else None for one in ranges]


def _spread(lengths_ms: Listed[int]) -> float | None:
    """Of durations, beside the median; None where there are too few."""
    if len(lengths_ms) <= _LEAST_REPS:
        return None
    low, middle, high = np.percentile(lengths_ms, (25, 50, 75))
    return float((high - low) / middle)


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
