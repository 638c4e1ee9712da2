"""Reads about sign-ins."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_ins.device import browser_of, system_of


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser in which somebody is signed in. browser, system: empty where unknown."""

    id: int
    browser: str
    system: str
    address: str
    signed_in_at: datetime
    seen_at: datetime
    is_this_one: bool


def stored_session(session_key: str | None) -> SessionBase:
    """As it is stored now; that of a request or a socket is as it was at its beginning."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    session: SessionBase = store(session_key)
    return session


def user_of_session(session_key: str | None) -> User | None:
    """Who is signed in with the session: nobody once it has ended, for whatever reason."""
    request = HttpRequest()
    request.session = stored_session(session_key)
    user = get_user(request)
    return user if isinstance(user, User) else None


def sign_ins_of(*, actor: User, session_key: str | None) -> list[SignIn]:
    """Where the actor is signed in, this browser first, then those seen last."""
    rows = UserSession.objects.purge_and_list(actor)
    rows.sort(key=lambda row: (row.session_key != session_key, -row.last_seen_at.timestamp()))
    return [
        SignIn(
            id=row.pk,
            browser=browser_of(row.user_agent),
            system=system_of(row.user_agent),
            address=row.ip,
            signed_in_at=row.created_at,
            seen_at=row.last_seen_at,
            is_this_one=row.session_key == session_key,
        )
        for row in rows
    ]
