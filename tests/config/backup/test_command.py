"""`manage.py backup` by its arguments: where to, for how long, how often, with which words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.backup.archive import Manifest
from config.management.commands import backup as command


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """What is in it is for other tests."""

    def made(file: Path, passphrase: str | None, told: object) -> Manifest:
        file.write_bytes(b"x")
        told("One table.")  # type: ignore[operator]
        return Manifest("1", "", "sqlite", "k", [], [])

    monkeypatch.setattr(command, "backup", made)
    monkeypatch.setattr(command.rotation, "write_erased", lambda _: None)


def test_what_belongs_to_a_folder_needs_one(tmp_path: Path) -> None:
    for more in ({"keep_days": 3}, {"every_hours": 1.0}):
        with pytest.raises(CommandError, match="go with --into"):
            call_command("backup", tmp_path / "a.pcb", **more)
    assert list(tmp_path.iterdir()) == []


def test_one_file_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", tmp_path / "a.pcb", verbosity=2)
    said = capsys.readouterr().out
    assert "One table." in said
    assert "not encrypted: set BACKUP_PASSPHRASE" in said
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", tmp_path / "a.pcb")


def test_it_goes_on_until_stopped_and_takes_old_ones_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "posecoach-20200101T000000Z.pcb"
    old.touch()
    slept: list[float] = []
    now = datetime.now(UTC)
    names = iter((now + timedelta(days=n)).strftime("posecoach-%Y%m%dT%H%M%SZ.pcb") for n in (0, 1))
    monkeypatch.setattr(command.rotation, "name_of_now", names.__next__)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(command, "time", SimpleNamespace(sleep=sleep))
    with pytest.raises(KeyboardInterrupt):
        call_command("backup", into=tmp_path, keep_days=30, every_hours=24.0)
    assert slept == [86_400, 86_400]
    assert not old.exists()
    assert len(list(tmp_path.iterdir())) == 2
    assert f"{old.name} is older than 30 days" in capsys.readouterr().out


def test_a_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(command, "backup", full)
    with pytest.raises(CommandError, match="No backup was made: No space left"):
        call_command("backup", tmp_path / "a.pcb")
