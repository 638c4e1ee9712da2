"""The channel layer of the one-process server."""

import asyncio
from collections.abc import Sequence
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer

Messages = Sequence[tuple[str, dict[str, Any]]]  # of groups


class EmbeddedChannelLayer(InMemoryChannelLayer):  # type: ignore[misc]
    """In memory, and safe to send to from the embedded worker's thread.

    asyncio queues belong to one event loop. The layer remembers the loop that receives, the
    server's, and lets every message from elsewhere be put into its queue over there.
    """

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self._home: asyncio.AbstractEventLoop | None = None

    async def receive(self, channel: str) -> dict[str, Any]:
        self._home = asyncio.get_running_loop()
        return dict(await super().receive(channel))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        sending = super().group_send(group, message)
        home = self._home
        if home is None or home.is_closed() or home is asyncio.get_running_loop():
            await sending
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sending, home))

    def group_send_all(self, messages: Messages) -> None:
        """From code without an event loop."""
        async_to_sync(self._group_send_all)(messages)

    async def _group_send_all(self, messages: Messages) -> None:
        for group, message in messages:
            await self.group_send(group, message)
