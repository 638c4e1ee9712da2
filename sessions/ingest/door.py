"""The door in front of Django, for `PUT /api/sets/{id}/clips/{index}` with a session cookie.

It says yes by itself, and "later". Everything else is Django's: who has not been let in within the
last minutes, tokens, JSON, and every clip that is refused, which Django then refuses in its own
words, language and shape.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from rest_framework.exceptions import APIException, Throttled

from models.clip import CONTENT_TYPE, ClipError, decode
from sessions import meters, trace
from sessions.errors import Unavailable
from sessions.ingest.bell import Bell
from sessions.ingest.group import BusyError, GroupCommit, LostError
from sessions.ingest.passes import NOTE, Pass, Passes, key_of
from sessions.ingest.writer import Request, Writer
from sessions.parsers import MAX_BINARY_BYTES
from sessions.services.clip_rows import NewClip
from sessions.services.clips import StoredClip
from sessions.throttles import CLIPS_PER_WINDOW, WINDOW_S

Message = Any
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Refuse = Callable[[APIException, str], tuple[int, dict[str, str], bytes]]

PATH: Final = re.compile(
    r"/api/sets/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/clips/([0-9]{1,5})", re.ASCII
)
KIND: Final = CONTENT_TYPE.encode()
BUSY_WAIT_S: Final = 2
MOST_HANDED_ON: Final = 32
STORED: Final = b'{"index":%d,"frames":%d,"duplicate":%b}'


class Door:
    """An ASGI app. refuse: how an exception is told in a language: status, headers, body."""

    def __init__(self, django: App, refuse: Refuse) -> None:
        self._django, self._refuse = django, refuse
        self._passes = Passes()
        writer = Writer(Bell())
        self._group: GroupCommit[Request, StoredClip | None] = GroupCommit(writer, writer.close)
        self._window, self._sent = 0, Counter[UUID]()
        self._handed_on = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = _place(scope)
        if place is None:
            await self._django(scope, receive, send)
            return
        key = key_of(scope["scheme"], scope["headers"])
        known = self._passes.get(key)
        if known is None:
            await self._introduce(key, scope, receive, send)
        else:
            await self._take(key, known, place, scope, receive, send)

    async def _introduce(self, key: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        """Django answers, and where it stored a clip the door remembers whom it has let in."""
        told: dict[str, Any] = {}

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 202:
                self._passes.keep(key, told, message["headers"])
            await send(message)

        await self._django({**scope, NOTE: told}, receive, seen)

    async def _take(
        self,
        key: bytes,
        known: Pass,
        place: tuple[UUID, int],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        body = await _read(receive)
        if body is None:
            return
        try:
            stored = await self._store(known, place, body)
        except APIException as refusal:
            meters.clip_seen("busy", len(body))
            await self._say_later(known, refusal, send)
        else:
            if stored is None:
                self._passes.forget(key)
                await self._hand_on(key, known, body, scope, receive, send)
                return
            meters.clip_seen("duplicate" if stored.duplicate else "stored", len(body))
            duplicate = b"true" if stored.duplicate else b"false"
            told = STORED % (stored.index, stored.frames, duplicate)
            await _answer(send, 202, list(known.headers), told)

    async def _store(self, known: Pass, place: tuple[UUID, int], body: bytes) -> StoredClip | None:
        """None: Django has to say what is wrong. Raises Throttled, Unavailable."""
        self._count(known)
        if self._group.is_full():
            raise Throttled(BUSY_WAIT_S)
        try:
            new = NewClip(known.user_id, *place, decode(body))
        except ClipError:
            return None
        new.payload  # noqa: B018 (packed here: the thread waits for the database meanwhile)
        try:
            return await self._group.put(Request(known.session_key, new, trace.traceparent()))
        except BusyError:
            raise Throttled(BUSY_WAIT_S) from None
        except LostError:
            raise Unavailable(BUSY_WAIT_S) from None

    def _count(self, known: Pass) -> None:
        """As `ClipThrottle` counts, by this process. Raises Throttled."""
        now = time.time()
        window = int(now // WINDOW_S)
        if window != self._window:
            self._window, self._sent = window, Counter()
        self._sent[known.user_id] += 1
        if self._sent[known.user_id] > CLIPS_PER_WINDOW:
            raise Throttled((window + 1) * WINDOW_S - now + 1)

    async def _say_later(self, known: Pass, refusal: APIException, send: Send) -> None:
        status, more, body = self._refuse(refusal, _language(known))
        headers = [(name.lower().encode(), value.encode()) for name, value in more.items()]
        await _answer(send, status, [*known.headers, *headers], body)

    async def _hand_on(
        self,
        key: bytes,
        known: Pass,
        body: bytes,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Django reads the same body again. A bounded number at a time: each takes a thread."""
        if self._handed_on >= MOST_HANDED_ON:
            meters.clip_seen("busy", len(body))
            await self._say_later(known, Throttled(BUSY_WAIT_S), send)
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return whole.pop() if whole else await receive()

        self._handed_on += 1
        try:
            await self._introduce(key, scope, again, send)
        finally:
            self._handed_on -= 1

    async def close(self) -> None:
        """Ends the thread, once all that waits is answered."""
        await asyncio.to_thread(self._group.close)


def _place(scope: Scope) -> tuple[UUID, int] | None:
    """Set and index of a request that the door may answer; None for any other."""
    if scope["type"] != "http" or scope["method"] != "PUT" or scope["query_string"]:
        return None
    if not (found := PATH.fullmatch(scope["path"])):
        return None
    length = kind = b""
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = value
        elif name == b"content-type":
            kind = value
        elif name in (b"authorization", b"transfer-encoding", b"expect"):
            return None
    if kind != KIND or not length.isdigit() or int(length) > MAX_BINARY_BYTES:
        return None
    return UUID(found[1]), int(found[2])


async def _read(receive: Receive) -> bytes | None:
    """The body; None where the client has hung up."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _language(known: Pass) -> str:
    found = next((value for name, value in known.headers if name == b"content-language"), b"en")
    return found.decode()
