"""Weeks that reached the weekly goal. A week is known by its Monday."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Streak:
    """weeks: in a row up to now. best_weeks: the longest row there ever was, this one included."""

    weeks: int
    best_weeks: int


@dataclass(frozen=True, slots=True)
class TrainingWeek:
    start: date
    workouts: int
    reached: bool


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def streak(workouts: Mapping[date, int], goal: int, this_week: date) -> Streak:
    """Of workouts by week. The week under way joins once it has reached the goal, and does not
    break a row before that."""
    last = this_week if workouts.get(this_week, 0) >= goal else this_week - WEEK
    longest = run = 0
    current = min(workouts, default=last + WEEK)
    while current <= last:
        run = run + 1 if workouts.get(current, 0) >= goal else 0
        longest = max(longest, run)
        current += WEEK
    return Streak(weeks=run, best_weeks=longest)


def training_weeks(
    workouts: Mapping[date, int], goal: int, this_week: date, most: int
) -> list[TrainingWeek]:
    """Each week up to this one, the oldest first: as many as asked for, none before the first."""
    first = max(min(workouts, default=this_week), this_week - (most - 1) * WEEK)
    count = (this_week - first) // WEEK + 1
    starts = [first + nth * WEEK for nth in range(count)]
    return [
        TrainingWeek(start, workouts.get(start, 0), workouts.get(start, 0) >= goal)
        for start in starts
    ]
