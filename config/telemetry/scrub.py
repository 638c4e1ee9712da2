"""Takes out of a text what may belong to a person: the last net, for texts from elsewhere."""

import re
from types import TracebackType
from typing import Any, Final

LONGEST: Final = 300  # characters of a message
DEEPEST: Final = 30  # frames of a stack, the innermost
LONGEST_READ: Final = 4000
_ID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LONG_WORD: Final = re.compile(r"[\w-]{16,}")
_PART: Final = re.compile(r"[A-Z]*[a-z]+|[A-Z]+|[^A-Za-z_-]+")
_PATTERNS: Final = (
    # PostgreSQL repeats the row that it refuses.
    (re.compile(r"\s*\b(?:DETAIL|CONTEXT|HINT|Key \()[\s\S]*"), ""),
    (re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+"), "[address]"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "[ip]"),
    (
        re.compile(r"(?<![\w:])(?=[0-9a-f:]*(?:::|(?::[0-9a-f]+){7}))[0-9a-f:]{3,}(?![\w:])", re.I),
        "[ip]",
    ),
    (re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»"), "'…'"),
)
# What these say is about machines: a host that does not answer, a disk that is full.
_ABOUT_MACHINES: Final = ("redis", "kombu", "amqp", "psycopg", "ssl", "socket", "sqlite3")
_OF_MACHINES: Final = {
    "OSError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "TimeoutError",
    "BrokenPipeError", "MemoryError", "ModuleNotFoundError", "OperationalError", "InterfaceError",
    "ImproperlyConfigured", "ZeroDivisionError", "RecursionError", "NotImplementedError",
}  # fmt: skip


def scrubbed(text: str) -> str:
    """Without addresses, quoted words, codes and rows of the database; one line, shortened."""
    text = text[:LONGEST_READ]
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    text = _LONG_WORD.sub(_without_secret, text)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _without_secret(match: re.Match[str]) -> str:
    """Codes, tokens, session keys: long words that are neither an id nor made of words."""
    word = match[0]
    parts = _PART.findall(word)
    is_made_of_words = all(len(part) > 2 and part.isascii() and part.isalpha() for part in parts)
    return word if is_made_of_words or _ID.fullmatch(word) else "[secret]"


def exception_told(error: BaseException) -> dict[str, Any]:
    """type, message (of machines alone), frames and the type of its cause; never a local value."""
    told: dict[str, Any] = {"type": type(error).__name__}
    if _is_about_machines(error) and (text := scrubbed(str(error))):
        told["message"] = text
    told["frames"] = _frames(error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        told["cause"] = type(cause).__name__
    return told


def _is_about_machines(error: BaseException) -> bool:
    kind = type(error)
    return kind.__name__ in _OF_MACHINES or kind.__module__.partition(".")[0] in _ABOUT_MACHINES


def _frames(trace: TracebackType | None) -> list[str]:
    """`file:line function`, the innermost last."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-DEEPEST:]


def _short(path: str) -> str:
    """From the package on: where the server is installed is nobody's business."""
    return path.rpartition("site-packages/")[2].rpartition("posecoach/")[2].lstrip("/")
