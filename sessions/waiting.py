"""Sets that wait for somebody: three lists, in Redis or, in one process, in memory.

A set stands in a list once, however often it is added, at the place of the first time, so that
those who have waited longest are taken first. Whoever takes a set from a list has it alone. What
gets lost with Redis or a worker is found again by `sweep`: the database knows which sets have clips
that no result knows.
"""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, Protocol
from uuid import UUID

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

DUE: Final = "due"  # with new clips
WHOLE: Final = "whole"  # to be read from their clips, as a finished set is
TAIL: Final = "tail"  # open and counted, to be looked at thoroughly when there is time
_TRACES: Final = "posecoach:traces"
TRACES_S: Final = 60
MOST_TRACES: Final = 10_000
_DOOR: Final = "posecoach:door"
_DOOR_MS: Final = 2_000  # after which the door is taken for lost
_SOCKET_S: Final = 2.0


class Lists(Protocol):
    def add(self, name: str, ids: Iterable[UUID]) -> None: ...

    def take(self, name: str, most: int) -> list[UUID]:
        """Those that have waited longest."""

    def some(self) -> bool:
        """Whether any list has any."""

    def ring(self, ids: Iterable[UUID]) -> bool:
        """Adds to DUE; whether somebody has to be sent to the door."""

    def call(self) -> bool:
        """Whether somebody has to be sent to the door: nobody is on the way."""

    def at_door(self) -> None:
        """Somebody is there: who rings from now on has them sent once more."""

    def leave_traces(self, traces: Mapping[UUID, str]) -> None:
        """Of sets that wait, see `sessions.trace`; what nobody takes is forgotten."""

    def take_traces(self, ids: Sequence[UUID]) -> dict[UUID, str]: ...


class Here:
    """In this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: dict[str, dict[UUID, None]] = {}  # in order
        self._traces: dict[UUID, str] = {}

    def add(self, name: str, ids: Iterable[UUID]) -> None:
        with self._lock:
            self._ids.setdefault(name, {}).update(dict.fromkeys(ids))

    def take(self, name: str, most: int) -> list[UUID]:
        with self._lock:
            own = self._ids.get(name, {})
            taken = list(islice(own, most))
            for one in taken:
                del own[one]
            return taken

    def some(self) -> bool:
        with self._lock:
            return any(self._ids.values())

    def ring(self, ids: Iterable[UUID]) -> bool:
        self.add(DUE, ids)
        return self.call()

    def call(self) -> bool:
        return True

    def at_door(self) -> None:
        pass

    def leave_traces(self, traces: Mapping[UUID, str]) -> None:
        with self._lock:
            self._traces.update(islice(traces.items(), max(0, MOST_TRACES - len(self._traces))))

    def take_traces(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        with self._lock:
            return {one: self._traces.pop(one) for one in ids if one in self._traces}


class InRedis:
    """Each call is one round trip. Raises RedisError where Redis is away."""

    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(
            url,
            socket_timeout=_SOCKET_S,
            socket_connect_timeout=_SOCKET_S,
            retry=Retry(NoBackoff(), 0),
        )

    def add(self, name: str, ids: Iterable[UUID]) -> None:
        if members := _now(ids):
            self._redis.zadd(_key(name), members, nx=True)

    def take(self, name: str, most: int) -> list[UUID]:
        return [UUID(bytes=one) for one, _ in self._redis.zpopmin(_key(name), most)]

    def some(self) -> bool:
        with self._redis.pipeline(transaction=False) as pipe:
            for name in (DUE, WHOLE, TAIL):
                pipe.zcard(_key(name))
            return any(pipe.execute())

    def ring(self, ids: Iterable[UUID]) -> bool:
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zadd(_key(DUE), _now(ids), nx=True)
            pipe.set(_DOOR, 1, nx=True, px=_DOOR_MS)
            _, is_first = pipe.execute()
        return bool(is_first)

    def call(self) -> bool:
        return bool(self._redis.set(_DOOR, 1, nx=True, px=_DOOR_MS))

    def at_door(self) -> None:
        self._redis.delete(_DOOR)

    def leave_traces(self, traces: Mapping[UUID, str]) -> None:
        if traces:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.hset(_TRACES, mapping={one.bytes: value for one, value in traces.items()})
                pipe.expire(_TRACES, TRACES_S)
                pipe.execute()

    def take_traces(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        keys = [one.bytes for one in ids]
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.hmget(_TRACES, keys)
            pipe.hdel(_TRACES, *keys)
            values, _ = pipe.execute()
        found = zip(ids, values, strict=True)
        return {one: value.decode() for one, value in found if value is not None}


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Of this process."""
    return InRedis(settings.REDIS_URL) if settings.REDIS_URL else Here()


def _key(name: str) -> str:
    return f"posecoach:waiting:{name}"


def _now(ids: Iterable[UUID]) -> dict[bytes, float]:
    """With the time as their place; clocks of several servers differ by less than it matters."""
    return dict.fromkeys((one.bytes for one in ids), time.time())
