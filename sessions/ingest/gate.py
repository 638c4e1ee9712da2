"""How many clips are with Django at once: each takes a thread and a connection to the database.

One thread too many makes Django no faster and takes turns with the door's own work. So a few are
let through, a few wait for them, and nobody waits for long.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

Receive = Callable[[], Awaitable[Any]]

MOST_WAITING: Final = 128
LONGEST_WAIT_S: Final = 2.0
GONE: Final = {"type": "http.disconnect"}


class ClosedError(Exception):
    """Too many are waiting; nothing was done."""


class Gate:
    """Of one event loop."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._waiting = 0

    def is_full(self) -> bool:
        return self._places.locked() and self._waiting >= MOST_WAITING

    @asynccontextmanager
    async def before(self, receive: Receive) -> AsyncIterator[Receive]:
        """What an app receives inside ends when it is its turn: at the body's last byte, so that
        whoever sends slowly takes nobody's place. Whose turn does not come is told that the client
        has gone, and once it has ended, ClosedError is raised."""
        entered = closed = False

        async def received() -> Any:
            nonlocal entered, closed
            message = GONE if closed else await receive()
            if not entered and message["type"] == "http.request" and not message.get("more_body"):
                entered = await self._enter()
                closed = not entered
            return GONE if closed else message

        try:
            yield received
        finally:
            if entered:
                self._places.release()
        if closed:
            raise ClosedError

    async def _enter(self) -> bool:
        if self.is_full():
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                return await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
