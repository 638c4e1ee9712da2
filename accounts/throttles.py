"""How often one person or one address may ask. Counted in the cache: Redis, or in memory where all
is one process."""

import time
from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Final

from django.core.cache import cache
from django.utils.translation import gettext, ngettext
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.addresses import address_of, place_of
from accounts.models import ApiToken

if TYPE_CHECKING:  # DRF asks for this file while it makes its views
    from rest_framework.views import APIView

MINUTE_S: Final = 60
HOUR_S: Final = 3600
SAFE: Final = {"GET", "HEAD", "OPTIONS"}
# A week without a network may come back at once; a class may come from one gym.
WRITES, WRITES_OF_ADDRESS = 600, 6000
CALLS_OF_TOKENS: Final = 300
EXPORTS, EXPORTS_OF_ADDRESS = 30, 300
TOKENS_MADE: Final = 20
WRONG_TOKENS: Final = 30


class WindowThrottle(BaseThrottle):
    """Counts in fixed windows: one atomic increment a request and key, whatever the cache."""

    window_s: ClassVar[int]

    def __init__(self) -> None:
        self._left_s = 0.0

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        """(key, how many requests in a window) of everything that is counted."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:  # noqa: ARG002
        passed, self._left_s = counted_in(self.window_s, self.limits(request))
        return passed

    def wait(self) -> float:
        return self._left_s


def counted_in(window_s: int, limits: Iterable[tuple[str, int]]) -> tuple[bool, float]:
    """Counts one of each key, and says whether none is over its limit, and how many seconds are
    left of this window, at least one. A cache that is away stops nobody's training."""
    now = time.time()
    window = int(now // window_s)
    left_s = (window + 1) * window_s - now + 1  # told in whole seconds, rounded down
    try:
        within = [_counted(f"{key}:{window}", 2 * window_s) <= most for key, most in limits]
    except RedisError:
        return True, left_s
    return all(within), left_s


def _counted(key: str, timeout_s: int) -> int:
    if cache.add(key, 1, timeout=timeout_s):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1


class Everyday(WindowThrottle):
    """Of every view that has none of its own: what writes, and what a program asks by token."""

    window_s = MINUTE_S

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        if isinstance(request.auth, ApiToken):
            yield f"token-calls:{request.user.pk}", CALLS_OF_TOKENS
        if request.method not in SAFE:
            yield f"writes:{request.user.pk}", WRITES
            yield f"writes:{place_of(address_of(request._request))}", WRITES_OF_ADDRESS


class ExportThrottle(WindowThrottle):
    """Whatever gathers much: exports and tables."""

    window_s = HOUR_S

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        yield f"exports:{request.user.pk}", EXPORTS
        yield f"exports:{place_of(address_of(request._request))}", EXPORTS_OF_ADDRESS


class TokenThrottle(WindowThrottle):
    """Making tokens; looking at them and taking them away is not counted."""

    window_s = HOUR_S

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        if request.method not in SAFE | {"DELETE"}:
            yield f"tokens:{request.user.pk}", TOKENS_MADE


def wrong_token_seen(place: str) -> None:
    """Called with each unknown token. Raises Throttled: guessing costs more than it brings."""
    passed, left_s = counted_in(MINUTE_S, [(f"wrong-tokens:{place}", WRONG_TOKENS)])
    if not passed:
        raise Throttled(left_s)


def too_soon(wait_s: float | None) -> str:
    """What a person is told who asked too often: when to come again."""
    if not wait_s:
        return gettext("That was too often. Please try again later.")
    if wait_s <= MINUTE_S:
        seconds = int(wait_s)
        told = ngettext(
            "That was too often. Please try again in %(n)d second.",
            "That was too often. Please try again in %(n)d seconds.",
            seconds,
        )
        return told % {"n": seconds}
    minutes = ceil(wait_s / MINUTE_S)
    told = ngettext(
        "That was too often. Please try again in %(n)d minute.",
        "That was too often. Please try again in %(n)d minutes.",
        minutes,
    )
    return told % {"n": minutes}
