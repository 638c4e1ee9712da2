from typing import Any
from uuid import UUID

from celery import Task
from django.db import transaction

from sessions import tasks
from sessions.doorbell import ring
from sessions.models import WorkoutSession


def enqueue(task: "Task[Any, Any]", *args: str | list[str]) -> None:
    """Queues the task once the transaction is committed.

    A broker that cannot be reached is logged and forgiven: the rows are stored, and `sweep` finds
    the work again.
    """

    def send() -> None:
        task.apply_async(args, retry=False)

    transaction.on_commit(send, robust=True)


def enqueue_analysis(*set_ids: UUID) -> None:
    """Once the transaction is committed."""
    transaction.on_commit(lambda: ring(set_ids), robust=True)


def enqueue_trend(workout: WorkoutSession) -> None:
    """For the day of the workout, of which a set is marked `trend_due`."""
    enqueue(tasks.refresh_trend, str(workout.athlete_id), [workout.day.isoformat()])
