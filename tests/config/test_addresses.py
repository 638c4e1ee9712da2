"""From where a request comes: the peer, or what a proxy that we trust says; never what a client
writes into a header."""

from typing import Any

import pytest
import uvicorn
import yaml

from accounts.addresses import place_of, shortened
from config.management.commands.serve import _config
from tests.live import ROOT

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


def behind_a_proxy() -> dict[str, str]:
    """What compose and the manifests set."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    pods = list(yaml.safe_load_all((ROOT / "deploy/kubernetes/base/web.yaml").read_text()))
    [web] = [one for one in pods if one["kind"] == "Deployment"]
    named = web["spec"]["template"]["spec"]["containers"][0]["env"]
    return {
        "compose": compose["services"]["web"]["environment"]["FORWARDED_ALLOW_IPS"],
        "kubernetes": next(one["value"] for one in named if one["name"] == "FORWARDED_ALLOW_IPS"),
    }


@pytest.mark.parametrize("where", ["compose", "kubernetes"])
async def test_what_is_shipped_believes_private_peers_and_no_clients_word(where: str) -> None:
    trusted = behind_a_proxy()[where]
    for proxy in ("10.42.0.7", "172.18.0.5", "192.168.16.2", "100.64.3.4", "fd00::5"):
        assert await seen(trusted, proxy, TOLD) == "203.0.113.7"
    assert await seen(trusted, "192.0.2.5", TOLD) == "192.0.2.5"
    assert await seen(trusted, "172.18.0.5", b"192.168.1.20") == "192.168.1.20"  # of the same house


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
