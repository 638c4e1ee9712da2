"""Signing in to the API: the session cookie, with the CSRF token on every write."""

from typing import Any

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from accounts.factors.required import SecondFactorRequired, lacks_factor
from accounts.models import User


class CookieAuthentication(SessionAuthentication):
    """DRF's, but nobody signed in is 401, so that the page can tell it from a refusal (403).

    Who must have a second factor and has none gets no further than setting one up.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        if found is not None and not may_enter(found[0], request):
            raise SecondFactorRequired
        return found

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return "Session"


def may_enter(user: object, request: Request) -> bool:
    """Views that setting up needs say `is_open_without_factor`."""
    view = request.parser_context.get("view") if request.parser_context else None
    if getattr(view, "is_open_without_factor", False):
        return True
    return not (isinstance(user, User) and lacks_factor(user))


class CookieScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI document tells of it."""

    target_class = "accounts.authentication.CookieAuthentication"
