"""A server of our own for tests, replay and screenshots: free port, own data folder, own log.

Embedded by default (one process, SQLite); with a database and a broker it runs as web and worker
processes, as in production.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.steps import ROOT

READY_LIMIT_S = 90
STOP_LIMIT_S = 15
LOG_TAIL_LINES = 60


class ServerError(Exception):
    """The server ended or did not become ready; the message holds the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PrivateServer:
    """A context manager: set up, serving and ready inside the block.

    folder: where database, key and log go; its owner removes it.
    env: DATABASE_URL and REDIS_URL for the split form, and any other setting.
    demo: whether to load the demo athlete, coach and admin with their history.
    """

    def __init__(
        self,
        folder: Path,
        *,
        env: Mapping[str, str] | None = None,
        demo: bool = False,
        port: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.log_path = folder / "server.log"
        self._demo = demo
        self._split = bool(env and env.get("REDIS_URL"))
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._env = {
            **os.environ,
            "READ_DOTENV": "0",
            "DATA_DIR": str(folder),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PUBLIC_URL": self.url,
            "EMAIL_URL": "consolemail://",
            "PYTHONUNBUFFERED": "1",
            **(env or {}),
        }

    def __enter__(self) -> Self:
        try:
            self._command("setup", "--demo" if self._demo else "--no-demo")
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts what `stop` has ended, with the same data at the same address."""
        self.start_worker()
        self._start("web", "manage.py", "serve", "--host", "127.0.0.1", "--port", str(self.port))
        self._wait_until_ready()

    def start_worker(self) -> None:
        """Starts the Celery worker where it is a process of its own."""
        if self._split:
            worker = ("-m", "celery", "-A", "config.celery:app", "worker")
            every = ("--queues", "celery,trends,batch")
            self._start("worker", *worker, *every, "--pool", "solo", "--loglevel", "INFO")

    def stop_worker(self) -> None:
        """Ends the worker process, so that a test can see that nothing gets lost meanwhile."""
        self._end("worker")

    def stop(self) -> None:
        for name in list(self._running):
            self._end(name)

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def log_tail(self) -> str:
        return "\n".join(self.log().splitlines()[-LOG_TAIL_LINES:])

    def _command(self, *arguments: str) -> None:
        with self.log_path.open("ab") as log:
            result = subprocess.run(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=READY_LIMIT_S * 2,
                check=False,
            )
        if result.returncode:
            raise ServerError(f"manage.py {arguments[0]} failed:\n{self.log_tail()}")

    def _start(self, name: str, *arguments: str) -> None:
        with self.log_path.open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _end(self, name: str) -> None:
        process = self._running.pop(name, None)
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + READY_LIMIT_S
        while time.monotonic() < limit:
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise ServerError(f"{name} ended with {process.returncode}:\n{self.log_tail()}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if json.load(answer)["status"] == "ok":
                        return
            except OSError:  # not listening yet, or 503 (an HTTPError is an OSError)
                pass
            time.sleep(0.1)
        raise ServerError(f"not ready after {READY_LIMIT_S} s:\n{self.log_tail()}")
