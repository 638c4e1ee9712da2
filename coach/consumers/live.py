"""The socket of a coach's live view: who of the granted trains now, what they do, and cues."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async

from coach import live, meters
from coach.consumers.grants import GrantsConsumer
from coach.models import Access, CoachLink
from coach.services.access import access_log
from sessions.channel import watching_group
from sessions.consumers.training import WATCH_LEASE_S
from sessions.wire import Pace


@dataclass
class Watch:
    """page: the one of the athlete's open pages that is seen; None while the athlete is away."""

    page: str | None = None
    is_logged: bool = False


class LiveConsumer(GrantsConsumer):
    """pages: by athlete, the open training pages and when each was heard of last."""

    per_s, at_once = live.MESSAGES_PER_S, live.MESSAGES_AT_ONCE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages: dict[str, dict[str, float]] = {}
        self.watches: dict[str, Watch] = {}
        self.cue_pace = Pace(live.CUES_PER_S, live.CUES_AT_ONCE)

    def told(self, data: str | None) -> dict[str, Any]:
        return live.told(data)

    async def disconnect(self, code: int) -> None:
        """Called when either side has closed the socket."""
        await self._leave_all()
        await super().disconnect(code)

    async def shut(self, code: int, reason: str) -> None:
        await self._leave_all()
        await super().shut(code, reason)

    # --- what the page says -----------------------------------------------------------------

    async def hear_watch(self, *, athlete: str) -> None:
        await self.look_again()
        if self.is_closed:
            return
        if athlete not in self.links:
            await self._tell_end(athlete, "grant")
        elif athlete in self.watches:
            await self._begin(athlete)
        elif len(self.watches) >= live.MOST_WATCHED:
            await self._tell_end(athlete, "limit")
        else:
            self.watches[athlete] = Watch()
            meters.WATCHES.inc()
            await self.channel_layer.group_add(watching_group(UUID(athlete)), self.channel_name)
            await self._begin(athlete)

    async def hear_unwatch(self, *, athlete: str) -> None:
        await self._leave(athlete)

    async def hear_cue(
        self,
        *,
        athlete: str,
        id: str,
        text: str | None,
        ready: str | None,
    ) -> None:
        await self.look_again()
        watch = self.watches.get(athlete)
        if watch is None or watch.page is None:
            await self._tell_cue(id, "not_here")
        elif not self.cue_pace.allows():
            await self._tell_cue(id, "too_often")
        else:
            cue = {"id": id, "text": text, "ready": ready}
            await self.ask(athlete, "cue.given", reply=self.channel_name, **cue)

    # --- what training pages say ------------------------------------------------------------

    async def athlete_here(self, event: dict[str, Any]) -> None:
        """Called when an athlete opens a training page: from now on that one is seen."""
        await self.athlete_still_here(event)
        if (watch := self.watches.get(event["athlete"])) is not None:
            watch.page = None
            await self._begin(event["athlete"])

    async def athlete_still_here(self, event: dict[str, Any]) -> None:
        """Called with the answer of a training page that was asked for."""
        athlete = event["athlete"]
        if not self.is_granted(athlete):
            return
        pages = self.pages.setdefault(athlete, {})
        is_new = not pages
        pages[event["page"]] = time.monotonic()
        if is_new:
            await self.say({"type": "presence", "athlete": athlete, "here": True})

    async def athlete_gone(self, event: dict[str, Any]) -> None:
        """Called when a training page was closed, or its athlete wants to be alone."""
        await self._lose(event["athlete"], event["page"])

    async def watch_begun(self, event: dict[str, Any]) -> None:
        """Called when the athlete's page knows who watches; their log before the coach sees."""
        athlete, watch = event["athlete"], self.watches.get(event["athlete"])
        if watch is None or not self.is_granted(athlete):
            return
        await self.athlete_still_here(event)
        if watch.page is not None:
            return
        if not watch.is_logged:
            await self._log(self.links[athlete])
            watch.is_logged = True
        watch.page = event["page"]
        await self.say({"type": "watching", "athlete": athlete})

    async def watch_refused(self, event: dict[str, Any]) -> None:
        """Called when the athlete has ended being watched for this workout."""
        if event["athlete"] in self.watches:
            await self._leave(event["athlete"])
            await self._tell_end(event["athlete"], "athlete")

    async def live_frames(self, event: dict[str, Any]) -> None:
        """Called with what a training page shows of its athlete."""
        watch = self.watches.get(event["athlete"])
        if watch and watch.page == event["page"] and self.is_granted(event["athlete"]):
            await self.send(event["text"])

    async def cue_told(self, event: dict[str, Any]) -> None:
        """Called when a cue was shown to the athlete, or could not be."""
        await self._tell_cue(event["id"], None if event["status"] == "shown" else "not_here")

    # --- what the grants say ----------------------------------------------------------------

    async def ended(self, athlete: str) -> None:
        is_watched = athlete in self.watches
        await self._leave(athlete)
        self.pages.pop(athlete, None)
        if is_watched:
            await self._tell_end(athlete, "grant")

    async def renew(self) -> None:
        """Says to training pages that somebody is still there, and forgets those long silent."""
        late = time.monotonic() - WATCH_LEASE_S
        for athlete, pages in list(self.pages.items()):
            for page in [one for one, heard in pages.items() if heard < late]:
                await self._lose(athlete, page)
        for athlete in list(self.watches):
            await self._begin(athlete)
        for athlete in self.pages.keys() - self.watches.keys():
            await self.ask(athlete, "presence.asked", reply=self.channel_name)

    # --- small words ------------------------------------------------------------------------

    async def _begin(self, athlete: str) -> None:
        who = {"coach": str(self.user.pk), "name": str(self.user)}
        await self.ask(athlete, "watch.begin", watcher=self.channel_name, **who)

    async def _leave(self, athlete: str) -> None:
        if self.watches.pop(athlete, None) is None:
            return
        meters.WATCHES.dec()
        await self.channel_layer.group_discard(watching_group(UUID(athlete)), self.channel_name)
        await self.ask(athlete, "watch.end", watcher=self.channel_name)

    async def _leave_all(self) -> None:
        for athlete in list(self.watches):
            await self._leave(athlete)

    async def _lose(self, athlete: str, page: str) -> None:
        pages = self.pages.get(athlete, {})
        if pages.pop(page, None) is None:
            return
        watch = self.watches.get(athlete)
        if watch and watch.page == page:
            watch.page = None
            await self._begin(athlete)  # another page may be open
        if not pages:
            del self.pages[athlete]
            await self.say({"type": "presence", "athlete": athlete, "here": False})

    async def _tell_end(self, athlete: str, reason: str) -> None:
        await self.say({"type": "ended", "athlete": athlete, "reason": reason})

    async def _tell_cue(self, cue_id: str, reason: str | None) -> None:
        status = "shown" if reason is None else "not_shown"
        await self.say({"type": "cue.status", "id": cue_id, "status": status, "reason": reason})

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _log(self, link: CoachLink) -> None:
        access_log(coach=self.user, athletes=[link.athlete], what=Access.What.LIVE)
