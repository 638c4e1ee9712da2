"""The example files of the proxies, each run for real before two web processes.

Caddy and Traefik come from their wheels; nginx is asked where there is one.
"""

import gzip
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.deployment.echo import LARGE
from tests.deployment.proxies import HOST, Front, front, program, secured, trusting
from tests.live import Answer

NAMES = ("caddy", "nginx", "traefik")
SPOOFED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=203.0.113.9;proto=http",
}


@pytest.fixture(scope="module", params=NAMES)
def proxy(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Front]:
    if program(request.param) is None:
        pytest.skip(f"no {request.param} on this machine")
    with front(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@contextmanager
def asked(
    proxy: Front, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> Iterator[HTTPResponse]:
    """The answer while it is still coming."""
    connection = HTTPSConnection(HOST, context=trusting(), timeout=20)
    connection.sock = secured(proxy.tls_port)
    connection.auto_open = 0
    with closing(connection):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, given)
        with closing(connection.getresponse()) as answer:
            yield answer


def ask(proxy: Front, path: str, *request: Any, **headers: str) -> Answer:
    with asked(proxy, path, *request, **headers) as answer:
        return Answer(answer.status, answer.read(), answer.headers)


def told(proxy: Front, **headers: str) -> Any:
    return ask(proxy, "/api/me", **headers).json


def test_the_server_knows_who_asks_and_by_which_address(proxy: Front) -> None:
    found = told(proxy)
    assert found["headers"]["host"].partition(":")[0] == HOST
    assert (found["scheme"], found["client"]) == ("https", "127.0.0.1")


def test_nobody_can_say_that_they_are_somebody_else(proxy: Front) -> None:
    found = told(proxy, **SPOOFED)
    assert (found["scheme"], found["client"]) == ("https", "127.0.0.1")
    assert "203.0.113.9" not in found["headers"].get("x-forwarded-for", "")


def test_plain_requests_are_sent_to_https(proxy: Front) -> None:
    with closing(HTTPConnection("127.0.0.1", proxy.plain_port, timeout=20)) as connection:
        connection.request("GET", "/home", headers={"Host": HOST})
        with closing(connection.getresponse()) as answer:
            assert answer.status in {301, 302, 307, 308}
            assert (answer.headers["Location"] or "").startswith(f"https://{HOST}")


def test_a_socket_passes_in_both_directions(proxy: Front) -> None:
    # The connection is encrypted already, so the address says nothing of it.
    with connect(f"ws://{HOST}/ws/workout", sock=secured(proxy.tls_port)) as socket:
        for word in ("down", "up"):
            socket.send(word)
            assert socket.recv(timeout=10) == word


def test_a_clip_passes_and_what_is_too_large_does_not(proxy: Front) -> None:
    answer = ask(proxy, "/api/me", "PUT", b"x" * 500_000)
    assert answer.json["bytes"] == 500_000
    if proxy.name == "traefik":
        return  # PoseCoach refuses it: tests/workouts/test_live.py
    assert ask(proxy, "/api/me", "PUT", b"x" * 1_200_000).status == 413


def test_files_and_keypoints_are_compressed_personal_answers_are_not(proxy: Front) -> None:
    wanted = {"Accept-Encoding": "gzip"}
    for path in ("/assets/index.js", "/api/sets/1/frames", "/api/athletes/1/sets/1/frames"):
        answer = ask(proxy, path, **wanted)
        assert answer.headers["Content-Encoding"] == "gzip", path
        assert gzip.decompress(answer.body) == LARGE
    for path in ("/api/home?large", "/api/me?large", "/admin/", "/_allauth/browser/v1/config"):
        answer = ask(proxy, path, **wanted)
        assert answer.headers["Content-Encoding"] is None, path
        assert answer.body == LARGE


def test_an_export_begins_at_once(proxy: Front) -> None:
    with asked(proxy, "/api/export") as answer:
        assert answer.read1(5) == b"first"
        assert answer.read() == b"second"


def test_both_are_asked_and_one_is_enough(proxy: Front) -> None:
    assert {told(proxy)["who"] for _ in range(20)} == set(proxy.backends)
    at, gone = next(iter(proxy.backends.items()))
    gone.kill()
    gone.wait(10)
    for method in ("GET", "PUT", "GET", "PUT") * 3:
        answer = ask(proxy, "/api/me", method, b"clip" if method == "PUT" else None)
        assert (answer.status, answer.json["who"] == at) == (200, False)
