"""What to ask for next time, and why: pure functions of what was asked and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from coach.models.prescriptions import Rule

REP_STEP: Final = 1
HOLD_STEP_S: Final = 5
LOAD_STEP_KG: Final = 2.5
EASY_RPE: Final = 8  # two repetitions left in reserve


class Reason(StrEnum):
    """Why the figures are what they are; a page puts it into words."""

    FIRST = "first"
    FIXED = "fixed"
    ALL_DONE = "all_done"
    NOT_ALL_DONE = "not_all_done"
    RPE_LOW = "rpe_low"
    RPE_HIGH = "rpe_high"
    RPE_MISSING = "rpe_missing"
    CEILING = "ceiling"
    NEXT_LOAD = "next_load"


@dataclass(frozen=True, slots=True)
class Target:
    """reps or hold_s of each set; both None: as many as go."""

    sets: int
    reps: int | None = None
    hold_s: int | None = None
    load_kg: float | None = None


@dataclass(frozen=True, slots=True)
class DoneSet:
    """load_kg: the weight that the athlete noted; None where nothing was noted, and is believed."""

    reps: int
    hold_s: float | None = None
    rpe: float | None = None
    load_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What the programme says: where it starts, the rule, and where the rule stops (or None)."""

    base: Target
    rule: Rule = Rule.NONE
    ceiling: float | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """step: by how much the figure that the rule moves has changed; repetitions, s or kg."""

    target: Target
    reason: Reason
    step: float = 0


def next_target(said: Prescribed, asked: Target | None, done: Sequence[DoneSet]) -> Next:
    """The target after one that was asked and what was done for it; asked is None at first."""
    if said.rule == Rule.NONE:
        return Next(said.base, Reason.FIXED)
    if asked is None:
        return Next(said.base, Reason.FIRST)
    if not all_done(asked, done):
        return Next(asked, Reason.NOT_ALL_DONE)
    match said.rule:
        case Rule.ADD_REP:
            return _more_reps(asked, said.ceiling)
        case Rule.ADD_HOLD:
            return _longer_hold(asked, said.ceiling)
        case Rule.ADD_LOAD:
            return _more_load(asked, done, said.ceiling)
        case _:
            return _double(said, asked)


def all_done(asked: Target, done: Sequence[DoneSet]) -> bool:
    """Whether as many sets as were asked for reached what was asked of each."""
    return sum(_reached(asked, one) for one in done) >= asked.sets


def _reached(asked: Target, one: DoneSet) -> bool:
    loaded = one.load_kg is None or one.load_kg >= (asked.load_kg or 0)
    return loaded and one.reps >= (asked.reps or 0) and (one.hold_s or 0) >= (asked.hold_s or 0)


def _more_reps(asked: Target, ceiling: float | None) -> Next:
    reps = (asked.reps or 0) + REP_STEP
    if ceiling is not None and reps > ceiling:
        return Next(asked, Reason.CEILING)
    return Next(replace(asked, reps=reps), Reason.ALL_DONE, REP_STEP)


def _longer_hold(asked: Target, ceiling: float | None) -> Next:
    hold_s = (asked.hold_s or 0) + HOLD_STEP_S
    if ceiling is not None and hold_s > ceiling:
        return Next(asked, Reason.CEILING)
    return Next(replace(asked, hold_s=hold_s), Reason.ALL_DONE, HOLD_STEP_S)


def _more_load(asked: Target, done: Sequence[DoneSet], ceiling: float | None) -> Next:
    """Needs the athlete's word on the effort: without it the weight stays."""
    felt = [one.rpe for one in done if one.rpe is not None]
    if not felt:
        return Next(asked, Reason.RPE_MISSING)
    if max(felt) > EASY_RPE:
        return Next(asked, Reason.RPE_HIGH)
    load_kg = (asked.load_kg or 0) + LOAD_STEP_KG
    if ceiling is not None and load_kg > ceiling:
        return Next(asked, Reason.CEILING)
    return Next(replace(asked, load_kg=load_kg), Reason.RPE_LOW, LOAD_STEP_KG)


def _double(said: Prescribed, asked: Target) -> Next:
    """Double progression: repetitions first, and from the top of the range on weight."""
    more = _more_reps(asked, said.ceiling)
    if more.reason is not Reason.CEILING:
        return more
    load_kg = (asked.load_kg or 0) + LOAD_STEP_KG
    return Next(
        replace(asked, reps=said.base.reps, load_kg=load_kg), Reason.NEXT_LOAD, LOAD_STEP_KG
    )
