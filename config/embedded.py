"""Background work inside the web process: a Celery worker and a clock, each in a thread.

For the in-memory broker only, which other processes cannot reach. What a crash leaves undone
stays in the database, and the first sweep after the start finds it.
"""

import threading

from celery.worker import WorkController, state
from django.conf import settings

from config.celery import SWEEPS, app


class EmbeddedWorker:
    """start() and stop() once each, from the main thread."""

    def __init__(self, sweep_every_s: float = 60.0) -> None:
        self._sweep_every_s = sweep_every_s
        self._stopping = threading.Event()
        self._worker: WorkController = app.WorkController(
            pool_cls="solo",
            hostname="embedded",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._threads = [
            threading.Thread(target=self._work, name="worker", daemon=True),
            threading.Thread(target=self._sweep, name="sweep", daemon=True),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        """Returns at once; may be called from a signal handler."""
        self._stopping.set()
        state.should_stop = 0  # type: ignore[assignment]

    def stop(self, timeout_s: float = 2.0) -> None:
        """Lets the task at hand end, for at most timeout_s; a task cut off is swept up later."""
        self.ask_to_stop()
        for thread in self._threads:
            thread.join(timeout_s)
        state.should_stop = None

    def _work(self) -> None:
        app.set_current()
        self._worker.start()

    def _sweep(self) -> None:
        while True:
            for sweep in SWEEPS:
                app.send_task(sweep)
            if self._stopping.wait(self._sweep_every_s):
                return


def is_working() -> bool:
    """Whether this process runs the embedded worker."""
    return settings.EMBEDDED and any(t.name == "worker" for t in threading.enumerate())
