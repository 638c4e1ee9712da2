"""Refuses a request body that is too large before it is read: Django would spool it to disk."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from config.errors import body
from models.bundle import MOST_BYTES

Message = Any
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


# Up to this many times the limit is read and thrown away: a client that is still sending when the
# connection closes may lose the answer.
DRAINED = 4


UPLOAD = "/admin/workouts/modelversion/add/"


class BodyTooLargeError(Exception):
    pass


class BodyLimit:
    """ASGI middleware. The declared length is checked first, then what really arrives."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        limit = _limit(scope)
        declared = _declared_bytes(scope)
        if declared > limit:
            if declared <= DRAINED * limit:
                await _drain(receive)
            await _refuse(send, limit)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > limit:
                    raise BodyTooLargeError
            return message

        try:
            await self.app(scope, counted, send)
        except BodyTooLargeError:
            await _refuse(send, limit)


def _limit(scope: dict[str, Any]) -> int:
    """An admin's upload of weights alone is larger; Django spools it to disk."""
    larger = scope.get("path") == UPLOAD
    return MOST_BYTES + settings.MAX_BODY_BYTES if larger else int(settings.MAX_BODY_BYTES)


def _declared_bytes(scope: dict[str, Any]) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _drain(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return


async def _refuse(send: Send, limit: int) -> None:
    text = json.dumps(body("too_large", f"The request is larger than {limit} bytes.")).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})
