"""Writes about second factors that allauth has no word for."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.audit import Kind, person_at_hand, record
from accounts.models import User
from accounts.standing import user_sign_out_everywhere

# Whoever did it was not at the owner's browser.
_NOT_THEIRS = {"ip": "", "device": ""}


@transaction.atomic
def second_factor_reset(*, user: User) -> int:
    """Takes every second factor away, ends every session and tells the user by mail.

    Returns how many there were. The next sign-in takes the password alone, until a new one is set.
    """
    gone: int = Authenticator.objects.filter(user=user).delete()[0]
    record(Kind.FACTOR_REMOVED, about=user, by=person_at_hand(), detail="reset by an admin")
    user_sign_out_everywhere(user=user)
    transaction.on_commit(
        lambda: tell(user, "accounts/email/second_factor_reset", **_NOT_THEIRS), robust=True
    )
    return gone


def tell(user: User, template: str, **context: object) -> None:
    """A mail to the account's owner; `template` is a path without `_subject.txt`."""
    get_adapter().send_notification_mail(template, user, context)
