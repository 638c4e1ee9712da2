"""What is known of the work at hand, a request or a task; every line of the log carries it.

One dict for each: whoever learns something adds it, across threads and middleware.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings

Value = str | int | float
# Made by us, or by the proxy in front: nothing that could be a name, an address or a token of ours.
_VALID: Final = re.compile(r"[0-9a-f]{16,64}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_known: ContextVar[dict[str, Value] | None] = ContextVar("known", default=None)


@contextmanager
def begun(request_id: str, **known: Value) -> Iterator[dict[str, Value]]:
    """Until its end, everything in this context belongs to one request or task."""
    found: dict[str, Value] = {"request_id": request_id, **known}
    token = _known.set(found)
    try:
        yield found
    finally:
        _known.reset(token)


def know(**more: Value) -> None:
    """Adds to what is known of the work at hand; does nothing outside of any."""
    if (found := _known.get()) is not None:
        found.update(more)


def known() -> Mapping[str, Value]:
    return _known.get() or {}


def request_id() -> str:
    """Of the request at hand, or of the one that a task came from; empty outside of any."""
    return str(known().get("request_id", ""))


def request_id_from(header: str | None) -> str:
    """What a proxy gave, where it is 16 to 64 hexadecimal digits or a UUID; else a new one."""
    if header and _VALID.fullmatch(header):
        return header
    return f"{random.getrandbits(64):016x}"  # a name, no secret


def pseudonym(user_pk: UUID | int | str) -> str:
    """Ten digits that stand for a person in the log; only SECRET_KEY could tell for whom."""
    key = _key(settings.SECRET_KEY)
    return hashlib.blake2b(str(user_pk).encode(), key=key, digest_size=5).hexdigest()


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"posecoach.log" + secret.encode()).digest()
