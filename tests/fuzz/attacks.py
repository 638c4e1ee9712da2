"""Requests made up from docs/openapi.yaml: a good one with something wrong in it, or nothing of it.

Half of them begin with what the endpoint takes (`tests.config.access.calls`) and with ids of rows
that are there, so that what is wrong is met deep inside, and not by the first check.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode
from uuid import uuid4

import yaml

from tests.config.access.calls import CALLS, Call
from tests.config.access.endpoints import names_in
from tests.config.access.world import Ids
from tests.fuzz.values import BODIES, CONTENT_TYPES, changed, encoded, odd, odd_word

DESCRIPTION: Final = Path(__file__).parents[2] / "docs" / "openapi.yaml"
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
HEADERS: Final = (
    {"Accept": "text/html"}, {"Accept": "a/b;q=x,,"}, {"Accept-Language": "xx-\xff, *;q=9"},
    {"If-None-Match": '"'}, {"Range": "bytes=9-1"}, {"X-Forwarded-For": "x\t, 1"},
    {"X-HTTP-Method-Override": "DELETE"}, {"If-Modified-Since": "yesterday"},
)  # fmt: skip


@dataclass(frozen=True)
class Endpoint:
    """query: the schema of each parameter; fields: of the JSON body."""

    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Attack:
    endpoint: str
    actor: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.actor}: {self.method} {self.path[:200]} {self.content_type} {self.headers} "
            f"{self.body[:300]!r}"
        )


@cache
def endpoints() -> tuple[Endpoint, ...]:
    told = yaml.load(DESCRIPTION.read_text(), yaml.CSafeLoader)
    found = []
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            query = {
                p["name"]: p["schema"] for p in one.get("parameters", ()) if p["in"] == "query"
            }
            found.append(Endpoint(method.upper(), path, query, _fields(told, one)))
    return tuple(found)


def _fields(told: Any, one: Any) -> dict[str, Any]:
    content = one.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = told["components"]["schemas"].get(name, schema).get("properties", {})
    return found


def attack(rng: Random, endpoint: Endpoint, actor: str, ids: Ids) -> Attack:
    how = CALLS.get(endpoint.name, Call())
    method = rng.choice(METHODS) if rng.random() < 0.06 else endpoint.method
    body, content_type = _body(rng, endpoint, how, ids) if method != "GET" else (b"", "")
    headers = rng.choice(HEADERS) if rng.random() < 0.08 else {}
    path = _path(rng, endpoint, how, ids) + _query(rng, endpoint, how)
    return Attack(endpoint.name, actor, method, path, body, content_type, headers)


def _path(rng: Random, endpoint: Endpoint, how: Call, ids: Ids) -> str:
    words = {}
    for name in names_in(endpoint.path):
        chance = rng.random()
        if chance < 0.06:
            words[name] = odd_word(rng)[:2_000]
        elif chance < 0.16:
            words[name] = str(uuid4())
        elif chance < 0.22:
            words[name] = str(ids[rng.choice(sorted(ids.keys() - {"clip"}))])
        else:
            words[name] = str(ids[how.ids.get(name, name)])
    safe = {name: quote(word.encode(errors="replace"), safe="") for name, word in words.items()}
    path = endpoint.path.format(**safe)
    return path + rng.choice(("/", "//", "/x", ";a", "%00")) if rng.random() < 0.02 else path


def _query(rng: Random, endpoint: Endpoint, how: Call) -> str:
    pairs = parse_qsl(how.query)
    names = [*endpoint.query, *(name for name, _ in pairs)]
    for name in names:
        if rng.random() < 0.35:
            pairs.append((name, _word(rng, endpoint.query.get(name, {}))[:3_000]))
    if rng.random() < 0.05:
        pairs.append((odd_word(rng)[:100], odd_word(rng)[:100]))
    rng.shuffle(pairs)
    return "?" + urlencode(pairs, errors="replace") if pairs else ""


def _word(rng: Random, schema: dict[str, Any]) -> str:
    """Now and then one that is right, so that the other parameters are looked at."""
    if "enum" in schema and rng.random() < 0.4:
        return str(rng.choice(schema["enum"]))
    return odd_word(rng)


def _body(rng: Random, endpoint: Endpoint, how: Call, ids: Ids) -> tuple[bytes, str]:
    content_type = rng.choice(CONTENT_TYPES) if rng.random() < 0.05 else how.content_type
    if rng.random() < 0.06:
        return rng.choice(BODIES), content_type
    good = how.body(ids)
    if isinstance(good, bytes):
        return _bytes(rng, good), content_type
    for name in endpoint.fields:
        if name not in good and rng.random() < 0.2:
            good = {**good, name: odd(rng)}
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        good = changed(rng, good)
    return encoded(good), content_type


def _bytes(rng: Random, good: bytes) -> bytes:
    """One that is cut, longer, or has other bytes in some places."""
    broken = bytearray(good[: rng.randrange(len(good) + 1)] if rng.random() < 0.3 else good)
    for _ in range(rng.choice((0, 1, 4, 40)) if broken else 0):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken) + (b"\0" * 50 if rng.random() < 0.1 else b"")
