"""What is made once, however many processes the tests run in."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], object]) -> None:
    """Calls `make` in the first process that comes here; the others wait for it."""
    base = factory.getbasetemp()
    # Processes of xdist have folders of their own in one of the run's.
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = Path(folder, f"{name}.done")
    with Path(folder, f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()
