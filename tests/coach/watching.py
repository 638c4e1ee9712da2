"""The pages of an athlete who trains and of a coach who may watch."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from asgiref.sync import sync_to_async

from tests.sockets import Socket, socket
from tests.workouts.builders import Athlete
from tests.workouts.test_training_socket import ADA_HELLO, TRAINING

LIVE = "/ws/coach/live"


def later(do: Callable[..., Any]) -> Any:
    return sync_to_async(do)


@asynccontextmanager
async def training(athlete: Athlete, *, private: bool = False) -> AsyncIterator[Socket]:
    async with socket(TRAINING, athlete.client) as page:
        await page.open()
        await page.say(ADA_HELLO | {"private": private})
        await page.hear("watchers")
        yield page


@asynccontextmanager
async def coaching(tom: Athlete) -> AsyncIterator[Socket]:
    async with socket(LIVE, tom.client) as page:
        await page.open()
        yield page


@asynccontextmanager
async def both(ada: Athlete, tom: Athlete) -> AsyncIterator[tuple[Socket, Socket]]:
    """The athlete's and the coach's page; the coach watches and the athlete knows."""
    async with training(ada) as mine, coaching(tom) as theirs:
        await theirs.hear("athletes")
        await theirs.hear("presence")
        await theirs.say({"type": "watch", "athlete": str(ada.user.id)})
        await theirs.hear("watching")
        assert (await mine.hear("watchers"))["watchers"][0]["name"] == "Tom"
        yield mine, theirs


@asynccontextmanager
async def saying(page: Socket, message: Any) -> AsyncIterator[None]:
    """Says the message again and again, as a page that trains does."""

    async def say() -> None:
        while True:
            await page.say(message)
            await asyncio.sleep(0.3)

    task = asyncio.create_task(say())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
