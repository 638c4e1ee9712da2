"""The socket of a workout, through the real ASGI application."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from config.asgi import application
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workout_id(athlete: Athlete) -> UUID:
    return athlete.start_workout()


class Page:
    """The browser's end of a socket."""

    def __init__(self, workout_id: UUID, visitor: Athlete | None, origin: str) -> None:
        headers = [(b"origin", origin.encode()), (b"host", b"localhost")]
        if visitor is not None:
            cookies = [f"{name}={one.value}" for name, one in visitor.client.cookies.items()]
            headers.append((b"cookie", "; ".join(cookies).encode()))
        scope = {
            "type": "websocket",
            "path": f"/ws/workouts/{workout_id}",
            "headers": headers,
            "query_string": b"",
        }
        self._app = ApplicationCommunicator(application, scope)

    async def open(self) -> str:
        await self._app.send_input({"type": "websocket.connect"})
        return str((await self.receive())["type"])

    async def receive(self) -> dict[str, Any]:
        return dict(await self._app.receive_output(5))

    async def close(self) -> None:
        await self._app.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._app.wait(5)


@asynccontextmanager
async def socket(
    workout_id: UUID, visitor: Athlete | None, origin: str = "http://localhost"
) -> AsyncIterator[Page]:
    page = Page(workout_id, visitor, origin)
    yield page
    await page.close()


async def test_results_are_told_as_they_come(
    athlete: Athlete, workout_id: UUID, queue: Queue
) -> None:
    def train() -> UUID:
        set_id = athlete.start_set(workout_id)
        athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
        queue.run()
        return set_id

    async with socket(workout_id, athlete) as page:
        assert await page.open() == "websocket.accept"
        set_id = await sync_to_async(train)()
        told = json.loads((await page.receive())["text"])
    assert told["type"] == "set.analyzed"
    assert (told["set"]["id"], told["set"]["rep_count"]) == (str(set_id), 3)
    assert told["last_rep"]["index"] == 2
    assert told["last_attempt"] is None
    assert told["analyzed_to_ms"] > 7000


@pytest.mark.parametrize("who", ["stranger", "nobody"])
async def test_anybody_else_is_closed_with_4403(
    athlete: Athlete, stranger: Athlete, workout_id: UUID, who: str
) -> None:
    async with socket(workout_id, stranger if who == "stranger" else None) as page:
        await page.open()
        assert (await page.receive())["code"] == 4403


async def test_a_workout_that_is_not_there_is_closed_with_4403(athlete: Athlete) -> None:
    async with socket(uuid4(), athlete) as page:
        await page.open()
        assert (await page.receive())["code"] == 4403


async def test_another_origin_is_not_let_in(athlete: Athlete, workout_id: UUID) -> None:
    async with socket(workout_id, athlete, "https://elsewhere.example") as page:
        assert await page.open() == "websocket.close"
