"""The files in which several processes write their figures down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.telemetry import pool


def test_what_a_dead_process_had_open_is_forgotten_and_what_it_counted_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    files = {
        name: tmp_path / f"{name}.db"
        for name in (
            f"gauge_livesum_{gone.pid}", f"gauge_livesum_{os.getpid()}", "gauge_livesum_place0",
            f"counter_{gone.pid}",
        )
    }  # fmt: skip
    for file in files.values():
        file.touch()
    monkeypatch.setenv(pool.FOLDER, str(tmp_path))
    monkeypatch.setattr(
        pool, "MultiProcessCollector", lambda _registry, folder: read.append(folder)
    )
    read: list[str] = []
    assert pool.gathered() is not None
    assert read == [str(tmp_path)]
    left = {name for name, file in files.items() if file.exists()}
    assert left == files.keys() - {f"gauge_livesum_{gone.pid}"}


def test_a_process_of_somebody_else_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(pool.os, "kill", refused)
    assert pool._runs(1)


def test_one_process_keeps_its_figures_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pool.FOLDER, raising=False)
    assert pool.gathered() is None
    pool.share_figures()  # no worker of Celery
    assert pool.FOLDER not in os.environ


def test_the_folder_goes_with_the_process_that_made_it_and_not_with_its_children(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_exit = []
    monkeypatch.setattr(pool.atexit, "register", at_exit.append)
    monkeypatch.setenv(pool.FOLDER, "")
    pool.make_folder()
    [tidy] = at_exit
    folder = Path(os.environ[pool.FOLDER])
    with monkeypatch.context() as child:
        child.setattr(pool.os, "getpid", lambda: 1)
        tidy()
    assert folder.is_dir()
    tidy()
    assert not folder.exists()
