from typing import Any

from celery import Task
from django.db import transaction


def enqueue(task: "Task[Any, Any]", *args: str | list[str]) -> None:
    """Queues the task once the transaction is committed.

    A broker that cannot be reached is logged and forgiven: the rows are stored, and `sweep` finds
    the work again.
    """

    def send() -> None:
        task.apply_async(args, retry=False)

    transaction.on_commit(send, robust=True)
