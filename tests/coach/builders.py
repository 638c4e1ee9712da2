"""Programmes, plans and the workouts that are done for them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from coach.models import Plan, PlannedWorkout
from coach.services.planned import planned_begin
from coach.services.plans import plan_start
from coach.services.programmes import programme_put
from sessions.models import WorkoutSession, WorkoutSet

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

SQUATS: dict[str, Any] = {"exercise": "squat", "sets": 3, "reps": 8, "rule": "add_rep"}
PLANK: dict[str, Any] = {"exercise": "plank", "sets": 2, "hold_s": 30, "rule": "add_hold"}
PRESS: dict[str, Any] = {
    "exercise": "shoulder_press", "sets": 2, "reps": 8, "load_kg": 10.0, "rule": "add_load",
}  # fmt: skip


def a_programme(author: User, *days: list[dict[str, Any]], weeks: int = 4) -> UUID:
    programme_id = uuid4()
    programme_put(
        author=author,
        programme_id=programme_id,
        title="Mine",
        weeks=weeks,
        days=[{"title": f"Day {i + 1}", "items": items} for i, items in enumerate(days)],
    )
    return programme_id


def a_plan(
    athlete: User,
    *days: list[dict[str, Any]],
    weekdays: tuple[int, ...] = (0, 3),
    weeks: int = 2,
    starts_on: date = MONDAY,
    at: time | None = None,
    now: datetime = NOW,
) -> Plan:
    """Of a programme of the athlete's own; squats alone when no days are given."""
    return plan_start(
        athlete=athlete,
        plan_id=uuid4(),
        programme=a_programme(athlete, *(days or ([SQUATS],))),
        starts_on=starts_on,
        weekdays=weekdays,
        weeks=weeks,
        at=at,
        now=now,
    )


def planned_rows(plan: Plan) -> list[PlannedWorkout]:
    return list(plan.planned.order_by("index"))


def a_workout(athlete: User, day: date, *sets: tuple[str, dict[str, Any]]) -> WorkoutSession:
    """A finished workout; sets: exercise, and columns of the set such as final_rep_count."""
    start = datetime.combine(day, time(18), UTC)
    workout = WorkoutSession.objects.create(
        athlete=athlete, started_at=start, time_zone="UTC", day=day,
        ended_at=start + timedelta(minutes=30),
    )  # fmt: skip
    for index, (exercise, columns) in enumerate(sets):
        WorkoutSet.objects.create(
            workout=workout, index=index, source="camera", started_at=start, clip_count=0,
            ended_at=start + timedelta(minutes=index + 1), final_exercise=exercise, **columns,
        )  # fmt: skip
    return workout


def squats(*reps: int, **columns: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("squat", {"final_rep_count": count, **columns}) for count in reps]


def do(row: PlannedWorkout, *sets: tuple[str, dict[str, Any]], day: date | None = None) -> None:
    """Does the planned workout, on its day."""
    workout = a_workout(row.plan.athlete, day or row.day, *sets)
    planned_begin(athlete=row.plan.athlete, planned_id=row.id, workout_id=workout.id)
