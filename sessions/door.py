"""What a worker does who is sent to the door: counts what is due, the newest clips first.

Open sets are followed, many at once. Finished ones, and those that cannot be followed, are read as
a whole, one between two rounds. With nothing due the tails of open sets are read thoroughly.
"""

import logging
import time
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from django.db import InterfaceError, OperationalError

from sessions import meters, trace
from sessions.analysis import analyze_set, analyze_tail
from sessions.due import DayDue
from sessions.following import follow
from sessions.versions import running_network
from sessions.waiting import DUE, TAIL, WHOLE, lists

log: Final = logging.getLogger(__name__)
SLICE_S: Final = 0.3  # then other tasks have their turn
AT_ONCE: Final = 64
PACE_S: Final = 0.08  # from wave to wave: sets that are counted together cost less
TAILS_BELOW: Final = 0.4  # share of a turn spent on waves, above which no tail is read


@dataclass(frozen=True, slots=True)
class Answered:
    """days: whose trends the results make due. is_more: whether sets still wait."""

    days: list[DayDue]
    is_more: bool


def answer() -> Answered:
    """Works until nothing waits, or for SLICE_S."""
    lists().at_door()
    turn = _Turn()
    while time.monotonic() < turn.until_s:
        if not (turn.wave() | turn.whole() or turn.tail() or turn.rest()):
            return Answered(turn.days, is_more=False)
    return Answered(turn.days, is_more=lists().some())


class _Turn:
    """At the door; each step says whether it did anything. wave_s: when the next wave may begin,
    in whosever turn."""

    wave_s: ClassVar[float] = 0.0

    def __init__(self) -> None:
        self.days: list[DayDue] = []
        self._began_s = time.monotonic()
        self.until_s = self._began_s + SLICE_S
        self._spent_s = 0.0

    def wave(self) -> bool:
        """Counts what is due, unless more is to come together first."""
        began_s = time.monotonic()
        if began_s < self.wave_s or not (due := lists().take(DUE, AT_ONCE)):
            return False
        if len(due) < AT_ONCE:
            _Turn.wave_s = began_s + PACE_S
        _follow(due)
        self._spent_s += time.monotonic() - began_s
        return True

    def whole(self) -> bool:
        if not (whole := lists().take(WHOLE, 1)):
            return False
        self.days += _whole(whole[0])
        return True

    def tail(self) -> bool:
        if time.monotonic() < self._tails_s or not (tail := lists().take(TAIL, 1)):
            return False
        _thoroughly(tail[0])
        return True

    def rest(self) -> bool:
        """Until there may be something to do; false where there is nothing to wait for."""
        now_s = time.monotonic()
        later = [at_s for at_s in (self.wave_s, self._tails_s) if at_s > now_s]
        if later:
            time.sleep(max(0.0, min(*later, self.until_s) - now_s))
        return bool(later)

    @property
    def _tails_s(self) -> float:
        """When a tail may be read: one takes longer than a wave, which would wait for it."""
        return self._began_s + self._spent_s / TAILS_BELOW


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
