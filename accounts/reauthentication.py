"""Sensitive calls ask who is there once more: a page left open is not its owner."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from accounts.models import User


class ReauthenticationRequired(APIException):
    status_code = status.HTTP_401_UNAUTHORIZED
    default_code = "reauthentication_required"
    default_detail = gettext_lazy("Please confirm that it is you, then try again.")


def require_recent(request: Request) -> None:
    """Raises ReauthenticationRequired unless whoever is signed in has proven who they are within
    ACCOUNT_REAUTHENTICATION_TIMEOUT, by signing in or by confirming it since."""
    if not is_recent(request._request, request.user):
        raise ReauthenticationRequired


def is_recent(request: HttpRequest, user: object) -> bool:
    if not isinstance(user, User):
        return False
    proofs = get_authentication_records(request, user)
    newest = max((float(proof["at"]) for proof in proofs), default=0.0)
    return bool(time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT)
