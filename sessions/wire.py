"""What may come in over a socket: how much, how often, of which shape.

A field that is not what it should be raises MessageError, which names the field, what came and
what would be right, and is short enough for the reason of a closed socket (RFC 6455: 123 bytes).
"""

import re
import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import orjson

MALFORMED: Final = 4400
SIGNED_OUT: Final = 4401
FORBIDDEN: Final = 4403
TOO_LARGE: Final = 4413
TOO_OFTEN: Final = 4429
REASON_BYTES: Final = 123
SLUG: Final = re.compile(r"[a-z0-9_-]{1,64}")

Check = Callable[[str, Any], Any]


class MessageError(Exception):
    """code: with which the socket is closed; reason: why, for whoever sent it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.reason = message.encode()[:REASON_BYTES].decode(errors="ignore")


class Pace:
    """So many messages a second, and some more at once after a quiet time."""

    def __init__(
        self, per_s: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_s, self._burst, self._clock = per_s, burst, clock
        self._left, self._at = float(burst), clock()

    def allows(self) -> bool:
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def read(text: str | None, *, max_bytes: int, shapes: dict[str, dict[str, Check]]) -> Any:
    """The message as a dict of its type and its known fields. Raises MessageError."""
    if text is None:
        raise MessageError(MALFORMED, "Binary messages are not understood. Send JSON as text.")
    if len(text) > max_bytes:
        raise MessageError(
            TOO_LARGE, f"A message of {len(text)} bytes. At most {max_bytes} are taken."
        )
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise MessageError(MALFORMED, "This is not JSON.") from None
    kind = told.get("type") if isinstance(told, dict) else None
    shape = shapes.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise _wrong("type", kind, f"one of {', '.join(shapes)}")
    return {"type": kind} | {name: check(name, told.get(name)) for name, check in shape.items()}


def optional(check: Check) -> Check:
    return lambda name, value: None if value is None else check(name, value)


def flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value, "true or false")
    return value


def whole(least: int, most: int) -> Check:
    def check(name: str, value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _wrong(name, value, f"a whole number from {least} to {most}")
        return value

    return check


def number(least: float, most: float) -> Check:
    def check(name: str, value: Any) -> float:
        if type(value) not in (int, float) or not least <= value <= most:
            raise _wrong(name, value, f"a number from {least} to {most}")
        return float(value)

    return check


def text(most: int) -> Check:
    """Not empty; spaces around it are taken away."""

    def check(name: str, value: Any) -> str:
        told = value.strip() if isinstance(value, str) else ""
        if not 1 <= len(told) <= most:
            raise _wrong(name, value, f"a text of 1 to {most} characters")
        return told

    return check


def one_of(*values: str) -> Check:
    def check(name: str, value: Any) -> str:
        if value not in values or not isinstance(value, str):
            raise _wrong(name, value, f"one of {', '.join(values)}")
        return value

    return check


def uuid(name: str, value: Any) -> str:
    try:
        return str(UUID(value))
    except (TypeError, ValueError, AttributeError):
        raise _wrong(name, value, "a UUID") from None


def slug(name: str, value: Any) -> str:
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise _wrong(name, value, "a name of small letters, digits, _ and -")
    return value


def fields(shape: dict[str, Check]) -> Check:
    def check(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _wrong(name, value, "an object")
        return {key: one(f"{name}.{key}", value.get(key)) for key, one in shape.items()}

    return check


def _wrong(name: str, value: Any, right: str) -> MessageError:
    shown = repr(value)
    shown = shown if len(shown) <= 24 else f"{shown[:23]}…"
    return MessageError(MALFORMED, f"{name}: {shown} should be {right}.")
