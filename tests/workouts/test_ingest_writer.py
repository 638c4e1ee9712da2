"""What becomes of a batch: who is let in, what is refused, and what a lost connection costs."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from psycopg.errors import DiskFull

from sessions.ingest import writer as module
from sessions.ingest.bell import Bell
from sessions.ingest.writer import Request, Writer
from sessions.services.clip_rows import NewClip
from sessions.services.clips import StoredClip
from tests.workouts.builders import clips, standing

CLIP = next(iter(clips(standing(60))))
ADA, EVE = uuid4(), uuid4()


class Rung(Bell):
    def __init__(self) -> None:
        super().__init__()
        self.traces: dict[UUID, str | None] = {}

    def ring(self, traces: Any) -> None:
        self.traces.update(traces)


class Database:
    """Stores whatever it is given, unless told what to do first."""

    def __init__(self) -> None:
        self.closed = 0
        self.stored: list[NewClip] = []
        self.first: list[Callable[[], Any]] = []

    def close(self) -> None:
        self.closed += 1

    def holders(self, keys: Collection[str], _of: Collection[UUID]) -> dict[str, UUID]:
        return {key: who for key, who in {"ada": ADA, "eve": EVE}.items() if key in keys}

    def store(self, given: Sequence[NewClip], *, skip_locked: bool, enqueue: Any) -> list[Any]:
        assert skip_locked, "the thread waits for nobody's lock"
        told: Any = self.first.pop(0)() if self.first else None
        if told is not None:
            return [told for _ in given]
        self.stored += given
        enqueue(*dict.fromkeys(one.set_id for one in given))
        return [StoredClip(one.index, one.frames, duplicate=False) for one in given]


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    database = Database()
    monkeypatch.setattr(module, "connection", database)
    monkeypatch.setattr(module, "holders_of", database.holders)
    monkeypatch.setattr(module, "clips_store", database.store)
    return database


@pytest.fixture
def bell() -> Rung:
    return Rung()


@pytest.fixture
def writer(database: Database, bell: Rung) -> Writer:
    return Writer(bell)


def request(key: str = "ada", who: UUID = ADA, index: int = 0) -> Request:
    return Request(key, NewClip(who, uuid4(), index, CLIP), "00-parent")


def fails(error: Exception) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


def test_each_is_told_in_its_place_and_the_worker_is_rung_for(
    writer: Writer, database: Database, bell: Rung
) -> None:
    batch = [request(index=1), request("eve", EVE, 2), request(index=3)]
    told = writer(batch)
    assert [one and one.index for one in told] == [1, 2, 3]
    assert database.stored == [one.new for one in batch]
    assert set(bell.traces) == {one.new.set_id for one in batch}
    assert database.closed == 0


def test_who_is_not_signed_in_as_they_say_is_left_to_django(
    writer: Writer, database: Database, bell: Rung
) -> None:
    good = request(index=2)
    told = writer([request("nobody"), good, request("eve", ADA)])
    assert [one and one.index for one in told] == [None, 2, None]
    assert set(bell.traces) == {good.new.set_id}
    database.stored.clear()
    assert writer([request("nobody")]) == [None]
    assert database.stored == []


def test_what_the_rules_refuse_is_left_to_django(writer: Writer, database: Database) -> None:
    database.first = [lambda: ValidationError("not so")]
    assert writer([request(), request()]) == [None, None]


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_connection_that_was_lost_is_made_anew_once(
    writer: Writer, database: Database, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    database.first = [fails(error)]
    told = writer([request(index=4)])
    assert [one and one.index for one in told] == [4]
    assert database.closed == 1
    assert "trying once more" in caplog.text
    database.first = [fails(error), fails(error)]
    with pytest.raises(type(error)):
        writer([request()])
    assert database.closed == 3


def test_a_full_disk_is_djangos_to_tell_and_no_connection_is_lost(
    writer: Writer, database: Database
) -> None:
    full = OperationalError("could not extend file")
    full.__cause__ = DiskFull("could not extend file")
    database.first = [fails(full)]
    assert writer([request(), request()]) == [None, None]
    assert (database.closed, database.stored) == (0, [])


def test_what_nobody_foresaw_is_left_to_django_one_by_one(
    writer: Writer, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.first = [fails(RuntimeError("nobody thought of this"))]
    assert writer([request(), request()]) == [None, None]
    assert "goes to Django, one by one" in caplog.text
    assert database.closed == 0
    writer.close()
    assert database.closed == 1


def test_clips_are_packed_before_a_thread_has_them(bell: Rung) -> None:
    asked = [Request("ada", NewClip(ADA, uuid4(), index, CLIP)) for index in (0, 1)]
    Writer(bell).prepare(asked)
    assert all("packed" in vars(one.new) for one in asked)
