"""Writes about users."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.consents import words
from accounts.consents.services import consent_give, consent_withdraw
from accounts.models import Consent, User

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
        _consent_to_sharing(user)
    return user


def _consent_to_sharing(user: User) -> None:
    """The switch of the profile stands beside the text of now, in the language of the profile."""
    document = Consent.Document.TRAINING
    if user.shares_for_training:
        version = words.current(document)
        consent_give(user=user, document=document, version=version, language=user.language)
    else:
        consent_withdraw(user=user, document=document)
