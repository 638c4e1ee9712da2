"""Reads about users."""

from rest_framework.request import Request

from accounts.models import User


def acting_user(request: Request) -> User:
    """Who is signed in. For views that let nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("acting_user needs a view that requires signing in")
    return request.user
