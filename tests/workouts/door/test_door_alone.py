"""The door by itself: whom it remembers, what it answers in which words, what it hands on.

With the real Django and a real database behind it: `test_door`.
"""

import json
from typing import Any

import pytest

from sessions.ingest import door as module
from sessions.ingest.gate import Gate
from sessions.ingest.group import BusyError, LostError
from sessions.services.clips import StoredClip
from tests.workouts.door.alone import ADA, BODY, CLIP, SET, Visitor


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return Visitor(monkeypatch)


@pytest.fixture
async def known(visitor: Visitor) -> Visitor:
    """Whom Django has let in a moment ago."""
    assert (await visitor.send())[0] == 202
    visitor.django.bodies.clear()
    return visitor


async def test_after_djangos_yes_the_door_says_yes_by_itself(known: Visitor) -> None:
    status, headers, body = await known.send(1, (BODY[:9], BODY[9:9], BODY[9:]))
    assert status == 202
    assert json.loads(body) == {"index": 1, "frames": len(CLIP.t_ms), "duplicate": False}
    assert headers == {b"content-language": b"de", b"content-length": str(len(body)).encode()}
    [asked] = known.group.asked
    assert (asked.session_key, asked.new.athlete_id) == ("s" * 32, ADA)
    assert (asked.new.set_id, asked.new.index) == (SET, 1)
    assert known.django.bodies == []
    known.group.tells = lambda new: StoredClip(new.index, new.frames, True)
    assert json.loads((await known.send(1))[2])["duplicate"] is True
    assert known.seen == [("stored", len(BODY)), ("duplicate", len(BODY))]


async def test_nobody_is_remembered_without_djangos_yes(visitor: Visitor) -> None:
    visitor.django.status = 409
    assert (await visitor.send())[0] == 409
    assert (await visitor.send())[0] == 409
    assert (len(visitor.django.bodies), visitor.group.asked) == (2, [])


async def test_who_hangs_up_is_answered_nothing(known: Visitor) -> None:
    assert await known.send(1, ()) is None
    assert (known.group.asked, known.django.bodies, known.seen) == ([], [], [])


@pytest.mark.parametrize("body", [b"", b"PCCL", BODY[:-1]])
async def test_what_is_no_clip_is_djangos_to_refuse(known: Visitor, body: bytes) -> None:
    known.django.status = 400
    assert (await known.send(1, (body,)))[0] == 400
    assert known.django.bodies == [body], "it reads the very same"
    assert (await known.send(1))[0] == 400, "and whoever was refused is asked about again"
    assert known.group.asked == []


async def test_what_the_batch_leaves_is_asked_once_more_and_then_djangos(known: Visitor) -> None:
    known.group.tells = lambda _: None
    assert (await known.send(1))[0] == 202
    assert (known.django.bodies, len(known.group.asked)) == ([BODY], 2)


async def test_a_set_that_was_locked_for_a_moment_is_not_djangos(known: Visitor) -> None:
    answers = iter([None, StoredClip(1, 2, duplicate=False)])
    known.group.tells = lambda _: next(answers)
    assert (await known.send(1))[0] == 202
    assert known.django.bodies == []


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [(BusyError(), 429, b"Throttled de"), (LostError(), 503, b"Unavailable de")],
)
async def test_later_is_said_in_the_readers_language(
    known: Visitor, told: Exception, status: int, words: bytes
) -> None:
    known.group.tells = lambda _: told
    answered, headers, body = await known.send(1)
    assert (answered, body) == (status, words)
    assert int(headers[b"retry-after"]) == module.BUSY_WAIT_S
    assert headers[b"content-length"] == str(len(words)).encode()
    assert known.seen == [("busy", len(BODY))]
    assert known.django.bodies == []


async def test_where_no_language_was_told_it_is_english(
    known: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.group.full = True
    [(key, one)] = known.door._passes._known.items()
    known.door._passes._known[key] = module.Pass(one.user_id, one.session_key, (), one.until_s)
    assert (await known.send(1))[::2] == (429, b"Throttled en")


async def test_a_full_queue_is_told_before_anything_is_read(
    known: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object) -> None:
        raise AssertionError("nothing is read for nothing")

    monkeypatch.setattr(module, "_read", read)
    known.group.full = True
    assert (await known.send(1))[0] == 429


async def test_one_person_may_send_so_many_in_a_window(
    known: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr(module.time, "time", lambda: now[0])
    monkeypatch.setattr(module, "CLIPS_PER_WINDOW", 3)
    monkeypatch.setattr(module, "WINDOW_S", 10)
    now[0] += 4
    assert [(await known.send(i))[0] for i in range(4)] == [202, 202, 202, 429]
    _, headers, _ = await known.send(4)
    assert int(float(headers[b"retry-after"])) == 7, "until the window ends, told in whole seconds"
    now[0] += 6
    assert (await known.send(4))[0] == 202


async def test_strangers_are_let_to_django_a_few_at_a_time(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor.door, "_strangers", Gate(1))
    monkeypatch.setattr("sessions.ingest.gate.MOST_WAITING", 0)
    within: list[Any] = []

    async def another() -> None:
        visitor.django.meanwhile = None
        within.append(await visitor.send(0, **{"accept-language": "es"}))

    visitor.django.meanwhile = another
    assert (await visitor.send())[0] == 202
    [(status, headers, body)] = within
    assert (status, body) == (429, b"Throttled es")
    assert int(headers[b"retry-after"]) == module.BUSY_WAIT_S
    assert (headers[b"content-language"], headers[b"cache-control"]) == (b"es", b"no-store")
    assert visitor.seen == [("busy", len(BODY))]
    assert (await visitor.send(0, **{"accept-language": "es"}))[0] == 202


async def test_who_waits_too_long_for_django_is_sent_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor.door, "_strangers", Gate(0))
    monkeypatch.setattr("sessions.ingest.gate.LONGEST_WAIT_S", 0.0)
    assert (await visitor.send())[::2] == (429, b"Throttled en")
    assert visitor.django.bodies == []


async def test_django_is_handed_a_bounded_number_at_a_time(
    known: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known.door, "_refused", Gate(1))
    monkeypatch.setattr("sessions.ingest.gate.MOST_WAITING", 0)
    known.group.tells = lambda _: None
    within: list[Any] = []
    headers = {"x-other": "browser"}

    async def another() -> None:
        known.django.meanwhile = None
        within.append(await known.send(2, **headers))

    assert (await known.send(1, **headers))[0] == 202  # another browser of hers is known, too
    known.django.meanwhile = another
    assert (await known.send(1))[0] == 202
    [(status, _, body)] = within
    assert (status, body) == (429, b"Throttled de")
    assert known.seen[-1] == ("busy", len(BODY))
    assert (await known.send(3))[0] == 202, "there is room again"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer pc_1"},
        {"transfer-encoding": "chunked"},
        {"expect": "100-continue"},
        {"content-type": "application/json"},
        {"content-length": None},
        {"content-length": "-1"},
        {"content-length": str(module.MAX_BINARY_BYTES + 1)},
    ],
)
async def test_what_is_not_plainly_a_clip_is_djangos(
    known: Visitor, headers: dict[str, str | None]
) -> None:
    for _ in range(2):
        assert (await known.send(1, **headers))[0] == 202
    assert (len(known.django.bodies), known.group.asked) == (2, [])


async def test_a_clip_of_the_largest_size_there_is_may_come(known: Visitor) -> None:
    length = {"content-length": str(module.MAX_BINARY_BYTES)}
    await known.send(1, **length)
    assert len(known.group.asked) == 1


async def test_closing_ends_the_thread(visitor: Visitor) -> None:
    await visitor.door.close()
    assert visitor.group.closed == 1
