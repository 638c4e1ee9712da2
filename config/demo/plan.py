"""A plan in its fourth week, and the workouts of the history that were done for it."""

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from coach.models import PlannedWorkout
from coach.schedule import monday_of
from coach.services.planned import planned_begin, planned_change
from coach.services.plans import plan_start
from coach.services.programmes import programme_put
from config.demo.history import TRAINING_WEEKDAYS
from sessions.selectors.trends import local_day

WEEKS: Final = 8
WEEKS_DONE: Final = 4

DAYS: Final[list[dict[str, Any]]] = [
    {
        "title": "Squats and push-ups",
        "items": [
            {"exercise": "squat", "sets": 3, "reps": 10, "rest_s": 75, "rule": "add_rep"},
            {"exercise": "push_up", "sets": 3, "reps": 7, "rest_s": 90, "rule": "add_rep"},
            {"exercise": "plank", "sets": 2, "hold_s": 35, "rest_s": 60, "rule": "add_hold"},
        ],
    },
    {
        "title": "Lunges and arms",
        "items": [
            {"exercise": "lunge", "sets": 3, "reps": 10, "rest_s": 75, "rule": "add_rep"},
            {
                "exercise": "shoulder_press", "sets": 3, "reps": 9, "load_kg": 10.0, "rest_s": 90,
                "tempo": "2-0-1", "rule": "double", "ceiling": 12,
            },
            {
                "exercise": "bicep_curl", "sets": 3, "reps": 10, "load_kg": 6.0, "rest_s": 60,
                "rule": "add_load",
            },
        ],
    },
]  # fmt: skip


def plan_load(*, athlete: User) -> None:
    """Needs the history. What was missed there is missed here; the first of it is skipped."""
    now = timezone.now()
    today = local_day(athlete, now)
    programme = programme_put(
        author=athlete, programme_id=uuid4(), title="Four days a week", weeks=WEEKS, days=DAYS
    )
    plan = plan_start(
        athlete=athlete,
        plan_id=uuid4(),
        programme=programme.id,
        starts_on=monday_of(today) - timedelta(weeks=WEEKS_DONE),
        weekdays=TRAINING_WEEKDAYS,
        weeks=WEEKS,
        at=None,
        now=now,
    )
    done = {workout.day: workout for workout in athlete.workouts.all()}
    for row in plan.planned.filter(day__lt=today).order_by("index"):
        if workout := done.get(row.day):
            planned_begin(athlete=athlete, planned_id=row.id, workout_id=workout.id)
    missed = PlannedWorkout.objects.filter(plan=plan, day__lt=today, workout=None).first()
    if missed is not None:
        planned_change(athlete=athlete, planned_id=missed.id, now=now, skipped=True)
