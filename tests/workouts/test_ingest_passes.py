"""Whom the door remembers: by every header that decides something, and not for long."""

from typing import Any
from uuid import uuid4

import pytest

from sessions.ingest import passes as module
from sessions.ingest.passes import NOTE, Pass, Passes, key_of, note

NOTED = {"user_id": uuid4(), "session_key": "s" * 32}
HEADERS = [
    (b"host", b"localhost"),
    (b"cookie", b"sessionid=s"),
    (b"content-length", b"90"),
    (b"traceparent", b"00-1"),
]
ANSWER = [
    (b"Content-Language", b"de"),
    (b"X-Request-ID", b"7"),
    (b"Date", b"now"),
    (b"Content-Length", b"9"),
    (b"traceparent", b"00-2"),
]


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module.time, "monotonic", clock)
    return clock


def changed(name: bytes, value: bytes) -> list[tuple[bytes, bytes]]:
    return [(key, value if key == name else old) for key, old in HEADERS]


def test_what_differs_from_clip_to_clip_decides_nothing() -> None:
    key = key_of("https", HEADERS)
    assert len(key) == 20
    for name in (b"content-length", b"traceparent"):
        assert key_of("https", changed(name, b"other")) == key
    assert key_of("https", [*HEADERS, (b"x-request-id", b"8"), (b"priority", b"u=1")]) == key


def test_everything_else_decides() -> None:
    key = key_of("https", HEADERS)
    others = {
        key_of("http", HEADERS),
        key_of("https", changed(b"host", b"evil.example")),
        key_of("https", changed(b"cookie", b"sessionid=t")),
        key_of("https", [*HEADERS, (b"x-unknown", b"1")]),
        key_of("https", HEADERS[1:]),
    }
    assert len(others | {key}) == 6


def test_what_django_said_is_said_again_without_what_was_of_that_answer(clock: Clock) -> None:
    passes = Passes()
    passes.keep(b"\0", NOTED, ANSWER)
    assert passes.get(b"\0") == Pass(
        NOTED["user_id"], NOTED["session_key"], ((b"content-language", b"de"),), 1300.0
    )
    assert passes.get(b"b") is None


def test_after_five_minutes_at_most_django_is_asked_again(clock: Clock) -> None:
    passes = Passes()
    passes.keep(b"\0", NOTED, ANSWER)
    clock.now += 300
    assert passes.get(b"\0") is not None
    clock.now += 0.1
    assert passes.get(b"\0") is None
    assert not passes._known


def test_those_who_came_together_do_not_come_again_together(clock: Clock) -> None:
    passes = Passes()
    for first in (0, 128, 255):
        passes.keep(bytes([first]), NOTED, ANSWER)
    ends = [one.until_s - clock.now for one in passes._known.values()]
    assert ends == pytest.approx([300, 225, 150.6], abs=0.1)


def test_what_is_forgotten_is_not_known_and_may_be_forgotten_twice(clock: Clock) -> None:
    passes = Passes()
    passes.keep(b"a", NOTED, ANSWER)
    for _ in range(2):
        passes.forget(b"a")
        assert passes.get(b"a") is None


def test_nobody_is_kept_whom_no_cookie_let_in_or_whose_cookie_changes(clock: Clock) -> None:
    passes = Passes()
    passes.keep(b"a", {}, ANSWER)
    passes.keep(b"b", NOTED, [*ANSWER, (b"Set-Cookie", b"sessionid=new")])
    assert (passes.get(b"a"), passes.get(b"b")) == (None, None)


def test_the_oldest_go_where_there_are_too_many(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    passes = Passes()
    for key in (b"a", b"b", b"c"):
        passes.keep(key, NOTED, ANSWER)
    assert [passes.get(key) is None for key in (b"a", b"b", b"c")] == [True, False, False]


class Granted:
    """A request that a view has granted."""

    def __init__(self, scope: dict[str, Any] | None, authenticator: object) -> None:
        self._request = type("Asgi", (), {} if scope is None else {"scope": scope})()
        self.successful_authenticator = authenticator
        self.user = type("Known", (), {"pk": NOTED["user_id"]})()
        self.session = type("Session", (), {"session_key": NOTED["session_key"]})()


def test_only_who_came_with_a_cookie_and_by_the_door_is_noted() -> None:
    told: dict[str, Any] = {}
    note(Granted({NOTE: told}, object()))  # type: ignore[arg-type]
    note(Granted({}, module.CookieAuthentication()))  # type: ignore[arg-type]
    note(Granted(None, module.CookieAuthentication()))  # type: ignore[arg-type]
    assert told == {}
    note(Granted({NOTE: told}, module.CookieAuthentication()))  # type: ignore[arg-type]
    assert told == NOTED
