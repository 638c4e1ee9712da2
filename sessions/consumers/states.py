"""States of sets for open pages: what many ask for at the same time is read from the database once.

The database stays the truth, and whose a set is, is asked each time.
"""

import asyncio
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from uuid import UUID

import orjson
from channels.db import database_sync_to_async

from accounts.models import User
from sessions.selectors.pages import sets_for_pages
from sessions.serializers.quick import Tell, teller
from sessions.serializers.sets import SetAnalyzedSerializer

GATHER_S: Final = 0.02  # for others to ask, too


@dataclass
class _Round:
    """asked: of each set, who wants to know."""

    asked: dict[UUID, list[tuple[UUID, "asyncio.Future[str | None]"]]] = field(default_factory=dict)


_under_way: "set[asyncio.Task[None]]" = set()  # a loop alone would forget them
_rounds: dict[asyncio.AbstractEventLoop, _Round] = {}


async def state_of(set_id: UUID, user: User) -> str | None:
    """The socket's message; None where the set is not, or no longer, the user's."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str | None] = loop.create_future()
    if loop not in _rounds:
        _rounds[loop] = _Round()
        loop.call_later(GATHER_S, _end_round, loop)
    _rounds[loop].asked.setdefault(set_id, []).append((user.pk, answer))
    return await answer


def _end_round(loop: asyncio.AbstractEventLoop) -> None:
    task = loop.create_task(_answer(loop))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _answer(loop: asyncio.AbstractEventLoop) -> None:
    asked = _rounds.pop(loop).asked
    pairs = [(set_id, user_id) for set_id, all_ in asked.items() for user_id, _ in all_]
    try:
        told = await database_sync_to_async(told_of)(pairs)
    except Exception as error:
        for _, answer in (one for all_ in asked.values() for one in all_):
            if not answer.done():
                answer.set_exception(error)
        return
    for set_id, all_ in asked.items():
        for user_id, answer in all_:
            if not answer.done():
                answer.set_result(told.get((set_id, user_id)))


def told_of(pairs: list[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], str]:
    """The message of each set that is the user's, by set and user."""
    wanted = set(pairs)
    found = sets_for_pages({set_id for set_id, _ in pairs}, {user_id for _, user_id in pairs})
    tell = _teller()
    return {
        key: orjson.dumps(tell(one)).decode()
        for one in found
        if (key := (one.pk, one.athlete_id)) in wanted
    }


@lru_cache(maxsize=1)
def _teller() -> Tell:
    """One for all: to make its fields takes longer than to use them."""
    return teller(SetAnalyzedSerializer())
