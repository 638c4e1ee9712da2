"""The week at a glance: what was planned and done on each of its seven days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coach.compliance import bucket
from coach.facts import PlannedFact
from coach.models import Scope
from coach.schedule import monday_of
from coach.states import PlannedState


@dataclass(frozen=True, slots=True)
class Day:
    """planned: workouts that were asked for, without those skipped in words; done: of these.
    trained: workouts in all. percent: of those done or missed, None while nothing is over."""

    day: date
    planned: int = 0
    done: int = 0
    trained: int = 0
    percent: int | None = None

    def told(self) -> dict[str, Any]:
        """As it is stored: ready for JSON."""
        return {
            "day": self.day.isoformat(), "planned": self.planned, "done": self.done,
            "trained": self.trained, "percent": self.percent,
        }  # fmt: skip


def week_of(today: date, planned: Iterable[PlannedFact], trained: Mapping[date, int]) -> list[Day]:
    """Monday first. trained: workouts by day."""
    by_day: dict[date, list[PlannedFact]] = {}
    for one in planned:
        if one.state is not PlannedState.SKIPPED:
            by_day.setdefault(one.day, []).append(one)
    days = (monday_of(today) + timedelta(days=nth) for nth in range(7))
    return [_day(day, by_day.get(day, []), trained.get(day, 0)) for day in days]


def _day(day: date, asked: Sequence[PlannedFact], trained: int) -> Day:
    return Day(
        day=day,
        planned=len(asked),
        done=sum(one.state is PlannedState.DONE for one in asked),
        trained=trained,
        percent=mean_percent(asked),
    )


def mean_percent(asked: Iterable[PlannedFact]) -> int | None:
    """Of what is done or missed."""
    over = [one.percent for one in asked if one.percent is not None]
    return round(sum(over) / len(over)) if over else None


def for_reader(cell: Mapping[str, Any], scopes: Sequence[str]) -> dict[str, Any]:
    """A stored day with what is granted of it: what was asked with the plan, what was trained
    besides with the results; and its colour."""
    sees_plan, sees_results = Scope.PLAN in scopes, Scope.RESULTS in scopes
    percent = cell["percent"] if sees_plan else None
    return {
        "day": cell["day"],
        "planned": cell["planned"] if sees_plan else None,
        "done": cell["done"] if sees_plan else None,
        "trained": cell["trained"] if sees_results else None,
        "percent": percent,
        "bucket": None if percent is None else bucket(percent),
    }
