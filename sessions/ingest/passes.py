"""Whom Django has let in, by the very headers on which it decided.

Host, origin, cookies, CSRF token and all others are in the key, except those that differ from
request to request and decide nothing: an unknown header costs speed, never safety. That the session
still holds is not taken from here; the writer asks the database with every batch.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from rest_framework.request import Request

from accounts.authentication import CookieAuthentication

Headers = tuple[tuple[bytes, bytes], ...]
NOTE: Final = "posecoach.pass"
MOST: Final = 20_000
LASTS_S: Final = 300.0  # half of it to the whole, then Django is asked again
IGNORED: Final = frozenset(
    (b"content-length", b"traceparent", b"tracestate", b"baggage", b"x-request-id", b"priority")
)
# Of an answer: those that belong to that one answer alone.
OWN: Final = frozenset((b"content-length", b"x-request-id", b"date", b"traceparent"))


@dataclass(frozen=True, slots=True)
class Pass:
    """headers: what Django's middleware gave the answer, to be given again."""

    user_id: UUID
    session_key: str
    headers: Headers
    until_s: float


class Passes:
    """The youngest MOST passes; of one event loop, so without a lock."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Pass] = OrderedDict()

    def get(self, key: bytes) -> Pass | None:
        found = self._known.get(key)
        if found is not None and found.until_s < time.monotonic():
            del self._known[key]
            return None
        return found

    def forget(self, key: bytes) -> None:
        self._known.pop(key, None)

    def keep(
        self, key: bytes, note: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]
    ) -> None:
        """After Django has stored a clip. Without a note it was no cookie that let it in."""
        given = tuple((name.lower(), value) for name, value in headers)
        if "user_id" not in note or any(name == b"set-cookie" for name, _ in given):
            return
        self._known[key] = Pass(
            note["user_id"],
            note["session_key"],
            tuple(one for one in given if one[0] not in OWN),
            # Those who came together, after a restart, do not come again together.
            time.monotonic() + LASTS_S * (1 - key[0] / 512),
        )
        if len(self._known) > MOST:
            self._known.popitem(last=False)


def key_of(scheme: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Header values hold no line breaks, so nothing can be mistaken for another."""
    deciding = [b"%b:%b" % one for one in headers if one[0] not in IGNORED]
    return blake2b(b"\n".join((scheme.encode(), *deciding)), digest_size=20).digest()


def note(request: Request) -> None:
    """Called by the view of a request that it has granted: who the door may remember."""
    scope = getattr(request._request, "scope", {})
    if NOTE in scope and isinstance(request.successful_authenticator, CookieAuthentication):
        scope[NOTE].update(user_id=request.user.pk, session_key=request.session.session_key)
