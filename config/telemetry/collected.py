"""Figures that the database and the broker know, asked for when somebody wants them.

Only web processes answer them: every one of them says the same. A part that cannot be asked is
left out and named in `posecoach_collect_failed`.
"""

import logging
import platform
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import django
from django.db.models import Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from accounts.models import Notification
from config import VERSION, storage, work
from config.live_checks import SWEEP
from sessions.models import TaskRun, WorkoutSet
from sessions.services.again import given_up
from sessions.versions import running_version

log: Final = logging.getLogger(__name__)
KEPT_S: Final = 5.0  # two Prometheus servers do not ask the database twice
PATIENCE_S: Final = 3.0


class Collected:
    """What `prometheus_client` calls a collector; may be asked from any thread."""

    def __init__(self, parts: dict[str, Callable[[], Iterable[Metric]]] | None = None) -> None:
        self._parts = PARTS if parts is None else parts
        self._lock = threading.Lock()
        self._found: list[Metric] = []
        self._asked_at = float("-inf")

    def collect(self) -> Iterable[Metric]:
        # Who comes while a database hangs is told what was known, and does not wait with the rest.
        if not self._lock.acquire(timeout=PATIENCE_S):
            return self._found
        try:
            if time.monotonic() - self._asked_at > KEPT_S:
                self._found = list(self._asked())
                self._asked_at = time.monotonic()
            return self._found
        finally:
            self._lock.release()

    def describe(self) -> Iterable[Metric]:
        """Called at registration, which must not ask the database."""
        return []

    def _asked(self) -> Iterator[Metric]:
        failed = GaugeMetricFamily(
            "posecoach_collect_failed", "Parts that could not be asked: 1.", labels=["part"]
        )
        for name, part in self._parts.items():
            try:
                found = list(part())
            except Exception as error:
                log.warning("%s cannot be asked for its figures", name, exc_info=error)
                failed.add_metric([name], 1)
            else:
                failed.add_metric([name], 0)
                yield from found
        yield failed


def _build() -> Iterator[Metric]:
    told = {"version": VERSION, "django": django.__version__, "python": platform.python_version()}
    yield InfoMetricFamily("posecoach_build", "What runs.", value=told)


def _model() -> Iterator[Metric]:
    told = {"version": running_version()}
    yield InfoMetricFamily("posecoach_model", "With which version sets are counted.", value=told)


def _queues() -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "posecoach_queue_length", "Tasks that no worker has fetched.", labels=["queue"]
    )
    for name, length in work.queue_lengths():
        if length is None:
            raise ConnectionError("The broker does not answer.")
        family.add_metric([name], length)
    yield family


def _due() -> Iterator[Metric]:
    due = WorkoutSet.objects.alive().unanalyzed()
    oldest = due.aggregate(at=Min("changed_at"))["at"]
    yield _gauge("posecoach_sets_due", "Sets with something new to analyse.", due.count())
    told = "Since when the oldest of them waits."
    yield _gauge("posecoach_oldest_due_seconds", told, _age(oldest))


def _given_up() -> Iterator[Metric]:
    yield _gauge(
        "posecoach_sets_given_up",
        "Sets whose analysis has failed too often.",
        given_up().count(),
    )


def _unsent() -> Iterator[Metric]:
    oldest = Notification.objects.filter(sent_at=None).aggregate(at=Min("created_at"))["at"]
    yield _gauge(
        "posecoach_oldest_unsent_seconds", "Since when the oldest notification waits.", _age(oldest)
    )


def _sweep() -> Iterator[Metric]:
    last = TaskRun.objects.filter(name=SWEEP).order_by("-started_at").first()
    if last is not None:
        told = "Since the last sweep began; beat or worker is away when it grows."
        yield _gauge("posecoach_sweep_age_seconds", told, _age(last.started_at))


def _database() -> Iterator[Metric]:
    told = "Size of the database, at most ten minutes old."
    yield _gauge("posecoach_database_bytes", told, storage.database_bytes())


PARTS: Final[dict[str, Callable[[], Iterable[Metric]]]] = {
    "build": _build,
    "model": _model,
    "queues": _queues,
    "due": _due,
    "given_up": _given_up,
    "unsent": _unsent,
    "sweep": _sweep,
    "database": _database,
}


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)


def _age(since: Any) -> float:
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0
