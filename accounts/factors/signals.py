"""Doors only: the use of a recovery code is told to the account's owner."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.factors.services import tell
from accounts.models import User


def factor_was_used(user: User, authenticator: Authenticator, **_: Any) -> None:
    """Called when somebody has proved who they are with a second factor."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.refresh_from_db(fields=["data"])  # allauth marks it on a copy of the row
        left = len(authenticator.wrap().get_unused_codes())
        tell(user, "accounts/email/recovery_code_used", left=left)
