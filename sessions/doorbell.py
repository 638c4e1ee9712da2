"""The bell at the worker's door: which sets have something new to analyse."""

import logging
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sessions import tasks, trace

log: Final = logging.getLogger(__name__)


def ring(set_ids: Iterable[UUID], traces: Mapping[UUID, str | None] | None = None) -> None:
    """Has these sets analysed soon. Called after the commit, from any thread; never raises.

    traces: to which each belongs, see `sessions.trace`; without them to the current one.

    A broker that cannot be reached is logged and forgiven: the rows are stored, and `sweep` finds
    the work again.
    """
    for set_id in set_ids:
        try:
            with trace.under((traces or {}).get(set_id)):
                tasks.analyze_set.apply_async((str(set_id),), retry=False)
        except Exception as error:
            log.warning("Set %s waits for the sweep, for the queue is away: %r", set_id, error)
