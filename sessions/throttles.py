"""How fast one athlete may send clips."""

import time
from typing import Final

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

WINDOW_S: Final = 10
CLIPS_PER_WINDOW: Final = 200  # 20 a second; live training sends one in five seconds


class ClipThrottle(BaseThrottle):
    """Counts in fixed windows: one atomic increment a request, whatever the cache."""

    def __init__(self) -> None:
        self._left_s = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        now = time.time()
        window = int(now // WINDOW_S)
        self._left_s = (window + 1) * WINDOW_S - now
        try:
            return _counted(f"clips:{request.user.pk}:{window}") <= CLIPS_PER_WINDOW
        except RedisError:  # a cache that is away stops nobody's training
            return True

    def wait(self) -> float:
        return self._left_s + 1  # told in whole seconds, rounded down


def _counted(key: str) -> int:
    if cache.add(key, 1, timeout=2 * WINDOW_S):
        return 1
    return cache.incr(key)
