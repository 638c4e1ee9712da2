"""How often codes may be tried."""

from collections.abc import Iterable
from typing import Final

from rest_framework.request import Request

from accounts.addresses import address_of, place_of
from accounts.throttles import WindowThrottle

TRIES: Final = 30
TRIES_OF_ADDRESS: Final = 300  # a whole class may come from one gym


class CodeThrottle(WindowThrottle):
    """By person and by address: many accounts at one place are no more than one place."""

    window_s = 600

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        return [
            (f"codes:{request.user.pk}", TRIES),
            (f"codes:{place_of(address_of(request._request))}", TRIES_OF_ADDRESS),
        ]
