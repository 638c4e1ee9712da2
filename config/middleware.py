"""Headers for every answer, and what the log may know of a request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from config.errors import not_found
from config.headers import HEADERS
from config.telemetry.context import begun, know, pseudonym, request_id, request_id_from
from config.telemetry.routes import UNMATCHED, template

# What browsers keep on disk is read by whoever has the disk. The page keeps copies of its own,
# which belong to one account and go with it (frontend/src/api/copies.ts).
PERSONAL = ("/api/", "/_allauth/")


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(PERSONAL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


IDS = ("set_id", "workout_id")


class KnownMiddleware:
    """Says which route, rows and person a request is about, for the log; and gives it an id.

    Under ASGI `config.telemetry.http` has given it one, and tells it to the client.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request_id():
            return self._answered(request)
        with begun(request_id_from(request.headers.get("X-Request-ID"))) as known:
            response = self._answered(request)
            response.headers["X-Request-ID"] = str(known["request_id"])
            return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        _know_person(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        ids = {name: str(kwargs[name]) for name in IDS if name in kwargs}
        route = UNMATCHED if match is None or view is not_found else template(match.route)
        know(route=route, **ids)

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        _know_person(request)


def _know_person(request: HttpRequest) -> None:
    """Only where somebody has asked already: the log costs no query."""
    user = request.__dict__.get("_cached_user") or request.__dict__.get("user")
    if user is not None and not isinstance(user, SimpleLazyObject) and user.pk:
        know(user=pseudonym(user.pk))
