"""What a browser is told it may do."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "connect-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self'",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def directives(policy: str) -> dict[str, str]:
    found = {}
    for part in policy.split(";"):
        name, sources = part.strip().split(" ", 1)
        found[name] = sources
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/api/me", "/api/nothing", "/admin/login/", "/healthz"])
def test_every_answer_carries_exactly_this_policy(
    path: str, settings: Settings, tmp_path: Path
) -> None:
    settings.FRONTEND_DIST = tmp_path
    answer = Client().get(path)
    assert directives(answer["Content-Security-Policy"]) == POLICY
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert "camera=(self)" in answer["Permissions-Policy"]


def test_static_files_carry_it_too(settings: Settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/admin/css/base.css")
    assert answer.status_code == 200
    answer.getvalue()
    assert directives(answer["Content-Security-Policy"]) == POLICY
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
