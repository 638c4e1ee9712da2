"""Some files for each reader, always the same ones; `tests.fuzz.importers` is the long run."""

import io
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zipfile import ZIP_STORED, ZipFile

import pytest

from sessions.portable.tables import MAX_ROWS
from tests.fuzz import importers
from tests.fuzz.guided import Log, at_random
from tests.fuzz.importers import TARGETS, changed_table, changed_zip
from tests.workouts.carried import packed

INPUTS = {"archive": 150, "table": 400, "import": 40}


@pytest.fixture
def _here(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test's own database, and an export of what is in it."""
    monkeypatch.setattr(importers, "with_database", lambda: None)
    importers.exported.cache_clear()
    yield
    importers.exported.cache_clear()


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.usefixtures("_here")
def test_files_are_taken_or_refused(name: str, tmp_path: Path) -> None:
    log = Log(tmp_path / "found.jsonl", TARGETS[name]())
    for seed in log.target.seeds:
        log.attempt(seed)
    at_random(log.target, log, 3, lambda: log.inputs < INPUTS[name])
    assert not log.faults
    assert len(log.outcomes) > 3


@pytest.mark.usefixtures("_here")
def test_small_files_that_would_be_large_in_memory(tmp_path: Path) -> None:
    lists = b"[" + b"[]," * 300_000 + b"[]]"
    bomb = packed({**importers.members_of(importers.exported()), "plans.json": lists})
    with ZipFile(io.BytesIO(bomb)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    log = Log(tmp_path / "found.jsonl", importers.archive())
    log.attempt(out.getvalue())
    assert not log.faults
    assert log.outcomes == {"refused: has more than": 1}


@pytest.mark.usefixtures("_here")
def test_a_row_or_a_column_too_many() -> None:
    from accounts.models import User
    from sessions.portable.refusal import RefusedError
    from sessions.portable.tables import table_read

    head, row = importers.TABLE.split(b"\n")[:2]
    user = User(email="a@example.org")
    with pytest.raises(RefusedError, match="64 columns"):
        table_read(b"a," * 64 + head + b"\n", user=user, unit="kg")
    with pytest.raises(RefusedError, match="100000 rows"):
        table_read(head + b"\n" + b"\n" * (MAX_ROWS + 1), user=user, unit="kg")
    for long in (b"," * 20_001, b'"\n' + b'","\n' * 20_001):
        with pytest.raises(RefusedError, match=r"Line \d+ of the table has more than 20000 cells"):
            table_read(head + b"\n" + long, user=user, unit="kg")
    read = table_read(head + b"\n" + (row + b"\n") * 3_000, user=user, unit="kg")
    assert len(read.workouts) == 1


def test_mutators_keep_their_seed() -> None:
    assert changed_table(Random(1), importers.TABLE) == changed_table(Random(1), importers.TABLE)
    assert changed_zip(Random(1), b"PK") == changed_zip(Random(1), b"PK")
