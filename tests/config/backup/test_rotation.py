"""How long backups stay: by their names, and never so short that none is left."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts import tombstones
from accounts.models import Erased
from config.backup import rotation


def made(folder: Path, days_ago: float) -> Path:
    at = datetime.now(UTC) - timedelta(days=days_ago)
    path = folder / at.strftime("posecoach-%Y%m%dT%H%M%SZ.pcb")
    path.touch()
    return path


def test_old_ones_go_and_files_of_others_stay(tmp_path: Path) -> None:
    new, old, oldest = made(tmp_path, 1), made(tmp_path, 31), made(tmp_path, 400)
    other = tmp_path / "before-the-move.pcb"
    other.touch()
    assert rotation.remove_old(tmp_path, 30) == [oldest, old]
    assert sorted(tmp_path.iterdir()) == sorted([new, other])


def test_the_newest_stays_however_old(tmp_path: Path) -> None:
    newest, older = made(tmp_path, 100), made(tmp_path, 200)
    assert rotation.remove_old(tmp_path, 30) == [older]
    assert newest.exists()


def test_without_a_number_all_stay(tmp_path: Path) -> None:
    made(tmp_path, 4000)
    assert rotation.remove_old(tmp_path, None) == []


def test_a_name_tells_when(tmp_path: Path) -> None:
    (tmp_path / rotation.name_of_now()).touch()
    assert rotation.remove_old(tmp_path, 0) == []  # it is the newest


@pytest.mark.django_db
def test_the_list_of_the_erased_lies_beside_and_grows(tmp_path: Path, settings: Settings) -> None:
    settings.ERASED_FILE = str(tmp_path / "outside.txt")
    rotation.write_erased(tmp_path)
    assert not (tmp_path / rotation.ERASED).exists()
    tombstones.remember({"a" * 64})
    tombstones.append(["b" * 64], tmp_path / "outside.txt")
    for _ in range(2):
        rotation.write_erased(tmp_path)
        assert tombstones.read(tmp_path / rotation.ERASED) == {"a" * 64, "b" * 64}
    assert len((tmp_path / rotation.ERASED).read_text().splitlines()) == 2
    assert Erased.objects.count() == 1
