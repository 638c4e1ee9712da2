"""Processor time and memory of a process and all that it has started, read from /proc."""

import os
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all that it has started."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        started = [int(c) for t in threads for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in started for one in family(child))]


def spent_s(pid: int) -> float:
    return sum(map(_spent_s, family(pid)))


def held_mb(pid: int) -> float:
    return sum(map(_rss_mb, family(pid)))


def _spent_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    # Of the process and of those it has waited for.
    return sum(map(int, fields[11:15])) * TICK_S


def _rss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
