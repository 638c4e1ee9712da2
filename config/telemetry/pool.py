"""The figures of several processes behind one port, gathered in files that the first one reads.

In a Celery worker a file belongs to a place in the pool and not to a process, so that a worker
that is recycled a thousand times leaves no thousand files, and its counters go on.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, values
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"


def share_figures() -> None:
    """Called before any figure is made; does something in a Celery worker alone."""
    if _is_worker() and FOLDER not in os.environ:
        make_folder()
        values.ValueClass = values.MultiProcessValue(process_identifier=_place)  # type: ignore[no-untyped-call]


def make_folder() -> None:
    """From now on new processes of this one write their figures down, and `gathered` finds them."""
    folder, main = tempfile.mkdtemp(prefix="posecoach-metrics-"), os.getpid()
    os.environ[FOLDER] = folder

    def tidy() -> None:
        if os.getpid() == main:  # a child that was forked has inherited this
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(tidy)


def gathered() -> CollectorRegistry | None:
    """The figures of all processes; None where this one has its own alone."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return None
    _forget_dead(Path(folder))
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry


def _forget_dead(folder: Path) -> None:
    """What a dead process had open is not open any more; what it counted stays counted."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdigit() and not _runs(int(pid)):
            file.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_worker() -> bool:
    return "celery" in Path(sys.argv[0]).parts[-2:] and "worker" in sys.argv


def _place() -> str:
    from billiard.process import current_process

    index = getattr(current_process(), "index", None)
    return "main" if index is None else f"place{index}"
