"""Whom a coach may see train, asked again and again while a socket is open.

The database is asked when the socket opens, whenever a caller wants to be sure, when a nudge says
that something has changed, when a grant runs out, and every WATCH_RENEWAL_S in any case.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from django.utils import timezone

from accounts.models import User
from coach.channel import group_name
from coach.models import CoachLink
from coach.selectors.live import live_links
from sessions.channel import presence_group, training_group
from sessions.consumers.base import CheckedConsumer
from sessions.consumers.training import WATCH_RENEWAL_S
from sessions.wire import FORBIDDEN, SIGNED_OUT

ASKED_AT_ONCE: Final = 50
# A clock that wakes a moment too early would find the grant still there.
LATE_S: Final = 0.01


class GrantsConsumer(CheckedConsumer):
    """links: by athlete, those that hold and cover live view."""

    links: dict[str, CoachLink]
    user: User
    group: str | None = None
    clock: "asyncio.Task[None] | None" = None

    async def connect(self) -> None:
        """Called when a coach's page opens the socket."""
        self.links = {}
        self.renew_at = time.monotonic() + WATCH_RENEWAL_S
        user = self.scope["user"]
        await self.accept()
        if not isinstance(user, User):
            await self.shut(SIGNED_OUT, "Sign in first.")
            return
        self.group = group_name(user.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.look_again(is_first=True)

    async def disconnect(self, code: int) -> None:  # noqa: ARG002
        """Called when either side has closed the socket."""
        if self.clock is not None:
            self.clock.cancel()
        for athlete in self.links:
            await self._part(athlete)
        if self.group is not None:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def ended(self, athlete: str) -> None:
        """Called when a grant holds no longer."""

    async def renew(self) -> None:
        """Called every WATCH_RENEWAL_S, after a look."""

    def is_granted(self, athlete: str) -> bool:
        """Exact also between two looks."""
        link = self.links.get(athlete)
        return link is not None and (link.ends_at is None or link.ends_at > timezone.now())

    async def look_again(self, *, is_first: bool = False) -> None:
        """Asks who the coach still is and what is granted now; ends what is not."""
        if self.is_closed or not await self._is_coach():
            return
        before, self.links = self.links, await self._links()
        for athlete in before.keys() - self.links.keys():
            await self._part(athlete)
            await self.ended(athlete)
        if is_first or before.keys() != self.links.keys():
            await self._tell_athletes()
        new = [athlete for athlete in self.links if athlete not in before]
        for i in range(0, len(new), ASKED_AT_ONCE):
            await asyncio.gather(*(self._meet(one) for one in new[i : i + ASKED_AT_ONCE]))
        self._wind()

    async def grant_changed(self, event: dict[str, Any]) -> None:  # noqa: ARG002
        """Called when an athlete has granted, changed or ended something."""
        await self.look_again()

    async def sign_in_changed(self, event: dict[str, Any]) -> None:  # noqa: ARG002
        """Called when the coach may have signed out, or their account was changed."""
        await self.look_again()

    async def tick(self, event: dict[str, Any]) -> None:  # noqa: ARG002
        """Called every WATCH_RENEWAL_S, and when a grant runs out."""
        is_due = time.monotonic() >= self.renew_at
        if is_due:
            self.renew_at = time.monotonic() + WATCH_RENEWAL_S
        await self.look_again()
        if is_due and not self.is_closed:
            await self.renew()

    async def ask(self, athlete: str, kind: str, **rest: Any) -> None:
        """Asks the training pages that the athlete has open."""
        await self.channel_layer.group_send(training_group(UUID(athlete)), {"type": kind, **rest})

    async def _is_coach(self) -> bool:
        user = await self.signed_in_user()
        if user is None:
            return False
        if not user.is_coach:
            await self.shut(FORBIDDEN, "This is for coaches.")
            return False
        self.user = user
        return True

    async def _meet(self, athlete: str) -> None:
        await self.channel_layer.group_add(presence_group(UUID(athlete)), self.channel_name)
        await self.ask(athlete, "presence.asked", reply=self.channel_name)

    async def _part(self, athlete: str) -> None:
        await self.channel_layer.group_discard(presence_group(UUID(athlete)), self.channel_name)

    async def _tell_athletes(self) -> None:
        athletes = [
            {"id": athlete, "name": str(link.athlete)} for athlete, link in self.links.items()
        ]
        athletes.sort(key=lambda one: one["name"].casefold())
        await self.say({"type": "athletes", "athletes": athletes})

    def _wind(self) -> None:
        if self.clock is not None:
            self.clock.cancel()
        now = timezone.now()
        ends = [(one.ends_at - now).total_seconds() for one in self.links.values() if one.ends_at]
        after_s = max(0.0, min([self.renew_at - time.monotonic(), *ends])) + LATE_S
        self.clock = asyncio.create_task(self._wake(after_s))

    async def _wake(self, after_s: float) -> None:
        await asyncio.sleep(after_s)
        with suppress(ChannelFull):
            await self.channel_layer.send(self.channel_name, {"type": "tick"})

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _links(self) -> dict[str, CoachLink]:
        return {str(athlete): link for athlete, link in live_links(coach=self.user).items()}
