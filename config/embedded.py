"""Background work inside the web process: two Celery workers and a clock, each in a thread.

For the in-memory broker only, which other processes cannot reach. What a crash leaves undone
stays in the database, and the first sweep after the start finds it.
"""

import threading
from datetime import datetime, timedelta

from celery import Celery
from celery.schedules import crontab
from celery.worker import WorkController, state
from django.conf import settings
from django.utils import timezone

from config.celery import SWEEPS, app, make_app

_setting_up = threading.Lock()


class EmbeddedWorker:
    """start() and stop() once each, from the main thread."""

    def __init__(self, sweep_every_s: float = 60.0) -> None:
        self._sweep_every_s = sweep_every_s
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(
                target=_work,
                args=(app, settings.LIVE_QUEUE, settings.TRENDS_QUEUE),
                name="worker",
                daemon=True,
            ),
            threading.Thread(target=_work_on_batch, name="batch", daemon=True),
            threading.Thread(target=self._clock, name="clock", daemon=True),
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

    def _clock(self) -> None:
        """Beat's place. At the start everything is due: a machine may be off every night."""
        last = dict.fromkeys(settings.CELERY_BEAT_SCHEDULE, timezone.now() - timedelta(days=1))
        while True:
            for sweep in SWEEPS:
                app.send_task(sweep)
            for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
                if isinstance(entry["schedule"], crontab) and _is_due(
                    entry["schedule"], last[name]
                ):
                    last[name] = timezone.now()
                    app.send_task(str(entry["task"]))
            if self._stopping.wait(self._sweep_every_s):
                return


def _work_on_batch() -> None:
    """With an application of its own: two workers of one would take each other's queue."""
    _work(make_app("posecoach-batch", is_current=False), settings.BATCH_QUEUE)


def _work(own: Celery, *queues: str) -> None:
    own.set_current()
    # Setting one up imports tasks, which make themselves known to every application: also to the
    # one whose tasks another thread is just going through.
    with _setting_up:
        worker: WorkController = own.WorkController(
            pool_cls="solo",
            hostname=f"embedded-{queues[0]}",
            queues=list(queues),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
    worker.start()


def _is_due(schedule: crontab, last: datetime) -> bool:
    return bool(schedule.is_due(last)[0])


def is_working() -> bool:
    """Whether this process runs the embedded worker."""
    return settings.EMBEDDED and any(t.name == "worker" for t in threading.enumerate())
