"""What a worker does who is sent to the door: counts what is due, the newest clips first.

Open sets are followed, many at once. Finished ones, and those that cannot be followed, are read as
a whole, one between two rounds. With nothing due the tails of open sets are read thoroughly.
"""

import logging
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError

from sessions import meters, trace
from sessions.analysis import analyze_set, analyze_tail
from sessions.due import DayDue
from sessions.following import follow
from sessions.versions import running_network
from sessions.waiting import DUE, TAIL, WHOLE, lists

log: Final = logging.getLogger(__name__)
SLICE_S: Final = 0.5  # then other tasks have their turn
AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True)
class Answered:
    """days: whose trends the results make due. is_more: whether sets still wait."""

    days: list[DayDue]
    is_more: bool


def answer() -> Answered:
    """Works until nothing waits, or for SLICE_S."""
    waiting, until = lists(), time.monotonic() + SLICE_S
    waiting.at_door()
    days: list[DayDue] = []
    while time.monotonic() < until:
        if due := waiting.take(DUE, AT_ONCE):
            _follow(due)
        if whole := waiting.take(WHOLE, 1):
            days += _whole(whole[0])
        elif not due:
            if not (tail := waiting.take(TAIL, 1)):
                return Answered(days, is_more=False)
            _thoroughly(tail[0])
    return Answered(days, is_more=True)


def _follow(due: list[UUID]) -> None:
    parents = _traces(due)
    started, started_s = time.perf_counter(), time.time()
    try:
        with trace.span("sets.follow", sets=len(due)):
            rest = follow(due, running_network())
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # one that cannot be followed must not stop the others
        log.exception("%d sets are read one by one", len(due))
        lists().leave_traces(parents)
        lists().add(WHOLE, due)
        return
    for one in rest.tails:
        analyzed = trace.record(
            "set.analyze", parent=parents.get(one), started_s=started_s, set_id=one
        )
        trace.record("set.announce", parent=analyzed, started_s=time.time(), set_id=one)
        meters.ANALYSIS_S.observe((time.perf_counter() - started) / len(rest.tails))
        meters.ANALYSES.labels("done").inc()
    lists().leave_traces({one: parents[one] for one in rest.whole if one in parents})
    lists().add(WHOLE, rest.whole)
    lists().add(TAIL, rest.tails)


def _whole(set_id: UUID) -> list[DayDue]:
    try:
        with trace.under(_traces([set_id]).get(set_id)):
            day = analyze_set(set_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # its row says so, and it is tried again
        log.exception("A set cannot be analysed", extra={"set_id": str(set_id)})
        return []
    return [day] if day else []


def _thoroughly(set_id: UUID) -> None:
    try:
        analyze_tail(set_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("The tail of a set cannot be read", extra={"set_id": str(set_id)})


def _traces(ids: list[UUID]) -> dict[UUID, str]:
    return lists().take_traces(ids) if trace.is_on() else {}
