"""What becomes of a batch: who is signed in, what the rules of the sets say, one commit."""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from accounts.sign_ins.holders import holders_of
from sessions import trace
from sessions.errors import is_disk_full
from sessions.ingest.bell import Bell
from sessions.services.clip_rows import NewClip, pack_together
from sessions.services.clips import StoredClip, clips_store

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A clip, and the session whose holder the clip says it is of."""

    session_key: str
    new: NewClip
    traceparent: str | None = None


class Writer:
    """Called in threads, each of which keeps its connection to the database."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell

    def __call__(self, batch: Sequence[Request]) -> list[StoredClip | None]:
        """Of each what was stored, or None: then Django has to say what is wrong with it.

        A connection that was lost is made anew, once. A clip that was stored just before it was
        lost is a duplicate the second time. Raises OperationalError, InterfaceError. A full disk,
        and whatever nobody foresaw, is Django's, clip by clip, so that one spoils no other.
        """
        try:
            return self._stored(batch)
        except (OperationalError, InterfaceError) as error:
            if is_disk_full(error):
                return [None] * len(batch)
            log.warning("The connection of the ingest was lost; trying once more")
            connection.close()
        except Exception:
            log.exception("A batch of %s clips goes to Django, one by one", len(batch))
            return [None] * len(batch)
        try:
            return self._stored(batch)
        except Exception:
            connection.close()
            raise

    def prepare(self, batch: Sequence[Request]) -> None:
        """On the loop, where the interpreter is: the threads wait for the database meanwhile."""
        pack_together(one.new for one in batch)

    def close(self) -> None:
        connection.close()

    def _stored(self, batch: Sequence[Request]) -> list[StoredClip | None]:
        holders = holders_of(
            {one.session_key for one in batch}, {one.new.athlete_id for one in batch}
        )
        let_in = [
            i for i, one in enumerate(batch) if holders.get(one.session_key) == one.new.athlete_id
        ]
        told: list[StoredClip | None] = [None] * len(batch)
        if not let_in:
            return told
        parents = {batch[i].new.set_id: batch[i].traceparent for i in let_in}
        started_s = time.time()

        def enqueue(*set_ids: UUID) -> None:
            transaction.on_commit(lambda: self._ring(set_ids, parents, started_s), robust=True)

        outcomes = clips_store([batch[i].new for i in let_in], skip_locked=True, enqueue=enqueue)
        for i, outcome in zip(let_in, outcomes, strict=True):
            if isinstance(outcome, StoredClip):
                told[i] = outcome
        return told

    def _ring(
        self, set_ids: Iterable[UUID], parents: Mapping[UUID, str | None], started_s: float
    ) -> None:
        """The one commit is a span of each request that waited for it."""
        traces = {
            one: trace.record(
                "clip.commit",
                parent=parents.get(one),
                started_s=started_s,
                set_id=one,
                sets=len(parents),
            )
            for one in set_ids
        }
        self._bell.ring(traces)
