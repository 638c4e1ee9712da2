"""The channel group of a coach, and the nudge that what they may see has changed."""

from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction


def group_name(coach_id: UUID) -> str:
    return f"coach.{coach_id}"


def revoked(*, coach_id: UUID, athlete_id: UUID) -> None:
    """Once it is committed: tells the coach's open sockets to ask again what they may see."""
    event = {"type": "grant.changed", "athlete": str(athlete_id)}
    transaction.on_commit(lambda: _tell(coach_id, event), robust=True)


def _tell(coach_id: UUID, event: dict[str, str]) -> None:
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group_name(coach_id), event)
