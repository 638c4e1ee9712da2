"""Rings for the worker from a thread of its own: a broker that hangs keeps no clip waiting."""

import threading
from collections.abc import Mapping
from itertools import islice
from typing import Final
from uuid import UUID

from sessions import doorbell

MOST: Final = 20_000  # sets; what is not rung for is found by `sweep`


class Bell:
    """A set that is rung for again before its turn is rung for once, in the newest trace."""

    def __init__(self) -> None:
        self._due: dict[UUID, str | None] = {}
        self._lock, self._some = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def ring(self, traces: Mapping[UUID, str | None]) -> None:
        """traces: of each set that has something new, see `sessions.trace`. After the commit."""
        with self._lock:
            self._due.update(islice(traces.items(), max(0, MOST - len(self._due))))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()
        self._some.set()

    def _run(self) -> None:
        while True:
            self._some.wait()
            self._some.clear()
            with self._lock:
                due, self._due = self._due, {}
            doorbell.ring(due, traces=due)
