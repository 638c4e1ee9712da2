"""The channel groups of the training room, and the nudge that a set's results have changed."""

from uuid import UUID

from channels.layers import get_channel_layer

from sessions import meters, trace
from sessions.models import WorkoutSet


def group_name(workout_id: UUID) -> str:
    return f"workout.{workout_id}"


def training_group(athlete_id: UUID) -> str:
    """The athlete's own open training pages."""
    return f"training.{athlete_id}"


def presence_group(athlete_id: UUID) -> str:
    """Who wants to know whether the athlete trains now."""
    return f"presence.{athlete_id}"


def watching_group(athlete_id: UUID) -> str:
    """Who sees the athlete train now."""
    return f"watching.{athlete_id}"


def announce(workout_set: WorkoutSet) -> None:
    """Tells who listens to the workout; they read the new state from the database."""
    with trace.span("set.announce", set_id=workout_set.id):
        announce_all([(workout_set.id, workout_set.workout_id)])


def announce_all(sets: list[tuple[UUID, UUID]]) -> None:
    """The same of many sets, (id, workout's id), at once."""
    layer = get_channel_layer()
    if layer is not None and sets:
        layer.group_send_all(
            [
                (group_name(workout_id), {"type": "set.analyzed", "set_id": str(set_id)})
                for set_id, workout_id in sets
            ]
        )
        meters.NUDGES.inc(len(sets))
