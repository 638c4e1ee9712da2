"""The page: one index.html for every address that is not the API's."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NONCE_MARK = "__CSP_NONCE__"
NOT_BUILT = """<!doctype html><html lang="en"><title>PoseCoach</title>
<h1>The page is not built yet</h1><p>Run <code>make build</code>, then start the server again.</p>
"""


@require_safe
@ensure_csrf_cookie
def spa(request: HttpRequest) -> HttpResponse:
    """index.html with this answer's style nonce, and the CSRF cookie that a form needs."""
    index = Path(settings.FRONTEND_DIST) / "index.html"
    try:
        page = index.read_text(encoding="utf-8")
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503)
    if NONCE_MARK in page:
        page = page.replace(NONCE_MARK, str(request.csp_nonce))  # type: ignore[attr-defined]
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})
