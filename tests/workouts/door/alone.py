"""What stands before and behind the door where it is tried by itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.exceptions import APIException

from models.clip import CONTENT_TYPE, encode
from sessions import meters
from sessions.ingest.door import Door
from sessions.ingest.passes import NOTE
from sessions.services.clips import StoredClip
from tests.workouts.builders import clips, standing

ADA, SET = uuid4(), UUID("4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11")
CLIP = next(iter(clips(standing(60))))
BODY = encode(CLIP)


class Django:
    """Lets Ada in by her cookie, stores whatever comes, and speaks German."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.status = 202
        self.meanwhile: Callable[[], Any] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        self.bodies.append(message["body"])
        if self.meanwhile is not None:
            await self.meanwhile()
        if NOTE in scope:
            scope[NOTE].update(user_id=ADA, session_key="s" * 32)
        headers = [(b"content-language", b"de"), (b"x-request-id", b"7")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})


class Group:
    """Stands where the thread and the database stand."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.full = False
        self.closed = 0
        self.tells: Callable[[Any], Any] = lambda new: StoredClip(new.index, new.frames, False)

    def is_full(self) -> bool:
        return self.full

    async def put(self, asked: Any) -> Any:
        told = self.tells(asked.new)
        if isinstance(told, Exception):
            raise told
        self.asked.append(asked)
        return told

    async def end(self) -> None:
        self.closed += 1


class Visitor:
    """A browser that sends clips; each header may be another."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.django, self.group = Django(), Group()
        self.door = Door(self.django, self._refuse)
        self.seen: list[tuple[str, int]] = []
        monkeypatch.setattr(self.door, "_group", self.group)
        monkeypatch.setattr(meters, "clip_seen", lambda how, size: self.seen.append((how, size)))

    def _refuse(self, error: APIException, language: str) -> tuple[int, dict[str, str], bytes]:
        wait_s = getattr(error, "wait", None)
        told = f"{type(error).__name__} {language}".encode()
        return error.status_code, {"Retry-After": str(wait_s)}, told

    async def send(self, index: int = 0, parts: Any = (BODY,), **headers: str | None) -> Any:
        """Status, headers and body; None where nothing was answered."""
        given = {
            "content-type": CONTENT_TYPE,
            "content-length": str(sum(map(len, parts))),
            **headers,
        }
        scope = {
            "type": "http", "method": "PUT", "scheme": "https", "query_string": b"",
            "path": f"/api/sets/{SET}/clips/{index}",
            "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
        }  # fmt: skip
        waiting: list[Any] = [
            {"type": "http.request", "body": one, "more_body": n + 1 < len(parts)}
            for n, one in enumerate(parts)
        ]
        told: list[Any] = []

        async def receive() -> Any:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def hear(message: Any) -> None:
            told.append(message)

        await self.door(scope, receive, hear)
        if not told:
            return None
        start, body = told
        assert (start["type"], body["type"]) == ("http.response.start", "http.response.body")
        return start["status"], dict(start["headers"]), body["body"]
