"""Which days a plan falls on: pure functions."""

from collections.abc import Collection, Sequence
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


def laid_out(
    weeks_of: Sequence[int], *, cycle_weeks: int, a_week: int, weeks: int
) -> list[tuple[int, int]]:
    """Which day of a programme falls on which of the chosen days, as (place, day), both from 0.

    weeks_of: the programme's week of each of its days. a_week: days chosen a week. The days of a
    cycle of one week take turns. A longer cycle keeps its weeks, and goes on in the next week
    where it has more days than were chosen: nothing is left out, it takes longer.
    """
    if cycle_weeks == 1:
        return [(place, place % len(weeks_of)) for place in range(weeks * a_week)]
    pages: list[list[int]] = []
    for week in range(cycle_weeks):
        own = [day for day, its_week in enumerate(weeks_of) if its_week == week]
        pages += [own[at : at + a_week] for at in range(0, len(own), a_week)] or [[]]
    return [
        (week * a_week + at, day)
        for week in range(weeks)
        for at, day in enumerate(pages[week % len(pages)])
    ]


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
