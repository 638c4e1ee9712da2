"""Writes about users."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.audit import Kind, record
from accounts.models import User

PROFILE_FIELDS = (
    "display_name",
    "time_zone",
    "units",
    "language",
    "weekly_goal",
    "keypoints_days",
    "shares_for_training",
)


@transaction.atomic
def user_create(*, email: str, password: str, **fields: Any) -> User:
    """A user whose address counts as verified: made by whoever runs the server.

    Raises ValidationError that names each wrong field.
    """
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def user_update(*, user: User, **profile: Any) -> User:
    """Changes the given profile fields.

    Raises ValidationError that names each wrong field, TypeError for a field not of the profile.
    """
    if unknown := profile.keys() - set(PROFILE_FIELDS):
        raise TypeError(f"not of the profile: {', '.join(sorted(unknown))}")
    shared = user.shares_for_training
    for name, value in profile.items():
        setattr(user, name, value)
    user.full_clean()
    user.save(update_fields=list(profile))
    if user.shares_for_training != shared:
        kind = Kind.CONSENT_WITHDRAWN if shared else Kind.CONSENT_GIVEN
        record(kind, about=user, by=user, detail="training of the counting")
    return user
