"""Signing in to the API: the session cookie, with the CSRF token on every write."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class CookieAuthentication(SessionAuthentication):
    """DRF's, but nobody signed in is 401, so that the page can tell it from a refusal (403)."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return "Session"
