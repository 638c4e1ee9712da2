"""Browsers that send clips to the door and to Django itself."""

import asyncio
import json
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections

from accounts.models import User
from models.clip import CONTENT_TYPE, encode
from sessions.ingest.door import Door
from sessions.models import Clip
from tests.workouts.builders import Athlete, clips, standing

GOOD = list(clips(standing(300)))
TOKEN = "c" * 32


class Visitor:
    """A browser that sends clips to the door and to Django itself, over ASGI."""

    def __init__(self, door: Door, athlete: Athlete) -> None:
        self.door, self.athlete = door, athlete
        self.handed_on = 0
        self.session = athlete.client.cookies["sessionid"].value

    def scope(self, set_id: UUID, index: int, body: bytes, **headers: str) -> dict[str, Any]:
        given = {
            "host": "localhost", "origin": "http://localhost", "x-csrftoken": TOKEN,
            "cookie": f"csrftoken={TOKEN}; sessionid={self.session}",
            "content-type": CONTENT_TYPE, "content-length": str(len(body)), **headers,
        }  # fmt: skip
        return {
            "type": "http", "method": "PUT", "scheme": "http", "query_string": b"",
            "http_version": "1.1", "asgi": {"version": "3.0"}, "root_path": "",
            "path": f"/api/sets/{set_id}/clips/{index}",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }  # fmt: skip

    async def send(
        self, set_id: UUID, index: int, body: bytes | None = None, app: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        body = encode(GOOD[index]) if body is None else body
        whole = [{"type": "http.request", "body": body, "more_body": False}]
        told: list[Any] = []

        async def receive() -> Any:
            if whole:
                return whole.pop()
            await asyncio.sleep(30)
            return {"type": "http.disconnect"}

        async def hear(message: Any) -> None:
            told.append(message)

        await (app or self.door)(self.scope(set_id, index, body, **headers), receive, hear)
        answered = {name.decode().lower(): value.decode() for name, value in told[0]["headers"]}
        text = b"".join(one.get("body", b"") for one in told[1:])
        return told[0]["status"], answered, json.loads(text)


def let_go() -> None:
    """This thread outlives the test, and its connection leads to the test's own database."""
    connections["default"].close()
    del connections["default"]


def new_athlete(email: str) -> Athlete:
    return Athlete(User.objects.create_user(email))


def new_set(athlete: Athlete) -> UUID:
    return athlete.start_set(athlete.start_workout())


@sync_to_async
def stored(set_id: UUID) -> list[int]:
    return list(Clip.objects.filter(set=set_id).values_list("index", flat=True).order_by("index"))


class Counted:
    """Django, and how often it was asked."""

    def __init__(self, door: Door) -> None:
        self.calls, self._app = 0, door._django
        door._django = self

    async def __call__(self, *given: Any) -> None:
        self.calls += 1
        await self._app(*given)
