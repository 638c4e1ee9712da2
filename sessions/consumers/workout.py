"""The socket of a workout: a nudge with the newest state; the database is the truth."""

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from rest_framework.exceptions import NotFound

from accounts.models import User
from accounts.sign_ins.consumers import SignedInConsumer
from sessions.channel import group_name
from sessions.consumers.states import state_of
from sessions.selectors.workouts import workout_get
from sessions.wire import FORBIDDEN


class WorkoutConsumer(SignedInConsumer):
    group: str | None = None

    async def connect(self) -> None:
        """Called when a page opens the socket. What is accepted misses no result from then on."""
        workout_id: UUID = self.scope["url_route"]["kwargs"]["workout_id"]
        if not await self._is_own(workout_id):
            await self.accept()  # a browser is told the code of an open socket only
            await self.close(FORBIDDEN)
            return
        self.group = group_name(workout_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:  # noqa: ARG002
        """Called when either side has closed the socket."""
        if self.group is not None:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def set_analyzed(self, event: dict[str, Any]) -> None:
        """Called when a set of the workout has new results. Whose it is, is asked each time."""
        if self.is_closed:
            return
        text = await state_of(UUID(event["set_id"]), self.scope["user"])
        if text is not None and not self.is_closed:  # else deleted in between
            await self.send(text)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _is_own(self, workout_id: UUID) -> bool:
        user = self.scope["user"]
        if not isinstance(user, User):
            return False
        try:
            workout_get(actor=user, workout_id=workout_id)
        except NotFound:
            return False
        return True
