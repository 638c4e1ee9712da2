"""Who must have a second factor (the setting MFA_REQUIRED), and who has one."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import PermissionDenied

from accounts.models import User

NOBODY, STAFF, COACHES = "none", "staff", "coaches"
# Recovery codes alone are none: they come with a factor and go with the last one.
_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorRequired(PermissionDenied):
    default_detail = gettext_lazy(
        "This server asks you for a second factor. Set one up on the page “Security” to go on."
    )
    default_code = "second_factor_required"


def is_required(user: User) -> bool:
    """Whether the user may only come in with a second factor."""
    asks = settings.MFA_REQUIRED
    if asks == NOBODY:
        return False
    return user.is_staff or (asks == COACHES and user.is_coach)


def lacks_factor(user: User) -> bool:
    """Whether the user must set one up before anything else."""
    return is_required(user) and not has_factor(user)


def has_factor(user: User) -> bool:
    held = Authenticator.objects.filter(user=user, type__in=_FACTORS)
    return bool(held.exists())


def staff_without_factor() -> QuerySet[User]:
    """Those who can change everything, with a password alone."""
    having = Authenticator.objects.filter(type__in=_FACTORS).values("user")
    return User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=having)
