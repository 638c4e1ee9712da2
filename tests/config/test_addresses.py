"""From where a request comes: the peer, or what a proxy that we trust says; never what a client
writes into a header."""

from typing import Any

import pytest
import uvicorn

from accounts.addresses import place_of, shortened
from config.management.commands.serve import _config

TOLD = b"198.51.100.99, 203.0.113.7"


async def seen(trusted: str, peer: str, forwarded: bytes) -> str:
    """The address that an application behind our server's settings is told."""
    told: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        told.append(scope["client"][0])

    config = uvicorn.Config(app, forwarded_allow_ips=trusted, lifespan="off", log_config=None)
    config.load()
    headers = [(b"x-forwarded-for", forwarded), (b"x-real-ip", b"198.51.100.98")]
    scope = {"type": "http", "client": (peer, 4000), "headers": headers, "scheme": "http"}
    await config.loaded_app(scope, None, None)
    return told[0]


async def test_a_client_that_is_no_proxy_is_believed_nothing() -> None:
    assert await seen("10.0.0.1", "192.0.2.5", TOLD) == "192.0.2.5"


async def test_behind_our_proxy_its_last_word_counts_not_the_clients_first() -> None:
    assert await seen("10.0.0.1", "10.0.0.1", TOLD) == "203.0.113.7"


async def test_a_network_of_proxies_can_be_named() -> None:
    chain = b"198.51.100.99, 203.0.113.7, 10.0.0.9"
    assert await seen("10.0.0.0/8", "10.0.0.1", chain) == "203.0.113.7"


async def test_by_default_only_this_machine_is_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    config = _config()
    assert config.proxy_headers
    assert set(config.forwarded_allow_ips.split(",")) <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("address", "counted", "kept"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", "unknown", ""),
        ("testserver", "unknown", ""),
    ],
)
def test_counted_by_household_and_kept_shorter(address: str, counted: str, kept: str) -> None:
    assert (place_of(address), shortened(address)) == (counted, kept)
