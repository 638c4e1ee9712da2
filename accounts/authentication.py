"""Signing in to the API: the session cookie, with the CSRF token on every write."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class CookieAuthentication(SessionAuthentication):
    """DRF's, but nobody signed in is 401, so that the page can tell it from a refusal (403)."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return "Session"


class CookieScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI document tells of it."""

    target_class = "accounts.authentication.CookieAuthentication"
