"""The bell at the worker's door: which sets have something new to analyse."""

import logging
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sessions import tasks, trace
from sessions.waiting import lists

log: Final = logging.getLogger(__name__)


def ring(set_ids: Iterable[UUID], traces: Mapping[UUID, str | None] | None = None) -> None:
    """Has these sets analysed soon. Called after the commit, from any thread; never raises.

    traces: to which each belongs, see `sessions.trace`; without them to the current one. They wait
    with the sets. However many ring, one is sent to the door, in the trace of the first.

    A broker that cannot be reached is logged and forgiven: the rows are stored, and `sweep` finds
    the work again.
    """
    ids = set(set_ids)
    if not ids:
        return
    try:
        if traces is None:
            traces = dict.fromkeys(ids, trace.traceparent())
        kept = {one: value for one, value in traces.items() if value is not None}
        if kept:
            lists().leave_traces(kept)
        with trace.under(next(iter(kept.values()), None)), trace.span("set.ring", sets=len(ids)):
            if lists().ring(ids):
                tasks.answer_door.apply_async(retry=False)
    except Exception as error:
        log.warning("%d sets wait for the sweep, for the queue is away: %r", len(ids), error)
