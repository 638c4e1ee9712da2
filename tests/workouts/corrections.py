"""Saying something about a set, and taking it back."""

from typing import Any
from uuid import UUID, uuid4

from sessions.models import WorkoutSet
from tests.workouts.builders import Athlete


def say(athlete: Athlete, row: WorkoutSet, correction: UUID | None = None, **said: Any) -> Any:
    return athlete.call("PUT", f"sets/{row.id}/corrections/{correction or uuid4()}", said)


def undo(athlete: Athlete, row: WorkoutSet, correction: UUID) -> Any:
    return athlete.call("DELETE", f"sets/{row.id}/corrections/{correction}")
