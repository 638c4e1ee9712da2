"""Two requests at one workout, on real PostgreSQL."""

import threading
from uuid import UUID

import pytest

from accounts.models import User
from coach.models import PlannedWorkout
from coach.services.planned import planned_begin
from sessions.errors import Conflict
from tests.coach.builders import MONDAY, a_plan, a_workout, planned_rows, squats
from tests.workouts.test_concurrency import at_once

pytestmark = pytest.mark.engines


@pytest.mark.usefixtures("on_postgres")
def test_a_workout_sent_for_four_plans_at_once_is_of_one() -> None:
    ada = User.objects.create_user("ada@example.org")
    firsts = [planned_rows(a_plan(ada))[0].id for _ in range(4)]
    workout = a_workout(ada, MONDAY, *squats(8, 8, 8))
    together, left = threading.Barrier(4), iter(firsts)

    def begin() -> UUID | None:
        planned_id = next(left)
        together.wait(20)
        try:
            planned_begin(athlete=ada, planned_id=planned_id, workout_id=workout.id)
        except Conflict:
            return None
        return planned_id

    [linked] = [one for one in at_once(4, begin) if one is not None]
    assert PlannedWorkout.objects.get(workout=workout).id == linked
