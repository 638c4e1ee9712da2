"""The door where the database is lost or full, and where more come than can be served."""

from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection
from psycopg.errors import DiskFull

from models.clip import CONTENT_TYPE, encode
from sessions.ingest import door as doors
from sessions.ingest import writer as writers
from sessions.ingest.gate import Gate
from sessions.services import clips as rules
from tests.workouts.visiting import GOOD, Counted, Visitor, stored

pytestmark = [
    pytest.mark.engines,
    pytest.mark.usefixtures("on_postgres"),
]


async def test_a_connection_that_was_killed_is_made_anew(visitor: Visitor, set_id: UUID) -> None:
    await visitor.send(set_id, 0)
    await visitor.send(set_id, 1)

    @sync_to_async
    def kill_all() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    await kill_all()
    assert (await visitor.send(set_id, 2))[0] == 202
    assert await stored(set_id) == [0, 1, 2]


async def test_a_database_that_is_away_is_told_as_such(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.send(set_id, 0)

    def away(*_: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(writers, "holders_of", away)
    status, headers, told = await visitor.send(set_id, 1)
    assert (status, told["error"]["code"]) == (503, "unavailable")
    assert int(headers["retry-after"]) >= 1


async def test_a_full_disk_is_told_in_words_and_the_clip_is_taken_later(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COPY goes past Django: psycopg's own error, which nobody else would know."""
    await visitor.send(set_id, 0)

    def full(*_: object) -> None:
        raise DiskFull("could not extend file: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("psycopg.copy.Copy.write_row", full)
        status, headers, told = await visitor.send(set_id, 1)
    assert (status, told["error"]["code"]) == (503, "storage_full")
    assert "waits on your device" in told["error"]["message"]
    assert int(headers["retry-after"]) >= 10
    assert (await visitor.send(set_id, 1))[0] == 202


async def test_a_full_queue_sends_back_what_it_cannot_take(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.send(set_id, 0)
    monkeypatch.setattr("sessions.ingest.group.MOST_WAITING", 0)
    status, headers, told = await visitor.send(set_id, 1)
    assert (status, told["error"]["code"]) == (429, "throttled")
    assert int(headers["retry-after"]) >= 1
    assert await stored(set_id) == [0]


async def test_who_waits_too_long_is_sent_back_and_nothing_is_stored(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.send(set_id, 0)
    monkeypatch.setattr("sessions.ingest.group.LONGEST_WAIT_S", -1.0)
    assert (await visitor.send(set_id, 1))[0] == 429
    assert await stored(set_id) == [0]


@pytest.mark.parametrize(
    "headers", [{}, {"content-type": "application/json"}, {"authorization": "Bearer pc_unknown"}]
)
async def test_strangers_beyond_those_who_may_wait_are_sent_back_in_their_language(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr("sessions.ingest.gate.MOST_WAITING", 0)
    monkeypatch.setattr(visitor.door, "_strangers", Gate(0))
    django = Counted(visitor.door)
    status, answered, told = await visitor.send(
        set_id, 0, encode(GOOD[0]), **headers, **{"accept-language": "de"}
    )
    assert (status, told["error"]["code"], django.calls) == (429, "throttled", 0)
    assert int(answered["retry-after"]) >= 1
    assert (answered["content-language"], answered["content-type"]) == ("de", "application/json")
    assert await stored(set_id) == []


async def test_refused_clips_beyond_those_who_may_wait_are_sent_back(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.send(set_id, 0)
    monkeypatch.setattr("sessions.ingest.gate.MOST_WAITING", 0)
    monkeypatch.setattr(visitor.door, "_refused", Gate(0))
    status, headers, told = await visitor.send(set_id, 1, b"PCCL")
    assert (status, told["error"]["code"]) == (429, "throttled")
    assert int(headers["retry-after"]) >= 1


async def test_one_person_is_slowed_down(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "CLIPS_PER_WINDOW", 3)
    monkeypatch.setattr(doors, "WINDOW_S", 10**6)
    told = [(await visitor.send(set_id, i))[0] for i in range(6)]
    assert told == [202, 202, 202, 202, 429, 429]  # the first was Django's


async def test_what_nobody_foresaw_is_left_to_django_and_the_thread_goes_on(
    visitor: Visitor, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    django = Counted(visitor.door)
    await visitor.send(set_id, 0)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(writers, "clips_store", broken)
    assert (await visitor.send(set_id, 1))[0] == 202
    assert django.calls == 2
    monkeypatch.setattr(writers, "clips_store", rules.clips_store)
    assert (await visitor.send(set_id, 2))[0] == 202
    assert django.calls == 2


async def test_only_a_plain_clip_is_for_the_door(visitor: Visitor) -> None:
    scope = visitor.scope(uuid4(), 1, b"")
    assert doors._place(scope)
    assert doors._is_plain(scope)
    for change in (
        {"method": "POST"},
        {"path": scope["path"] + "/"},
        {"path": scope["path"].replace("-", "")},
        {"type": "lifespan"},
    ):
        assert doors._place({**scope, **change}) is None
    assert not doors._is_plain({**scope, "query_string": b"a=1"})
    for headers in (
        [(b"content-type", CONTENT_TYPE.encode())],
        [(b"content-type", CONTENT_TYPE.encode()), (b"content-length", b"70000")],
        [*scope["headers"], (b"transfer-encoding", b"chunked")],
    ):
        assert not doors._is_plain({**scope, "headers": headers})
