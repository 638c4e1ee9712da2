"""Doors only: what ends a session is news to the sockets that hang on it."""

from typing import Any

from django.contrib.sessions.models import Session

from accounts.models import User
from accounts.sign_ins.channel import person_group, session_group, sign_in_changed

# What decides whether a session of the user still is one, and what it may do.
STANDING = {"password", "is_active", "signed_out_at", "is_coach", "is_staff"}


def session_was_deleted(instance: Session, **_: Any) -> None:
    """Called when somebody has signed out, was signed out, or got another key for their session."""
    sign_in_changed(session_group(instance.session_key))


def user_was_saved(
    instance: User, created: bool, update_fields: frozenset[str] | None, **_: Any
) -> None:
    """Called after every save of a user."""
    if not created and (update_fields is None or STANDING & update_fields):
        sign_in_changed(person_group(instance.pk))
