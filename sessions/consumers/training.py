"""The socket of an open training page: who watches, what they may see, what they say.

It forwards and stores nothing. Who may watch is not decided here: whoever sends `watch.begin` to
the athlete's group has asked the athlete's grants.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final
from uuid import UUID

import orjson
from channels.exceptions import ChannelFull

from accounts.models import User
from sessions import live
from sessions.channel import presence_group, training_group, watching_group
from sessions.consumers.base import CheckedConsumer
from sessions.wire import FORBIDDEN

# A watcher says every WATCH_RENEWAL_S that it is still there: a process that died says nothing.
WATCH_RENEWAL_S: Final = 20.0
WATCH_LEASE_S: Final = 3 * WATCH_RENEWAL_S
CUES_UNDER_WAY: Final = 20


@dataclass
class Watcher:
    coach: str
    name: str
    until: float


class TrainingConsumer(CheckedConsumer):
    """page: tells this page from another one that the athlete has open."""

    per_s, at_once = live.MESSAGES_PER_S, live.MESSAGES_AT_ONCE
    is_here = False
    is_private = False

    async def connect(self) -> None:
        """Called when a training page has its camera open."""
        self.page = token_hex(4)
        self.watchers: dict[str, Watcher] = {}
        self.cues: dict[str, str] = {}
        await self.accept()
        user = self.scope["user"]
        if not isinstance(user, User):
            await self.shut(FORBIDDEN, "Sign in first.")
            return
        self.athlete_id: UUID = user.pk

    def told(self, data: str | None) -> dict[str, Any]:
        return live.told(data)

    async def disconnect(self, code: int) -> None:  # noqa: ARG002
        """Called when either side has closed the socket."""
        if not self.is_here:
            return
        await self.channel_layer.group_discard(training_group(self.athlete_id), self.channel_name)
        await self._announce("athlete.gone")

    # --- what the page says -----------------------------------------------------------------

    async def hear_hello(self, *, private: bool) -> None:
        if self.is_here:
            return
        self.is_here, self.is_private = True, private
        await self.channel_layer.group_add(training_group(self.athlete_id), self.channel_name)
        await self._tell_watchers()
        await self._announce("athlete.gone" if private else "athlete.here")

    async def hear_private(self, *, private: bool) -> None:
        """The athlete ends being watched, or allows it again."""
        self.is_private = private
        if private:
            await self._to(watching_group(self.athlete_id), "watch.refused")
            self.watchers.clear()
            await self._tell_watchers()
        await self._announce("athlete.gone" if private else "athlete.here")

    async def hear_live(self, **seen: Any) -> None:
        await self._let_go([one for one, w in self.watchers.items() if w.until < time.monotonic()])
        if not self.watchers:
            return
        told = {"type": "live", "athlete": str(self.athlete_id), **seen}
        group = watching_group(self.athlete_id)
        await self._to(group, "live.frames", text=orjson.dumps(told).decode())

    async def hear_shown(self, *, id: str) -> None:
        """The athlete has seen a cue."""
        if (reply := self.cues.pop(id, None)) is not None:
            await self._answer(reply, {"type": "cue.told", "id": id, "status": "shown"})

    # --- what others ask of it --------------------------------------------------------------

    async def presence_asked(self, event: dict[str, Any]) -> None:
        """Called when somebody with a grant wants to know whether the athlete trains."""
        if not self.is_private:
            await self._answer(event["reply"], self._event("athlete.still_here"))

    async def watch_begin(self, event: dict[str, Any]) -> None:
        """Called when somebody with a grant begins to watch, and every WATCH_RENEWAL_S after."""
        if self.is_private:
            await self._answer(event["watcher"], self._event("watch.refused"))
            return
        until = time.monotonic() + WATCH_LEASE_S
        is_new = event["watcher"] not in self.watchers
        self.watchers[event["watcher"]] = Watcher(event["coach"], event["name"], until)
        if is_new:
            await self._tell_watchers()
        await self._answer(event["watcher"], self._event("watch.begun"))

    async def watch_end(self, event: dict[str, Any]) -> None:
        """Called when somebody stops watching, or may no longer."""
        await self._let_go([event["watcher"]])

    async def cue_given(self, event: dict[str, Any]) -> None:
        """Called with what a coach says; only who watches is heard."""
        reply, cue_id = event["reply"], event["id"]
        if reply not in self.watchers:
            await self._answer(reply, {"type": "cue.told", "id": cue_id, "status": "not_shown"})
            return
        if len(self.cues) >= CUES_UNDER_WAY:
            del self.cues[next(iter(self.cues))]
        self.cues[cue_id] = reply
        watcher = self.watchers[reply]
        coach = {"id": watcher.coach, "name": watcher.name}
        cue = {"id": cue_id, "text": event["text"], "ready": event["ready"], "coach": coach}
        await self.say({"type": "cue", **cue})

    # --- small words ------------------------------------------------------------------------

    async def _let_go(self, gone: list[str]) -> None:
        known = [one for one in gone if self.watchers.pop(one, None)]
        self.cues = {id_: reply for id_, reply in self.cues.items() if reply not in known}
        if known:
            await self._tell_watchers()

    async def _tell_watchers(self) -> None:
        names = {one.coach: one.name for one in self.watchers.values()}
        watchers = [{"id": coach, "name": name} for coach, name in names.items()]
        await self.say({"type": "watchers", "watchers": watchers})

    async def _announce(self, kind: str) -> None:
        await self._to(presence_group(self.athlete_id), kind)

    async def _to(self, group: str, kind: str, **rest: Any) -> None:
        await self.channel_layer.group_send(group, self._event(kind) | rest)

    async def _answer(self, channel: str, event: dict[str, Any]) -> None:
        with suppress(ChannelFull):  # who reads too slowly asks again
            await self.channel_layer.send(channel, event)

    def _event(self, kind: str) -> dict[str, Any]:
        return {"type": kind, "athlete": str(self.athlete_id), "page": self.page}
