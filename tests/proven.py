"""Sessions of tests whose owner has just proven who they are."""

import time

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from accounts.models import User


def prove(client: Client, user: User, *, ago_s: float = 0) -> None:
    """As after signing in with a password, so many seconds ago."""
    request = HttpRequest()
    request.session = session = client.session
    record_authentication(request, user, "password")
    for name, value in session.items():
        if isinstance(value, list) and value and "at" in value[-1]:
            session[name] = [{**value[-1], "at": time.time() - ago_s}]
    session.save()
