"""The browser's end of a socket, through the real ASGI application."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.testing import ApplicationCommunicator
from django.test import Client

from config.asgi import application


class Socket:
    """origin: of the page that opens it; cookies: of the client, where somebody is signed in."""

    def __init__(
        self, path: str, client: Client | None = None, origin: str = "http://localhost"
    ) -> None:
        headers = [(b"origin", origin.encode()), (b"host", b"localhost")]
        if client is not None:
            cookies = [f"{name}={one.value}" for name, one in client.cookies.items()]
            headers.append((b"cookie", "; ".join(cookies).encode()))
        scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b""}
        self._app = ApplicationCommunicator(application, scope)

    async def open(self) -> str:
        await self._app.send_input({"type": "websocket.connect"})
        return str((await self.receive())["type"])

    async def receive(self) -> dict[str, Any]:
        return dict(await self._app.receive_output(5))

    async def hear(self, kind: str | None = None) -> dict[str, Any]:
        """The next message; the next of this type, where one is named."""
        while True:
            event = await self.receive()
            assert event["type"] == "websocket.send", event
            message: dict[str, Any] = json.loads(event["text"])
            if kind is None or message["type"] == kind:
                return message

    async def closed(self) -> tuple[int, str]:
        """The code and the reason with which the server closes; what it says before is left."""
        while (event := await self.receive())["type"] != "websocket.close":
            pass
        return event["code"], event.get("reason", "")

    async def is_silent(self, timeout_s: float = 0.2) -> bool:
        return bool(await self._app.receive_nothing(timeout_s, 0.01))

    async def say(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self._app.send_input({"type": "websocket.receive", "text": text})

    async def close(self) -> None:
        await self._app.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._app.wait(5)


@asynccontextmanager
async def socket(path: str, client: Client | None = None, **rest: str) -> AsyncIterator[Socket]:
    page = Socket(path, client, **rest)
    yield page
    await page.close()
