"""How often one person or one address may ask."""

import time
from collections.abc import Iterable
from typing import ClassVar, Final

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

WINDOW_S: Final = 10
CLIPS_PER_WINDOW: Final = 200  # 20 a second; live training sends one in five seconds


class WindowThrottle(BaseThrottle):
    """Counts in fixed windows: one atomic increment a request and key, whatever the cache."""

    window_s: ClassVar[int]

    def __init__(self) -> None:
        self._left_s = 0.0

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        """(key, how many requests in a window) of everything that is counted."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        now = time.time()
        window = int(now // self.window_s)
        self._left_s = (window + 1) * self.window_s - now
        try:
            counts = [
                _counted(f"{key}:{window}", 2 * self.window_s) <= most
                for key, most in self.limits(request)
            ]
        except RedisError:  # a cache that is away stops nobody's training
            return True
        return all(counts)

    def wait(self) -> float:
        return self._left_s + 1  # told in whole seconds, rounded down


class ClipThrottle(WindowThrottle):
    window_s = WINDOW_S

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        return [(f"clips:{request.user.pk}", CLIPS_PER_WINDOW)]


def _counted(key: str, timeout_s: int) -> int:
    if cache.add(key, 1, timeout=timeout_s):
        return 1
    return cache.incr(key)
