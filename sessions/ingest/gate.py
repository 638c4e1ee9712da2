"""How many clips are with Django at once: each takes a thread and a connection to the database.

One thread too many makes Django no faster and takes turns with the door's own work. So a few are
let through, a few wait for them, and nobody waits for long.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

Receive = Callable[[], Awaitable[Any]]

MOST_WAITING: Final = 64
LONGEST_WAIT_S: Final = 1.0


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
        whoever sends slowly takes nobody's place. Then it may raise ClosedError."""
        entered = False

        async def received() -> Any:
            nonlocal entered
            message = await receive()
            if not entered and message["type"] == "http.request" and not message.get("more_body"):
                await self._enter()
                entered = True
            return message

        try:
            yield received
        finally:
            if entered:
                self._places.release()

    async def _enter(self) -> None:
        if self.is_full():
            raise ClosedError
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                await self._places.acquire()
        except TimeoutError:
            raise ClosedError from None
        finally:
            self._waiting -= 1
