"""Mails besides those of signing in: plain text, in the reader's language and time zone."""

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.languages import in_language_of
from accounts.models import Notification, User
from accounts.notifications.words import words

SETTINGS_PATH = "/profile#notifications"


def may_mail(user: User) -> bool:
    """Whether the address is known to be theirs: strangers' addresses get no news."""
    own = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return user.is_active and own.exists()


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL or 'http://localhost:8000'}{path}"


def news_mail(user: User, rows: Sequence[Notification]) -> EmailMessage:
    """One mail for all of them, oldest first."""
    with in_language_of(user), timezone.override(user.time_zone):
        told = [
            {"at": row.created_at, "words": words(row.kind, row.data), "url": absolute(row.url)}
            for row in rows
        ]
        several = ngettext("%(n)d thing is new", "%(n)d things are new", len(told))
        subject = told[0]["words"] if len(told) == 1 else several % {"n": len(told)}
        return mail_of(user, str(subject), "accounts/mail/news.txt", {"told": told})


def mail_of(user: User, subject: str, template: str, context: Mapping[str, Any]) -> EmailMessage:
    """With how to switch it off, for people and for mail programs (RFC 2369)."""
    off = absolute(SETTINGS_PATH)
    body = render_to_string(template, {**context, "user": user, "settings_url": off})
    return EmailMessage(
        subject=f"PoseCoach: {' '.join(subject.split())}",
        body=body,
        to=[user.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "Auto-Submitted": "auto-generated",
        },
    )
