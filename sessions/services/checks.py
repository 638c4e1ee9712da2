"""Checks that more than one service makes. Those of a value raise ValidationError for its field."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.consents.selectors import has_withdrawn
from accounts.models import Consent, User, validate_time_zone
from sessions.errors import ConsentWithdrawn

CLOCK_SLACK: Final = timedelta(days=1)  # a device's clock may be wrong, and people still train
UNDO_WITHIN: Final = timedelta(days=30)


def check_consent(athlete: User) -> None:
    """Raises ConsentWithdrawn for who does not want movements to be stored any more."""
    if has_withdrawn(athlete, Consent.Document.MOVEMENT):
        raise ConsentWithdrawn


def check_not_in_future(field: str, at: datetime) -> None:
    if at > timezone.now() + CLOCK_SLACK:
        told = _("This lies in the future. Please check the device's clock.")
        raise ValidationError({field: told})


def check_time_zone(field: str, name: str) -> None:
    try:
        validate_time_zone(name)
    except ValidationError as error:
        raise ValidationError({field: error}) from error


def check_undo(deleted_at: datetime) -> None:
    if timezone.now() - deleted_at > UNDO_WITHIN:
        told = _("This was deleted more than {days} days ago.").format(days=UNDO_WITHIN.days)
        raise ValidationError({"id": told})
