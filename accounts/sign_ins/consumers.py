"""A socket that lasts no longer than the sign-in that opened it."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError

from accounts.factors.required import lacks_factor
from accounts.models import User
from accounts.sign_ins.channel import person_group, session_group
from accounts.sign_ins.selectors import user_of_session

SIGNED_OUT: Final = 4401
FORBIDDEN: Final = 4403
# A nudge may be lost, or come between the handshake and the group; a session may just run out.
FIRST_LOOK_S: Final = 5.0
LOOK_AGAIN_S: Final = 120.0


class SignedInConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Closes with SIGNED_OUT once its session has ended: by signing out here or everywhere, by
    another password, by an admin, by time. Who must set up a second factor first is nobody yet."""

    scope: dict[str, Any]
    groups: list[str]
    is_closed = False
    _looker: "asyncio.Task[None] | None" = None

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        """Called first: joins the groups that are told when a sign-in ends."""
        user = self.scope["user"]
        if isinstance(user, User) and await database_sync_to_async(lacks_factor)(user):
            self.scope = {**self.scope, "user": AnonymousUser()}
        elif isinstance(user, User):
            own = (session_group(self.scope["session"].session_key), person_group(user.pk))
            self.groups = [*self.groups, *own]
            self._looker = asyncio.create_task(self._look_now_and_then())
        await super().websocket_connect(message)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """Called when either side has closed the socket."""
        if self._looker is not None:
            self._looker.cancel()
        await super().websocket_disconnect(message)

    async def sign_in_changed(self, event: dict[str, Any]) -> None:  # noqa: ARG002
        """Called when the sign-in may have ended; the database says whether it has."""
        if self.is_closed:
            return
        # A database that is away throws nobody out.
        with suppress(DatabaseError):
            await self.signed_in_user()

    async def signed_in_user(self) -> User | None:
        """Who is signed in now; closes the socket if nobody is, or nobody who may be."""
        user: User | None
        user, may_enter = await self._who()
        if user is None:
            await self.shut(SIGNED_OUT, "You are signed out.")
        elif not may_enter:
            await self.shut(FORBIDDEN, "Set up a second factor first.")
        else:
            return user
        return None

    async def shut(self, code: int, reason: str) -> None:
        """Closes the socket; nothing is heard or said any more."""
        if not self.is_closed:
            self.is_closed = True
            await self.close(code, reason)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _who(self) -> tuple[User | None, bool]:
        user = user_of_session(self.scope["session"].session_key)
        return user, user is not None and not lacks_factor(user)

    async def _look_now_and_then(self) -> None:
        """Says so to the socket itself, which does one thing at a time."""
        wait_s = FIRST_LOOK_S
        while not self.is_closed:
            await asyncio.sleep(wait_s)
            wait_s = LOOK_AGAIN_S
            with suppress(ChannelFull):
                await self.channel_layer.send(self.channel_name, {"type": "sign_in.changed"})
