"""Checks that more than one service makes. Each raises ValidationError that names the field."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import validate_time_zone

CLOCK_SLACK: Final = timedelta(days=1)  # a device's clock may be wrong, and people still train
UNDO_WITHIN: Final = timedelta(days=30)


def check_not_in_future(field: str, at: datetime) -> None:
    if at > timezone.now() + CLOCK_SLACK:
        raise ValidationError({field: "This lies in the future. Please check the device's clock."})


def check_time_zone(field: str, name: str) -> None:
    try:
        validate_time_zone(name)
    except ValidationError as error:
        raise ValidationError({field: error}) from error


def check_undo(deleted_at: datetime) -> None:
    if timezone.now() - deleted_at > UNDO_WITHIN:
        raise ValidationError({"id": f"This was deleted more than {UNDO_WITHIN.days} days ago."})
