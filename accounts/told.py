"""What an export has of an account itself: nothing in it opens anything."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from accounts.audit.selectors import audit_told
from accounts.consents.selectors import consents_told
from accounts.models import (
    ApiToken,
    CoachRequest,
    Notification,
    NotificationSettings,
    PushSubscription,
    User,
)
from accounts.sign_ins.device import browser_of, system_of

MOST: Final = 20_000  # notifications; a file of an export has its limit

Record = dict[str, Any]


def sign_ins_told(user: User) -> Iterable[Record]:
    """Browsers with their addresses, those seen last first; without the session that lets in."""
    return [
        {
            "browser": browser_of(row.user_agent),
            "system": system_of(row.user_agent),
            "address": row.ip,
            "signed_in_at": row.created_at.isoformat(),
            "seen_at": row.last_seen_at.isoformat(),
        }
        for row in UserSession.objects.filter(user=user).order_by("-last_seen_at")
    ]


def factors_told(user: User) -> Iterable[Record]:
    """kind: totp, webauthn (a passkey, with its name), recovery_codes; without secrets and keys."""
    return [
        {
            "kind": row.type,
            "name": row.data.get("name", ""),
            "created_at": row.created_at.isoformat(),
            "used_at": _time(row.last_used_at),
        }
        for row in Authenticator.objects.filter(user=user).order_by("created_at")
    ]


def tokens_told(user: User) -> Iterable[Record]:
    """prefix: by which its owner knows it again; the rest of a token is kept nowhere."""
    return [
        {
            "name": row.name,
            "prefix": row.prefix,
            "scopes": row.scopes,
            "created_at": row.created_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "used_on": None if row.used_on is None else row.used_on.isoformat(),
            "used_from": row.used_from,
        }
        for row in ApiToken.objects.filter(user=user)
    ]


def notifications_told(user: User) -> Iterator[Record]:
    """The newest MOST of them."""
    for row in Notification.objects.filter(user=user)[:MOST].iterator(chunk_size=2_000):
        yield {
            "kind": row.kind,
            "data": row.data,
            "url": row.url,
            "created_at": row.created_at.isoformat(),
            "read_at": _time(row.read_at),
        }


def settings_told(user: User) -> Iterable[Record]:
    """How one likes to be told, and which browsers show it.

    Of a browser the service that carries the messages, never the address that reaches it.
    """
    row = NotificationSettings.objects.filter(user=user).first() or NotificationSettings(user=user)
    browsers = PushSubscription.objects.filter(user=user)
    return [
        {
            "by_mail": row.by_mail,
            "by_push": row.by_push,
            "weekly_digest": row.weekly_digest,
            "browsers": [
                {"service": urlsplit(one.endpoint).hostname, "since": one.created_at.isoformat()}
                for one in browsers
            ],
        }
    ]


def requests_told(user: User) -> Iterable[Record]:
    """To become a coach, newest first."""
    return [
        {
            "about": row.about,
            "state": row.state,
            "created_at": row.created_at.isoformat(),
            "decided_at": _time(row.decided_at),
        }
        for row in CoachRequest.objects.filter(user=user)
    ]


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


TOLD: Final[dict[str, Callable[[User], Iterable[Record]]]] = {
    "account": audit_told,
    "consents": consents_told,
    "factors": factors_told,
    "notifications": notifications_told,
    "requests": requests_told,
    "settings": settings_told,
    "signins": sign_ins_told,
    "tokens": tokens_told,
}
"""Name of the file to what it holds."""
