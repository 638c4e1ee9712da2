"""The socket of a person: a nudge with the unread count; the database is the truth."""

from typing import Any

import orjson
from channels.db import database_sync_to_async

from accounts.models import User
from accounts.notifications.channel import group_name
from accounts.notifications.selectors import unread_count
from accounts.sign_ins.consumers import FORBIDDEN, SignedInConsumer


class MeConsumer(SignedInConsumer):
    group: str | None = None

    async def connect(self) -> None:
        """Called when a page opens the socket."""
        user = self.scope["user"]
        if not isinstance(user, User):
            await self.accept()  # a browser is told the code of an open socket only
            await self.close(FORBIDDEN)
            return
        self.group = group_name(user.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:  # noqa: ARG002
        """Called when either side has closed the socket."""
        if self.group is not None:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Called when the page says something; there is nothing to say."""

    async def notifications_changed(self, event: dict[str, Any]) -> None:  # noqa: ARG002
        """Called when something is new for the person, or was read on another page."""
        if self.is_closed:
            return
        unread = await database_sync_to_async(unread_count)(actor=self.scope["user"])
        await self.send(orjson.dumps({"type": "notifications.changed", "unread": unread}).decode())
