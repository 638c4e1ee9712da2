"""Who holds these session cookies, asked for many at once."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.statements import Row, Statement, all_of, can_prepare, together

KNOWN: Final = 8_192
SESSIONS: Final = Statement(
    "SELECT session_key, session_data FROM django_session "
    "WHERE session_key = ANY(%b) AND expire_date > %s"
)
USERS: Final = Statement(
    "SELECT id, password, signed_out_at FROM accounts_user WHERE id = ANY(%b) AND is_active"
)


def holders_of(session_keys: Collection[str], user_ids: Collection[UUID]) -> dict[str, UUID]:
    """User id by session key, of those among user_ids who are signed in at this moment.

    The rules of `django.contrib.auth.get_user`, in two queries: the session is there and not over,
    its user is active, has the password of when it began and was not signed out everywhere since.
    Whoever is not in the answer may still be let in by Django, which also knows the SECRET_KEY of
    before.
    """
    stored, users = _asked(list(session_keys), list(user_ids))
    hashes = {one[0]: _hash(*one) for one in users}
    told = {key: _told(data) for key, data in stored}
    return {
        key: user_id
        for key, (user_id, hashed) in told.items()
        if user_id is not None
        and user_id in hashes
        and constant_time_compare(hashes[user_id], hashed)
    }


def _asked(session_keys: list[str], user_ids: list[UUID]) -> list[list[Row]]:
    """Sessions that are not over, and users who are active."""
    now = timezone.now()
    if can_prepare():
        with together():
            return all_of(SESSIONS.ask(session_keys, now), USERS.ask(user_ids))
    sessions = Session.objects.filter(session_key__in=session_keys, expire_date__gt=now)
    users = User.objects.filter(pk__in=user_ids, is_active=True)
    return [
        list(sessions.values_list("session_key", "session_data")),
        list(users.values_list("pk", "password", "signed_out_at")),
    ]


@lru_cache(KNOWN)
def _told(session_data: str) -> tuple[UUID | None, str]:
    """User id and hash of the password in a session; None where nobody has signed in."""
    told = Session(session_data=session_data).get_decoded()
    user_id = told.get(SESSION_KEY)
    pk = None if user_id is None else User._meta.pk.to_python(user_id)
    return pk, str(told.get(HASH_SESSION_KEY, ""))


@lru_cache(KNOWN)
def _hash(pk: UUID, password: str, signed_out_at: datetime | None) -> str:
    user = User(pk=pk, password=password, signed_out_at=signed_out_at)
    return str(user.get_session_auth_hash())
