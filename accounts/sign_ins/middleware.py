"""Notes now and then that a browser was here: what its owner sees in the list of sign-ins."""

import time
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from accounts.sign_ins.services import SEEN_EVERY, sign_in_seen

_MOST_KNOWN = 10_000


class SeenMiddleware:
    """seen: by session, when this process noted it last. A note every few minutes is enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seen: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A view that never asked who is there leaves nothing to note, and is not slowed down.
        if hasattr(request, "_cached_user") and request.user.is_authenticated:
            self._note(request)
        return response

    def _note(self, request: HttpRequest) -> None:
        key, now = request.session.session_key, time.monotonic()
        if key is None or now - self.seen.get(key, -1e9) < SEEN_EVERY.total_seconds():
            return
        if len(self.seen) >= _MOST_KNOWN:
            self.seen.clear()
        self.seen[key] = now
        try:
            sign_in_seen(request)
        except (DatabaseError, PermissionDenied):  # no address, or a database that only reads
            return
