from collections import Counter
from datetime import date

from accounts.models import User
from sessions.arithmetic.regularity import monday
from sessions.models import WorkoutSet


def workouts_by_week(*, actor: User) -> Counter[date]:
    """Workouts by the Monday of their week. A workout without a set does not count."""
    own = WorkoutSet.objects.alive().filter(workout__athlete=actor)
    workouts = own.order_by().values_list("workout_id", "workout__day").distinct()
    return Counter(monday(day) for _, day in workouts)
