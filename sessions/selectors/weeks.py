from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.models import User
from sessions.arithmetic.regularity import Streak, TrainingWeek, monday, streak, training_weeks
from sessions.models import WorkoutSet

WEEKS: Final = 12  # shown


@dataclass(frozen=True, slots=True)
class Consistency:
    """Weeks against today's weekly goal, the oldest first, the last one still under way."""

    goal: int
    weeks: list[TrainingWeek]
    streak: Streak


def workouts_by_week(*, actor: User) -> Counter[date]:
    """Workouts by the Monday of their week. A workout without a set does not count."""
    own = WorkoutSet.objects.alive().filter(workout__athlete=actor)
    workouts = own.order_by().values_list("workout_id", "workout__day").distinct()
    return Counter(monday(day) for _, day in workouts)


def consistency(*, actor: User, today: date) -> Consistency:
    done, goal, this_week = workouts_by_week(actor=actor), actor.weekly_goal, monday(today)
    return Consistency(
        goal=goal,
        weeks=training_weeks(done, goal, this_week, WEEKS),
        streak=streak(done, goal, this_week),
    )
