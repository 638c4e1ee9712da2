"""Values that no page sends, and bodies that are none."""

import json
from random import Random
from typing import Any, Final

NUL, SURROGATE, RIGHT_TO_LEFT = "a\0b", "\ud800", "\u202eשלום עולם\u202c"
TEXTS: Final = (
    "", " ", "\0", NUL, SURROGATE, RIGHT_TO_LEFT, RIGHT_TO_LEFT * 60, "x" * 3_000, "x" * 100_000,
    "🏋️" * 300, "e\u0301" * 50, "<script>alert(1)</script>", "{{ 7*7 }}", "%s %d {0}", "'; --",
    "../../etc/passwd", "/etc/localtime", "null", "true", "٣", "1e999", "-0", "9" * 5_000, "NaN",
    "00000000-0000-0000-0000-000000000000", "{12345678-1234-5678-1234-567812345678}",
    "urn:uuid:12345678-1234-5678-1234-567812345678", "12345678-1234", "not-a-uuid",
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "0000-00-00", "2026-W10",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-29T02:30:00", "now",
    "2026-01-01T00:00:00+99:99", "a@b", "a@" + "b" * 300 + ".example", "en-XX", "squat", "Squat",
)  # fmt: skip
NUMBERS: Final = (
    0, -1, 1, 7, 1.5, -0.0, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, 2**63, -(2**63),
    2**64, 10**30, -(10**30), 1e308, -1e308, 5e-324, float("inf"), float("-inf"), float("nan"),
)  # fmt: skip
SHAPES: Final[tuple[Any, ...]] = (
    None, True, False, [], {}, [None], [[]], [{}], [[[[[[]]]]]], {"": ""}, {"$ne": None},
    {"id": {"id": {}}}, [1] * 2_000, ["x"] * 600, {str(i): i for i in range(500)},
)  # fmt: skip
BODIES: Final = (
    b"", b" ", b"null", b"[]", b"{}", b'"text"', b"7", b"{", b"[1,", b'{"a":1}{"b":2}', b"\xff\xfe",
    b"\xef\xbb\xbf{}", '{"a": "ü"}'.encode("utf-16"), b"[" * 50_000, b'{"a":' * 5_000, b"9" * 5_000,
    b"NaN", b"\0" * 100, b'{"a":1,"a":2}', b"a=1&b=2", b"--x\r\n\r\n--x--", b"\x1f\x8b\x08\x00",
)  # fmt: skip
CONTENT_TYPES: Final = (
    "application/json", "application/json; charset=nope", "text/plain", "application/xml", "x",
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/octet-stream", "application/vnd.posecoach.clip",
)  # fmt: skip


def odd(rng: Random) -> Any:
    return rng.choice(rng.choice((TEXTS, TEXTS, NUMBERS, SHAPES)))


def odd_word(rng: Random) -> str:
    """As it can stand in a path or a query."""
    one = odd(rng)
    return one if isinstance(one, str) else json.dumps(one)


def changed(rng: Random, value: Any) -> Any:
    """The same with one thing in it that is odd, missing, twice or new."""
    match value:
        case dict() if value and rng.random() < 0.9:
            name = rng.choice(sorted(value))
            rest = {key: one for key, one in value.items() if key != name}
            if rng.random() < 0.1:
                return rest
            if rng.random() < 0.1:
                return {**value, rng.choice(TEXTS): odd(rng)}
            return {**rest, name: changed(rng, value[name])}
        case list() if value and rng.random() < 0.8:
            at = rng.randrange(len(value))
            if rng.random() < 0.15:
                return value * rng.choice((2, 50))
            return [*value[:at], changed(rng, value[at]), *value[at + 1 :]]
    return odd(rng)


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()
