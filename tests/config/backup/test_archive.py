"""The file of a backup: whatever is wrong with it is told before anybody writes anything."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from config.backup.archive import MANIFEST, Archive, Manifest, written
from config.backup.errors import BackupError
from config.backup.sealing import MAGIC

TOLD = Manifest("1", "2026-03-02", "sqlite", "k", [("accounts", "0001_initial")], [])


def made(path: Path, passphrase: str | None = None) -> Path:
    """A backup of one table with two rows."""
    with written(path, passphrase) as writer:
        member = writer.table("accounts.user", ["id"], [b"[1]", b"[2]"])
        writer.manifest(replace(TOLD, tables=[member]))
    return path


def opened(path: Path, passphrase: str | None = None) -> Archive:
    with path.open("rb") as file:
        return Archive(io.BytesIO(file.read()), passphrase)


def altered(path: Path, **changes: Any) -> Path:
    """With other values in its manifest."""
    other = path.with_name("altered.pcb")
    with ZipFile(path) as old, ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                content = json.dumps({**json.loads(content), **changes}).encode()
            new.writestr(name, content)
    return other


@pytest.mark.parametrize("passphrase", [None, "six calm otters"])
def test_what_was_written_is_read_and_found_whole(tmp_path: Path, passphrase: str | None) -> None:
    archive = opened(made(tmp_path / "a.pcb", passphrase), passphrase)
    said: list[str] = []
    archive.verify(said.append)
    assert said == ["The file is whole: 1 tables."]
    assert list(archive.lines(archive.manifest.tables[0])) == [b"[1]\n", b"[2]\n"]


def test_an_encrypted_one_asks_for_its_passphrase(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Set BACKUP_PASSPHRASE"):
        opened(made(tmp_path / "a.pcb", "six calm otters"))
    short = tmp_path / "short.pcb"
    short.write_bytes(MAGIC + bytes(30))
    with pytest.raises(BackupError, match="ends before it has begun"):
        opened(short, "six calm otters")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": "other"}, "something else"),
        ({"version": 2}, "something else"),
        ({"tables": [{"name": "x"}]}, "not as I expect it"),
        ({"migrations": 3}, "not as I expect it"),
    ],
)
def test_a_manifest_that_is_wrong(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BackupError, match=words):
        opened(altered(made(tmp_path / "a.pcb"), **changes))


def test_what_is_missing_or_more_or_damaged_is_named(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pcb")
    [known] = opened(path).manifest.tables
    told = {"name": known.name, "columns": known.columns, "rows": 2, "sha256": known.sha256}
    for tables, words in (
        ([], "tables/accounts.user.jsonl is missing, or not in the manifest"),
        ([{**told, "rows": 3}], "tables/accounts.user.jsonl is damaged"),
        ([{**told, "sha256": "0" * 64}], "tables/accounts.user.jsonl is damaged"),
    ):
        with pytest.raises(BackupError, match=words):
            opened(altered(path, tables=tables)).verify(lambda _: None)
    with pytest.raises(BackupError, match="damaged or missing"):
        list(opened(path).lines(replace(known, name="accounts.nobody")))


def test_what_breaks_while_it_is_written_leaves_no_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pcb"
    path.with_name("a.pcb.part").touch()
    with pytest.raises(OSError, match="full"), written(path, None):
        raise OSError("the disk is full")
    assert list(tmp_path.iterdir()) == []
