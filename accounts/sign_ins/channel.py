"""The channel groups of a sign-in and of a person, and the nudge to ask again who is signed in."""

from hashlib import sha256
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction


def session_group(session_key: str) -> str:
    """Hashed: a session's key opens the account, and group names are seen by whoever sees Redis."""
    return f"sign-in.{sha256(session_key.encode()).hexdigest()[:32]}"


def person_group(user_id: UUID) -> str:
    return f"signed-in.{user_id}"


def sign_in_changed(group: str) -> None:
    """Once it is committed: the open sockets of the group ask whether they may stay open."""
    transaction.on_commit(lambda: _tell(group), robust=True)


def _tell(group: str) -> None:
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group, {"type": "sign_in.changed"})
