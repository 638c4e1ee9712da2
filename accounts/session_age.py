"""How long a sign-in lasts: SESSION_IDLE_DAYS since the last visit, SESSION_DAYS in all.

Both are in the one expiry that Django keeps with a session and its cookie, so that sockets, which
read the same row, need no rule of their own.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

DAY_S: Final = 24 * 60 * 60
BEGAN, RENEWED = "began_at", "renewed_at"


class SessionAgeMiddleware:
    """Renews the time of a session that is used, at most once a day, and never beyond its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # What never asked who is there is not a visit, and costs no query here.
        if session.accessed and BEGAN in session:
            renew(session, time.time())
        return response


def session_began(request: HttpRequest | None, **_: Any) -> None:
    """Called when somebody has signed in."""
    if request is not None:
        now = time.time()
        request.session[BEGAN] = now
        _set(request.session, now)


def renew(session: SessionBase, now: float) -> None:
    if now - session[RENEWED] < DAY_S and session[RENEWED] <= now:
        return
    if now >= session[BEGAN] + settings.SESSION_DAYS * DAY_S:
        session.flush()
    else:
        _set(session, now)


def _set(session: SessionBase, now: float) -> None:
    left = session[BEGAN] + settings.SESSION_DAYS * DAY_S - now
    session[RENEWED] = now
    session.set_expiry(max(1, int(min(settings.SESSION_IDLE_DAYS * DAY_S, left))))
