"""The built page and its files."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from config.static import StaticMiddleware

INDEX = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><div id="app"></div>'


@pytest.fixture
def dist(settings: Settings, tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "assets" / "tfjs-B4kQz1xW.wasm").write_bytes(b"\0asm")
    (tmp_path / "models" / "model.json").write_text("{}")
    (tmp_path / "models" / "weights.bin").write_bytes(b"1234")
    (tmp_path / "sw.js").write_text("self.oninstall = () => undefined")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    settings.FRONTEND_DIST = tmp_path
    settings.WHITENOISE_ROOT = str(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(
    "path", ["/", "/train", "/workouts/42", "/reset-password/1-abc", "/index.html"]
)
def test_every_address_of_the_page_is_the_page(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert b'<div id="app">' in answer.content
    assert answer["Cache-Control"] == "no-cache"
    assert "csrftoken" in answer.cookies


@pytest.mark.usefixtures("dist")
def test_the_page_and_the_policy_share_a_nonce_that_nobody_had_before() -> None:
    nonces = set()
    for _ in range(2):
        answer = Client().get("/")
        found = re.search(r'content="([^"]+)"', answer.content.decode())
        assert found
        assert f"style-src 'self' 'nonce-{found[1]}'" in answer["Content-Security-Policy"]
        nonces.add(found[1])
    assert len(nonces) == 2


def test_a_page_that_asks_for_no_nonce_is_sent_as_it_is(dist: Path) -> None:
    (dist / "index.html").write_text("<!doctype html><p>Soon.</p>")
    assert Client().get("/").content == b"<!doctype html><p>Soon.</p>"


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/_allauth/nothing",
        "/static/nothing.js",
        "/assets/old-1a2b3c4d.js",
        "/icons/nothing.png",
        "/no-such-worker.js",
        "/ws/x",
    ],
)
def test_no_other_address_is_the_page(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_a_page_that_is_not_built_says_how_to_build_it(settings: Settings, tmp_path: Path) -> None:
    settings.FRONTEND_DIST = tmp_path / "nowhere"
    answer = Client().get("/")
    assert answer.status_code == 503
    assert b"make build" in answer.content


@pytest.mark.usefixtures("dist")
@pytest.mark.parametrize(
    ("path", "content_type", "cached"),
    [
        ("/assets/tfjs-B4kQz1xW.wasm", "application/wasm", "immutable"),
        ("/models/model.json", "application/json", "max-age=60"),
        ("/models/weights.bin", "application/octet-stream", "max-age=60"),
        ("/manifest.webmanifest", "application/manifest+json", "max-age=60"),
        ("/sw.js", "text/javascript", "no-cache"),
    ],
)
def test_files_have_their_type_and_are_cached(path: str, content_type: str, cached: str) -> None:
    answer = Client().get(path)
    answer.getvalue()
    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == content_type
    assert cached in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.usefixtures("dist")
def test_the_bare_index_is_never_a_file() -> None:
    static = StaticMiddleware(lambda _: HttpResponse("page"))
    request = HttpRequest()
    request.method, request.path_info, request.path = "GET", "/index.html", "/index.html"
    assert static(request).content == b"page"
    assert static.find_file("/index.html") is None


@pytest.mark.usefixtures("dist")
def test_the_service_worker_is_asked_for_anew_and_bound_by_the_policy() -> None:
    answer = Client().get("/sw.js")
    answer.getvalue()
    assert answer["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
