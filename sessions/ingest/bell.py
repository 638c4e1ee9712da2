"""Rings for the worker from a thread of its own: a broker that hangs keeps no clip waiting."""

import threading
from typing import Final
from uuid import UUID

from django.db import transaction

from sessions import doorbell

MOST: Final = 20_000  # sets; what is not rung for is found by `sweep`


class Bell:
    """A set that is rung for again before its turn has come is rung for once."""

    def __init__(self) -> None:
        self._due: dict[UUID, None] = {}
        self._lock, self._some = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def enqueue(self, *set_ids: UUID) -> None:
        """Inside a transaction: once it is committed."""
        transaction.on_commit(lambda: self.ring(*set_ids), robust=True)

    def ring(self, *set_ids: UUID) -> None:
        with self._lock:
            self._due.update(dict.fromkeys(set_ids[: MOST - len(self._due)]))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()
        self._some.set()

    def _run(self) -> None:
        while self._some.wait():
            self._some.clear()
            with self._lock:
                due, self._due = list(self._due), {}
            if due:
                doorbell.ring(due)
