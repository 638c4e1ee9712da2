"""Remembers runs of the tasks that nobody waits for: those of the clock, and re-scores.

Tasks of one set or one person are not among them: their own rows say what became of it.
"""

from datetime import timedelta
from typing import Any, Final

from celery import Task
from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.utils import timezone

from config.celery import SWEEPS
from sessions.models import TaskRun

KEPT: Final = 50  # of each task; those that failed stay for FAILED_KEPT
FAILED_KEPT: Final = timedelta(days=14)
_LOST_AFTER: Final = timedelta(seconds=2 * settings.CELERY_TASK_TIME_LIMIT)
_LONGEST: Final = 4000  # characters of an error
Outcome = TaskRun.Outcome


def recorded() -> set[str]:
    timed = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    return timed | {*SWEEPS, "sessions.tasks.advance_rescore"}


@task_prerun.connect
def begun(task_id: str, task: Task, **_: Any) -> None:  # type: ignore[type-arg]
    """Called by a worker before it runs a task."""
    if task.name not in recorded():
        return
    _tidy(task.name)
    fresh = {"name": task.name, "started_at": timezone.now()}
    again = {**fresh, "ended_at": None, "outcome": Outcome.RUNNING, "error": ""}
    TaskRun.objects.update_or_create(id=task_id, defaults=again, create_defaults=fresh)


@task_postrun.connect
def ended(task_id: str, task: Task, state: str, retval: object, **_: Any) -> None:  # type: ignore[type-arg]
    """Called by a worker after it has run a task."""
    if task.name not in recorded():
        return
    failed = state != "SUCCESS"
    TaskRun.objects.filter(id=task_id).update(
        outcome=Outcome.FAILED if failed else Outcome.DONE,
        ended_at=timezone.now(),
        error=f"{type(retval).__name__}: {retval}"[:_LONGEST] if failed else "",
    )


def _tidy(name: str) -> None:
    """Closes runs of which nothing will be heard, and forgets old ones."""
    now = timezone.now()
    lost = TaskRun.objects.filter(outcome=Outcome.RUNNING, started_at__lt=now - _LOST_AFTER)
    lost.update(outcome=Outcome.LOST, ended_at=now, error="Its worker ended before the task did.")
    own = TaskRun.objects.filter(name=name).order_by("-started_at")
    if own.count() < 2 * KEPT:  # a sweep runs every few seconds
        return
    kept = list(own.values_list("pk", flat=True)[:KEPT])
    old = own.exclude(pk__in=kept)
    old.filter(outcome=Outcome.DONE).delete()
    old.filter(started_at__lt=now - FAILED_KEPT).delete()
