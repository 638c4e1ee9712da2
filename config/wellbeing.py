"""What is wrong with this server, each with the setting to change: a page of admin.

The same is said by `manage.py check --deploy`, as far as it can be known without a request.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.core.checks import CheckMessage, run_checks
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from config.checks import error
from config.health import OK, readiness
from config.live_checks import ASKED, beat_runs, facts


@dataclass(frozen=True, slots=True)
class Told:
    """level: error, warning or info."""

    level: str
    text: str
    hint: str
    code: str


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Every finding, worst first, and what is as it should be."""
    known = run_checks(include_deployment_checks=True)
    messages = [
        *(one for one in known if not one.is_silenced() and not _is_for_developers(one)),
        *beat_runs(),
        *origin(request),
    ]
    found = [_told(one) for one in sorted(messages, key=lambda one: -one.level)]
    context = {
        **admin.site.each_context(request),
        "title": "Health",
        "found": [one for one in found if one.level != "info"],
        "parts": [(name, state, state == OK) for name, state in readiness().items()],
        "facts": facts(),
        "asked": ASKED,
    }
    return TemplateResponse(request, "admin/health.html", context)


def origin(request: HttpRequest) -> list[CheckMessage]:
    """Whether the address in this admin's browser is the one that the server was told."""
    shown = f"{_scheme(request)}://{request.get_host()}"
    if not settings.PUBLIC_URL or shown == settings.PUBLIC_URL:
        return []
    told = urlsplit(settings.PUBLIC_URL)
    what = "scheme" if told.netloc == request.get_host() else "host"
    return [
        error(
            "E005",
            f"This page was asked for at {shown}, PUBLIC_URL says {settings.PUBLIC_URL}: another "
            f"{what}. Whoever signs in at the one is refused at the other (CSRF, 403).",
            f"Set PUBLIC_URL={shown}, or use {settings.PUBLIC_URL} alone; a proxy has to pass on "
            "Host and X-Forwarded-Proto.",
        )
    ]


def _is_for_developers(message: CheckMessage) -> bool:
    return str(message.id).startswith("drf_spectacular")


def _scheme(request: HttpRequest) -> str:
    """As the browser has it: what a proxy says counts, where there is one."""
    return request.headers.get("X-Forwarded-Proto") or request.scheme or "http"


def _told(message: CheckMessage) -> Told:
    level = "error" if message.level >= 40 else "warning" if message.level >= 30 else "info"
    return Told(level, str(message.msg), str(message.hint or ""), str(message.id))
