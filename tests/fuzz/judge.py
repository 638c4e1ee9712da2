"""What no answer of the API may be, whatever was asked."""

import json
from collections.abc import Iterator

MOST_BYTES_OF_ERROR = 20_000
TRACES = ("Traceback (most recent", 'File "/', "site-packages", "django.db", "psycopg", "sqlite3.")
PAGES = ("<html", "<!doctype")


def faults(method: str, status: int, content_type: str, body: bytes) -> Iterator[str]:
    """Each with a sentence; none where the answer may stand."""
    text = body.decode(errors="replace")
    if status >= 500:
        yield f"answers {status}: {text[:300]}"
    yield from (f"shows {one}" for one in TRACES if one in text)
    yield from (f"answers a page ({one})" for one in PAGES if status >= 400 and one in text.lower())
    if status >= 400 and method != "HEAD":
        yield from _of_error(content_type, body)
    elif content_type.startswith("application/json") and body:
        yield from _of_json(text)


def _of_error(content_type: str, body: bytes) -> Iterator[str]:
    if len(body) > MOST_BYTES_OF_ERROR:
        yield f"an error of {len(body)} bytes"
    if not content_type.startswith("application/json"):
        yield f"an error that is {content_type or 'without a type'}: {body[:100]!r}"
        return
    try:
        error = json.loads(body)["error"]
        words = [error["code"], error["message"]]
        words += [text for each in error["fields"] for text in (each["field"], each["message"])]
    except (ValueError, KeyError, TypeError):
        yield f"an error of another shape: {body[:200]!r}"
        return
    if error.keys() != {"code", "message", "fields", "reference"} or not all(words):
        yield f"an error without words: {body[:200]!r}"


def _of_json(text: str) -> Iterator[str]:
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        yield f"JSON that a browser cannot read: {error}"
