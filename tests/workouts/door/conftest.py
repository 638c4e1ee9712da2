"""Browsers before the door, with the real Django and a real database behind it."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async

from config.asgi import http
from config.body_limit import BodyLimit
from config.errors import told_outside
from sessions.ingest.door import Door
from tests.workouts.visiting import Visitor, let_go, new_athlete, new_set


@pytest_asyncio.fixture
async def door(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    monkeypatch.undo()  # the queue's fixture has no commits; here they are real
    monkeypatch.setattr("sessions.doorbell.ring", lambda *_, **__: None)
    await sync_to_async(let_go)()
    made = Door(BodyLimit(http), told_outside)
    yield made
    await made.close()
    await sync_to_async(let_go)()


@pytest_asyncio.fixture
async def visitor(door: Door) -> Visitor:
    return Visitor(door, await sync_to_async(new_athlete)("ada@example.org"))


@pytest_asyncio.fixture
async def set_id(visitor: Visitor) -> UUID:
    return await sync_to_async(new_set)(visitor.athlete)
