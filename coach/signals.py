"""Doors only: what is saved about a coach's account or session is news to their open sockets."""

from typing import Any

from django.contrib.sessions.models import Session

from accounts.models import User
from coach.channel import standing_changed

STANDING = {"is_coach", "is_active", "password"}


def user_was_saved(instance: User, update_fields: frozenset[str] | None, **_: Any) -> None:
    """Called after every save of a user."""
    if update_fields is None or STANDING & update_fields:
        standing_changed(coach_id=instance.pk)


def session_was_deleted(instance: Session, **_: Any) -> None:
    """Called when somebody has signed out, wherever they did."""
    if user := instance.get_decoded().get("_auth_user_id"):
        standing_changed(coach_id=user)
