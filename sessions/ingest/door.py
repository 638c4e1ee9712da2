"""The door in front of Django, for `PUT /api/sets/{id}/clips/{index}`.

It says yes by itself to a session cookie that Django has let in within the last minutes, and
"later" to everybody. Everything else is Django's: who comes for the first time, tokens, JSON, and
every clip that is refused, which Django then refuses in its own words, language and shape.
"""

import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from rest_framework.exceptions import APIException, Throttled

from models.clip import CONTENT_TYPE, ClipError, read
from sessions import meters, trace
from sessions.errors import Unavailable
from sessions.ingest.answers import Answers, Refuse, Send
from sessions.ingest.bell import Bell
from sessions.ingest.gate import ClosedError, Gate
from sessions.ingest.group import BusyError, GroupCommit, LostError
from sessions.ingest.passes import NOTE, Pass, Passes, key_of
from sessions.ingest.writer import Request, Writer
from sessions.parsers import MAX_BINARY_BYTES
from sessions.services.clip_rows import NewClip
from sessions.services.clips import StoredClip
from sessions.throttles import CLIPS_PER_WINDOW, WINDOW_S

Message = Any
Scope = dict[str, Any]
Place = tuple[UUID, int]  # set and index
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH: Final = re.compile(
    r"/api/sets/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/clips/([0-9]{1,5})", re.ASCII
)
KIND: Final = CONTENT_TYPE.encode()
BUSY_WAIT_S: Final = 2
# At once with Django. Refused ones may wait there for a set that somebody else has locked.
STRANGERS, REFUSED = 4, 8


class Door:
    """An ASGI app. refuse: how an exception is told in a language: status, headers, body."""

    def __init__(self, django: App, refuse: Refuse) -> None:
        self._django, self._answers = django, Answers(refuse)
        self._passes = Passes()
        self._strangers, self._refused = Gate(STRANGERS), Gate(REFUSED)
        writer = Writer(Bell())
        self._group: GroupCommit[Request, StoredClip | None] = GroupCommit(
            writer, writer.close, writer.prepare
        )
        self._window, self._sent = 0, Counter[UUID]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (place := _place(scope)):
            await self._django(scope, receive, send)
            return
        key = key_of(scope["scheme"], scope["headers"])
        known = self._passes.get(key) if _is_plain(scope) else None
        if known is None:
            await self._introduce(key, scope, receive, send)
            return
        try:
            await self._take(key, known, place, scope, receive, send)
        except APIException as refusal:
            meters.clip_seen("busy", _length(scope))
            await self._answers.later(refusal, known.headers, send)

    async def _introduce(self, key: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if self._strangers.is_full():
                raise ClosedError
            await self._ask_django(self._strangers, key, scope, receive, send)
        except ClosedError:
            meters.clip_seen("busy", _length(scope))
            await self._answers.later_to_stranger(BUSY_WAIT_S, scope, send)

    async def _ask_django(
        self, gate: Gate, key: bytes, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Where it stores a clip the door remembers whom it has let in. Raises ClosedError."""
        told: dict[str, Any] = {}

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 202:
                self._passes.keep(key, told, message["headers"])
            await send(message)

        async with gate.before(receive) as received:
            await self._django({**scope, NOTE: told}, received, seen)

    async def _take(
        self, key: bytes, known: Pass, place: Place, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Raises Throttled, if it can before the body is read; Unavailable."""
        if self._group.is_full():
            raise Throttled(BUSY_WAIT_S)
        self._count(known)
        body = await _read(receive)
        if body is None:
            return
        stored = await self._store(known, place, body)
        if stored is None:
            await self._hand_on(key, body, scope, receive, send)
            return
        meters.clip_seen("duplicate" if stored.duplicate else "stored", len(body))
        await self._answers.stored(stored, known.headers, send)

    async def _store(self, known: Pass, place: Place, body: bytes) -> StoredClip | None:
        """None: Django has to say what is wrong. Raises Throttled, Unavailable."""
        try:
            new = NewClip(known.user_id, *place, read(body))
        except ClipError:
            return None
        asked = Request(known.session_key, new, trace.traceparent())
        try:
            # Once more: the worker may have had the set locked, for the blink of an eye.
            return await self._group.put(asked) or await self._group.put(asked)
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

    async def _hand_on(
        self, key: bytes, body: bytes, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Django reads the same body again, and decides anew. Raises Throttled."""
        self._passes.forget(key)
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return whole.pop() if whole else await receive()

        try:
            await self._ask_django(self._refused, key, scope, again, send)
        except ClosedError:
            raise Throttled(BUSY_WAIT_S) from None

    async def close(self) -> None:
        """Ends the thread, once all that waits is answered."""
        await self._group.end()


def _place(scope: Scope) -> Place | None:
    """Set and index where a clip is sent; None for any other request."""
    if scope["type"] != "http" or scope["method"] != "PUT":
        return None
    found = PATH.fullmatch(scope["path"])
    return (UUID(found[1]), int(found[2])) if found else None


def _is_plain(scope: Scope) -> bool:
    """Whether the door may answer: a binary clip of known length, and no token."""
    length = kind = b""
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = value
        elif name == b"content-type":
            kind = value
        elif name in (b"authorization", b"transfer-encoding", b"expect"):
            return False
    small = length.isdigit() and int(length) <= MAX_BINARY_BYTES
    return kind == KIND and small and not scope["query_string"]


def _length(scope: Scope) -> int:
    return next((int(v) for n, v in scope["headers"] if n == b"content-length" and v.isdigit()), 0)


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
