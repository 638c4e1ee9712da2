"""Reads about users."""

from rest_framework.request import Request

from accounts.models import User


def acting_user(request: Request) -> User:
    """Who is signed in. For views that let nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("acting_user needs a view that requires signing in")
    return request.user


def user_by_email(email: str) -> User | None:
    """Whose address this is, whatever its case."""
    return User.objects.filter(email__iexact=email).first()
