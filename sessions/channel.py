"""The channel groups of the training room, and the nudge that a set's results have changed."""

from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
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
        async_to_sync(_send)(layer, sets)
        meters.NUDGES.inc(len(sets))


async def _send(layer: Any, sets: list[tuple[UUID, UUID]]) -> None:
    for set_id, workout_id in sets:
        event = {"type": "set.analyzed", "set_id": str(set_id)}
        await layer.group_send(group_name(workout_id), event)
