"""What Django and allauth say has happened, as entries of the audit log. Connected in `apps`."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth import signals as auth
from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_save
from django.dispatch import Signal

from accounts.audit.recording import record
from accounts.models import Kind, User
from accounts.selectors import user_by_email
from accounts.tokens.services import tokens_revoke_all

# Signals that carry `user`: who did it is whom it is about.
OF_OWNER: tuple[tuple[Signal, Kind], ...] = (
    (account.user_signed_up, Kind.SIGNED_UP),
    (auth.user_logged_in, Kind.SIGNED_IN),
    (account.password_changed, Kind.PASSWORD_CHANGED),
    (account.password_set, Kind.PASSWORD_CHANGED),
    (account.email_changed, Kind.EMAIL_CHANGED),
    (mfa.authenticator_added, Kind.FACTOR_ADDED),
    (mfa.authenticator_removed, Kind.FACTOR_REMOVED),
    (mfa.authenticator_reset, Kind.FACTOR_RENEWED),
)
ADMIN_WORDS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal, kind in OF_OWNER:
        signal.connect(_of_owner(kind), weak=False, dispatch_uid=f"audit.{kind}.{id(signal)}")
    auth.user_logged_out.connect(signed_out, dispatch_uid="audit.signed_out")
    auth.user_login_failed.connect(sign_in_failed, dispatch_uid="audit.sign_in_failed")
    account.password_reset.connect(password_was_reset, dispatch_uid="audit.password_reset")
    account.email_confirmed.connect(email_confirmed, dispatch_uid="audit.email_confirmed")
    mfa.authentication_failed.connect(factor_failed, dispatch_uid="audit.factor_failed")
    post_save.connect(admin_acted, sender=LogEntry, dispatch_uid="audit.admin")


def _of_owner(kind: Kind) -> Any:
    def receive(user: User, authenticator: Any = None, **_: Any) -> None:
        record(kind, about=user, by=user, detail=getattr(authenticator, "type", ""))

    return receive


def signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, about=user, by=user)


def sign_in_failed(credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """Who it was is not known; whose account it was, if there is one with that address."""
    email = credentials.get("email") or credentials.get("username")
    about = user_by_email(str(email)) if email else None
    record(Kind.SIGN_IN_FAILED, about=about, by=None, request=request)


def factor_failed(user: User, **_: Any) -> None:
    record(Kind.FACTOR_FAILED, about=user, by=None)


def password_was_reset(user: User, **_: Any) -> None:
    """Whoever had the old password may have made tokens with it."""
    record(Kind.PASSWORD_RESET, about=user, by=user)
    tokens_revoke_all(user=user, by=user)


def email_confirmed(email_address: EmailAddress, **_: Any) -> None:
    user = email_address.user
    record(Kind.EMAIL_CONFIRMED, about=user, by=user)


def admin_acted(instance: LogEntry, created: bool, **_: Any) -> None:
    """Admin's own log names what was changed; this one says that it was, and to whom."""
    if not created:
        return
    kind = instance.content_type.name if instance.content_type else ""
    detail = f"{kind}: {ADMIN_WORDS.get(instance.action_flag, '')}"
    record(Kind.ADMIN_ACTION, about=_changed_user(instance), by=instance.user, detail=detail)


def _changed_user(entry: LogEntry) -> User | None:
    if entry.content_type is None or entry.content_type.model_class() is not User:
        return None
    try:
        found = entry.get_edited_object()
    except ObjectDoesNotExist:
        return None
    return found if isinstance(found, User) else None
