"""Done against asked, in percent: pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from coach.progression import DoneSet, Target

Set = TypeVar("Set")

KEPT_PERCENT: Final = 50  # from which a planned workout counts for the streak


class Bucket(StrEnum):
    """Green within 20 % of what was asked, yellow within 50 %, else red."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row, up to now and at their best, in which everything planned was done."""

    weeks: int
    best_weeks: int


def bucket(percent: int) -> Bucket:
    if 80 <= percent <= 120:
        return Bucket.GREEN
    if 50 <= percent <= 150:
        return Bucket.YELLOW
    return Bucket.RED


def item_percent(asked: Target, done: Sequence[DoneSet]) -> int:
    """Repetitions or seconds of all sets; where no number was asked for, sets."""
    if asked.reps:
        return _percent(sum(one.reps for one in done), asked.sets * asked.reps)
    if asked.hold_s:
        return _percent(sum(one.hold_s or 0 for one in done), asked.sets * asked.hold_s)
    return _percent(len(done), asked.sets)


def tempo_percent(asked: Sequence[float], done: Sequence[float]) -> int:
    """100 less what all phases together are off, in percent of the seconds asked for; at least 0.

    A slow way down is not made up for by a slow way up.
    """
    off_s = sum(abs(one - other) for one, other in zip(done, asked, strict=True))
    return max(0, 100 - _percent(off_s, sum(asked)))


def percent_of(done: float | None, asked: float | None) -> int | None:
    """None where nothing was asked for, or nothing is known."""
    return None if done is None or not asked else _percent(done, asked)


def workout_percent(items: Sequence[int]) -> int:
    """Mean of the items; more of one does not make up for less of another.

    So while any item lacks something, each counts 100 at most.
    """
    if min(items) < 100:
        items = [min(100, percent) for percent in items]
    return round(sum(items) / len(items))


def shared_out(
    wanted: Sequence[tuple[str, int]], sets: Iterable[tuple[str, Set]]
) -> list[list[Set]]:
    """The sets of each item, in order; wanted: exercise and number of sets of each item.

    Where two items ask for one exercise, the first is filled first; the last takes all the rest.
    """
    shares: list[list[Set]] = [[] for _ in wanted]
    for exercise, one in sets:
        fitting = [i for i, (slug, _) in enumerate(wanted) if slug == exercise]
        open_ = [i for i in fitting if len(shares[i]) < wanted[i][1]]
        if fitting:
            shares[(open_ or fitting[-1:])[0]].append(one)
    return shares


def streak(weeks: Iterable[bool | None]) -> Streak:
    """weeks: oldest first; whether all was done, None where nothing (or nothing yet) decides."""
    now = best = 0
    for kept in weeks:
        if kept is not None:
            now = now + 1 if kept else 0
            best = max(best, now)
    return Streak(now, best)


def _percent(done: float, asked: float) -> int:
    return round(100 * done / asked)
