"""What a coach says about an athlete's set: a correction that the athlete hears of."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.notifications import Kind, notify
from sessions.selectors.sets import own_set
from sessions.services.corrections import correction_put


@transaction.atomic
def coach_corrects(*, coach: User, athlete: User, set_id: UUID, **said: Any) -> None:
    """The caller knows that it was granted. said: see `correction_put`, which raises."""
    is_new = correction_put(author=coach, athlete=athlete, set_id=set_id, **said)
    if is_new:
        workout_set = own_set(actor=athlete, set_id=set_id)
        notify(
            user=athlete,
            kind=Kind.CORRECTED,
            data={"exercise": workout_set.final_exercise or None},
            by=coach,
            url=f"/workouts/{workout_set.workout_id}/sets/{set_id}",
        )
