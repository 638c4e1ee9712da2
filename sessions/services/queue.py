from functools import partial
from typing import Any

from celery import Task
from django.db import transaction


def enqueue(task: "Task[Any, Any]", *args: str | list[str]) -> None:
    """Queues the task once the transaction is committed.

    A broker that cannot be reached is logged and forgiven: the rows are stored, and `sweep` finds
    the work again.
    """
    transaction.on_commit(partial(task.apply_async, args, retry=False), robust=True)
