"""Where an admin who is also somebody's coach may see a set again."""

from accounts.models import User
from coach.models import Scope
from coach.selectors.links import scopes_granted
from sessions.models import WorkoutSet


def replay_address(actor: User, workout_set: WorkoutSet) -> str | None:
    """The coach's own page of the set: there the look is logged, as every look is."""
    athlete_id = workout_set.workout.athlete_id
    if Scope.REPLAY not in scopes_granted(coach=actor, athlete_id=athlete_id):
        return None
    return f"/coach/athletes/{athlete_id}/workouts/{workout_set.workout_id}/sets/{workout_set.pk}"
