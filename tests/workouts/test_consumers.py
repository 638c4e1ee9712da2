"""The socket of a workout, through the real ASGI application."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async

from tests.sockets import socket
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workout_id(athlete: Athlete) -> UUID:
    return athlete.start_workout()


def page_of(workout_id: UUID, visitor: Athlete | None, **rest: str) -> Any:
    return socket(f"/ws/workouts/{workout_id}", visitor.client if visitor else None, **rest)


async def test_results_are_told_as_they_come(
    athlete: Athlete, workout_id: UUID, queue: Queue
) -> None:
    def train() -> UUID:
        set_id = athlete.start_set(workout_id)
        athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
        queue.run()
        return set_id

    async with page_of(workout_id, athlete) as page:
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
    async with page_of(workout_id, stranger if who == "stranger" else None) as page:
        await page.open()
        assert (await page.receive())["code"] == 4403


async def test_a_workout_that_is_not_there_is_closed_with_4403(athlete: Athlete) -> None:
    async with page_of(uuid4(), athlete) as page:
        await page.open()
        assert (await page.receive())["code"] == 4403


async def test_another_origin_is_not_let_in(athlete: Athlete, workout_id: UUID) -> None:
    async with page_of(workout_id, athlete, origin="https://elsewhere.example") as page:
        assert await page.open() == "websocket.close"
