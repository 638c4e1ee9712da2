"""Looks for words everywhere a server may have left them: database, Redis, files.

Each function returns `{word: [places]}` of what was found. Bytes are searched as they are and as
hexadecimal digits, messages of the broker after they were unpacked.
"""

import base64
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
from redis import Redis

Found = dict[str, list[str]]


def in_postgres(url: str, words: Iterable[str]) -> Found:
    """Every column of every row of every table of every schema that is not the server's own."""
    tables = """
        SELECT schemaname, tablename FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
    """
    texts: list[tuple[str, str]] = []
    with psycopg.connect(url) as database:
        for schema, table in database.execute(tables).fetchall():
            rows = database.execute(f'SELECT t::text FROM "{schema}"."{table}" t').fetchall()
            texts += [(table, row[0]) for row in rows]
    return search(texts, words)


def in_sqlite(path: Path, words: Iterable[str]) -> Found:
    texts: list[tuple[str, str]] = []
    with sqlite3.connect(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for [table] in names:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                cells = [one.hex() if isinstance(one, bytes) else str(one) for one in row]
                texts.append((table, "\t".join(cells)))
    return search(texts, words)


def in_redis(url: str, words: Iterable[str]) -> Found:
    """Names of keys, and whatever they hold."""
    with Redis.from_url(url) as redis:
        return search(list(_of_redis(redis)), words)


def _of_redis(redis: "Redis[bytes]") -> Iterator[tuple[str, str]]:
    for key in redis.scan_iter(count=1000):
        name = key.decode(errors="replace")
        values: Iterable[bytes]
        match redis.type(key).decode():
            case "string":
                values = [redis.get(key) or b""]
            case "list":
                values = redis.lrange(key, 0, -1)
            case "set":
                values = redis.smembers(key)
            case "zset":
                values = redis.zrange(key, 0, -1)
            case "hash":
                values = [part for pair in redis.hgetall(key).items() for part in pair]
            case "stream":
                values = [str(entry).encode() for entry in redis.xrange(key)]
            case kind:
                raise AssertionError(f"{name} is a {kind}")
        yield name, name
        for value in values:
            yield name, unpacked(value)


def unpacked(value: bytes) -> str:
    """A message of Celery has its arguments in base64."""
    text = value.decode(errors="replace") + value.hex()
    with suppress(ValueError, TypeError, KeyError):
        held = json.loads(value)
        message = held[0] if isinstance(held, list) else held
        text += base64.b64decode(message["body"]).decode(errors="replace")
    return text


def in_files(folders: Iterable[Path], words: Iterable[str]) -> Found:
    """Byte by byte, also what lies unused within a file."""
    found: Found = defaultdict(list)
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                body = path.read_bytes().lower()
                for word in words:
                    if any(form in body for form in _forms(word)):
                        found[word].append(path.name)
    return dict(found)


def _forms(word: str) -> list[bytes]:
    """As text, and what is itself written in hexadecimal digits as the bytes that it means."""
    forms = [word.lower().encode()]
    with suppress(ValueError):
        forms.append(bytes.fromhex(word.replace("-", "")).lower())
    return forms


def search(texts: Iterable[tuple[str, str]], words: Iterable[str]) -> Found:
    found: Found = defaultdict(list)
    wanted = [(word, word.lower()) for word in words]
    for place, text in texts:
        lower = text.lower()
        for word, small in wanted:
            if small in lower and place not in found[word]:
                found[word].append(place)
    return {word: places for word, places in found.items() if places}
