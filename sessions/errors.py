"""Refusals that are neither a wrong field (ValidationError) nor an absence (NotFound)."""

from typing import Final

from django.db import Error
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, PermissionDenied

NO_ROOM: Final = "53100"  # SQLSTATE of PostgreSQL; SQLite has words alone


def is_disk_full(error: Error) -> bool:
    """Whether the database refused for want of room, as far as it can tell."""
    return getattr(error.__cause__, "sqlstate", None) == NO_ROOM or "disk is full" in str(error)


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = _("This does not fit what is already stored.")
    default_code = "conflict"


class ConsentWithdrawn(PermissionDenied):
    default_detail = _("You have withdrawn your consent. You can give it again in Your data.")
    default_code = "consent_withdrawn"


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is too large.")
    default_code = "too_large"


class Unavailable(APIException):
    """wait: seconds after which to try again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _("Something went wrong on the server. Please try again.")
    default_code = "unavailable"

    def __init__(self, wait: float) -> None:
        super().__init__()
        self.wait = wait
