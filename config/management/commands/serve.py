"""`manage.py serve`: the whole product in one process, or the web part of several."""

import signal
import socket
from argparse import ArgumentParser
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from uvicorn.supervisors import Multiprocess

from config import demo
from config.embedded import EmbeddedWorker
from config.one_write import OneWrite
from config.telemetry.pool import make_folder
from config.telemetry.serving import open_port

REQUESTS_GRACE_S = 1
TASK_GRACE_S = 2
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = "Serves page, API and sockets; counts in this process too unless REDIS_URL is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--processes",
            type=int,
            default=1,
            help="Of one address; more than one needs REDIS_URL, and pays from two cores on.",
        )

    def handle(self, *, host: str, port: int, processes: int, **_: Any) -> None:
        _check_processes(processes)
        # Ctrl-C and a supervisor's SIGTERM end the process in the same, orderly way.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        listener = _listen(host, port)
        with closing(listener), suppress(KeyboardInterrupt):
            _require_migrated()
            self._tell(host, port)
            open_port(knows_all=True)
            if settings.EMBEDDED:
                _serve_and_work(listener)
            elif processes > 1:
                make_folder()
                # Starts again whichever of them dies.
                Multiprocess(_config(processes), sockets=[listener]).run()
            else:
                Server().run(sockets=[listener])
        self.stdout.write("Stopped.")

    def _tell(self, host: str, port: int) -> None:
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104
        built = (Path(settings.FRONTEND_DIST) / "index.html").is_file()
        counting = "in this process" if settings.EMBEDDED else "by `celery -A config worker`"
        for line in (
            f"PoseCoach is at http://{shown}:{port}",
            f"  database  {connection.vendor}, {connection.settings_dict['NAME']}",
            f"  counting  {counting}",
            f"  page      {settings.FRONTEND_DIST if built else 'not built: run `make build`'}",
            "Press Ctrl-C to stop.",
        ):
            self.stdout.write(line)
        if host not in LOOPBACK and demo.are_here():
            self.stderr.write(
                "The demo accounts have a public password and others can reach this address. "
                "Disable them in /admin/ first."
            )


def _check_processes(processes: int) -> None:
    if processes < 1:
        raise CommandError(f"--processes: expected 1 or more, got {processes}.")
    if processes > 1 and settings.EMBEDDED:
        raise CommandError("--processes: several need a broker between them; set REDIS_URL.")


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. Raises CommandError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Two sockets may share an address until one of them listens.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
        ) from error
    return listener


def _require_migrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run `python manage.py setup` first.")


def _serve_and_work(listener: socket.socket) -> None:
    worker = EmbeddedWorker()
    worker.start()
    try:
        Server(worker).run(sockets=[listener])
    finally:
        worker.stop(TASK_GRACE_S)


class Server(uvicorn.Server):
    """Lets the worker know of a signal at once, so that both end side by side."""

    def __init__(self, worker: EmbeddedWorker | None = None) -> None:
        super().__init__(_config())
        self._worker = worker

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._worker:
            self._worker.ask_to_stop()
        super().handle_exit(sig, frame)


def _config(processes: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        "config.asgi:application",
        workers=processes,
        http=OneWrite,
        lifespan="off",
        log_config=None,
        # Addresses and paths say who trained when; they stay out of the log.
        access_log=False,
        log_level="warning",
        server_header=False,
        ws_max_size=64 * 1024,
        # Messages are a kilobyte: packing them takes longer than sending, and 300 KB a socket.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=REQUESTS_GRACE_S,
    )
