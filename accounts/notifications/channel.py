"""The channel group of a person, and the nudge that there is something new."""

from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def group_name(user_id: UUID) -> str:
    return f"user.{user_id}"


def nudge(user_id: UUID) -> None:
    """Tells the person's open pages; they ask for the state themselves."""
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group_name(user_id), {"type": "notifications.changed"})
