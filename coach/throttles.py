"""How often codes may be tried."""

from collections.abc import Iterable
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from rest_framework.request import Request

from sessions.throttles import WindowThrottle

TRIES: Final = 30
TRIES_OF_ADDRESS: Final = 300  # a whole class may come from one gym


class CodeThrottle(WindowThrottle):
    """By person and by address: many accounts at one place are no more than one place."""

    window_s = 600

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        return [
            (f"codes:{request.user.pk}", TRIES),
            (f"codes:{place_of(request.META.get('REMOTE_ADDR', ''))}", TRIES_OF_ADDRESS),
        ]


def place_of(address: str) -> str:
    """The address; of IPv6 the network of 64 bits that one household has."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv4Address):
        return str(known)
    return str(ip_network((known, 64), strict=False))
