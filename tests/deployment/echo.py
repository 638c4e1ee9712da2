"""Stands behind a proxy: says what it was asked, as the real server would understand it."""

import asyncio
import json
import os
from typing import Any

LARGE = b"a" * 20_000


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await _socket(receive, send)
    elif scope["type"] == "http":
        await _page(scope, receive, send)


async def _socket(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def _page(scope: Any, receive: Any, send: Any) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    told = {"who": os.environ["WHO"], "scheme": scope["scheme"], "client": scope["client"][0],
            "bytes": size, "headers": headers}  # fmt: skip
    if scope["path"] == "/api/export":
        await _slowly(send)
    elif scope["path"] in {"/healthz", "/api/me"} and "large" not in scope["query_string"].decode():
        await _answer(send, json.dumps(told).encode(), b"application/json")
    else:
        await _answer(send, LARGE, b"application/json")


async def _answer(send: Any, body: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _slowly(send: Any) -> None:
    """Its first piece at once, its second after as long as a test is ready to wait."""
    headers = [(b"content-type", b"application/zip")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    await asyncio.sleep(3)
    await send({"type": "http.response.body", "body": b"second"})
