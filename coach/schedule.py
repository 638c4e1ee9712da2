"""Which days a plan falls on: pure functions."""

from collections.abc import Collection
from datetime import date, timedelta

from coach.progression import Target

SECONDS_PER_REP = 3.5
OPEN_SET_S = 40  # a set without a number
SETTLING_S = 15  # getting into place for a set


def days_of(starts_on: date, weekdays: Collection[int], count: int) -> list[date]:
    """The first count days from starts_on that fall on these weekdays (0 Monday … 6)."""
    if not weekdays:
        raise ValueError("A plan needs at least one day of the week.")
    days: list[date] = []
    day = starts_on
    while len(days) < count:
        if day.weekday() in weekdays:
            days.append(day)
        day += timedelta(days=1)
    return days


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def minutes_of(items: Collection[tuple[Target, int, str]]) -> int:
    """About how long a workout takes; items: target, rest in s, tempo as "3-1-1" or empty."""
    seconds = sum(
        target.sets * (_set_s(target, tempo) + SETTLING_S + rest_s)
        for target, rest_s, tempo in items
    )
    return max(5, 5 * round(seconds / 300))


def _set_s(target: Target, tempo: str) -> float:
    if target.hold_s:
        return target.hold_s
    rep_s = sum(map(int, tempo.split("-"))) if tempo else SECONDS_PER_REP
    return target.reps * rep_s if target.reps else OPEN_SET_S
