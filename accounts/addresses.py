"""From where a request comes, as much of it as is needed.

The address is the peer's. Behind a proxy the server (uvicorn) puts the client's in its place, and
only for proxies that FORWARDED_ALLOW_IPS names; no header is read here.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.http import HttpRequest

UNKNOWN: Final = "unknown"


def place_of(address: str) -> str:
    """By which is counted: the address; of IPv6 the network of 64 bits that one household has."""
    known = _known(address)
    if known is None:
        return UNKNOWN
    if isinstance(known, IPv4Address):
        return str(known)
    return str(ip_network((known, 64), strict=False))


def shortened(address: str) -> str:
    """What may be kept: a network of 256 (IPv4) or of 2⁸⁰ (IPv6, /48) addresses; "" if unknown."""
    known = _known(address)
    if known is None:
        return ""
    bits = 24 if isinstance(known, IPv4Address) else 48
    return str(ip_network((known, bits), strict=False))


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR") or "")


def _known(address: str) -> IPv4Address | IPv6Address | None:
    try:
        known = ip_address(address)
    except ValueError:
        return None
    return getattr(known, "ipv4_mapped", None) or known
