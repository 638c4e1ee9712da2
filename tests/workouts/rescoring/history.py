"""A stretch of history, and what is asked of it."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from models.registry import read_card
from sessions.models import ModelVersion, Rescore, WorkoutSet
from sessions.services.rescores import (
    rescore_order,
)
from tests.workouts.builders import START, Athlete, squats

SHIPPED = read_card().version
OTHER = "0.9-confused"


def train(athlete: Athlete, days: int = 0, exercise: str | None = None) -> WorkoutSet:
    at = START + timedelta(days=days)
    set_id = athlete.start_set(athlete.start_workout(at), exercise, at)
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    return WorkoutSet.objects.get(id=set_id)


def order(version: ModelVersion, by: User, **more: Any) -> Rescore:
    days = {"since": START.date(), "until": START.date() + timedelta(days=9)}
    return rescore_order(version=version, by=by, **{**days, **more})


def result_of(row: WorkoutSet) -> dict[str, Any]:
    """All that an athlete sees of a set."""
    row.refresh_from_db()
    columns = ("rep_count", "exercise", "final_exercise", "final_rep_count", "model_version",
               "confidence", "visible", "active_s", "rom_deg", "attempt_count")  # fmt: skip
    reps = row.reps.values_list("index", "start_ms", "turn_ms", "end_ms", "rom_deg", "down_s")
    found = row.findings.order_by("start_ms", "fault").values_list(
        "fault", "rep__index", "measured"
    )
    return {**{name: getattr(row, name) for name in columns}, "reps": list(reps), "f": list(found)}
