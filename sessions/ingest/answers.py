"""What the door says by itself: stored, and later."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, Final

from django.core.handlers.asgi import ASGIRequest
from django.utils.translation import get_language_from_request
from rest_framework.exceptions import APIException, Throttled

from sessions.services.clips import StoredClip

Headers = tuple[tuple[bytes, bytes], ...]
Send = Callable[[Any], Awaitable[None]]
Refuse = Callable[[APIException, str], tuple[int, dict[str, str], bytes]]

STORED: Final = b'{"index":%d,"frames":%d,"duplicate":%b}'
TO_STRANGERS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


class Answers:
    """refuse: how an exception is told in a language: status, headers, body."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse

    async def stored(self, clip: StoredClip, known: Headers, send: Send) -> None:
        """known: the headers that Django gave its answer to the same browser."""
        duplicate = b"true" if clip.duplicate else b"false"
        await _send(send, 202, known, STORED % (clip.index, clip.frames, duplicate))

    async def later(self, refusal: APIException, known: Headers, send: Send) -> None:
        language = next((value for name, value in known if name == b"content-language"), b"en")
        status, more, body = self._refuse(refusal, language.decode())
        own = ((name.lower().encode(), value.encode()) for name, value in more.items())
        await _send(send, status, (*known, *own), body)

    async def later_to_stranger(self, wait_s: int, scope: dict[str, Any], send: Send) -> None:
        """To a browser to which Django has not given an answer yet."""
        language = get_language_from_request(ASGIRequest(scope, BytesIO()))
        kind = ((b"content-type", b"application/json"), (b"content-language", language.encode()))
        await self.later(Throttled(wait_s), (*kind, *TO_STRANGERS), send)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    whole = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": whole})
    await send({"type": "http.response.body", "body": body})
