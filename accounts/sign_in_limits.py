"""Who tries too often to sign in waits, and is told for how long. allauth counts (decision 0027).

Failures count by address, by address and account together, and, higher, by account from anywhere:
somebody else's guesses from another place keep nobody out of their own account.
"""

import hashlib
import json
import time
from collections.abc import Callable
from math import ceil
from secrets import token_hex
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from redis.exceptions import RedisError

from accounts.addresses import address_of, place_of
from accounts.audit import Kind, record
from accounts.selectors import user_by_email
from accounts.throttles import too_soon

APP: Final = "allauth.account"
FAILED, FAILED_ANYWHERE = "login_failed", "login_failed_anywhere"
LONGEST_S: Final = 3600
BLOCKED_EVERY_S: Final = 300
CODE: Final = "too_many_login_attempts"
DOOR: Final = "/_allauth/"
# What is counted where; the last two parts of a path.
ACTIONS: Final = {
    "auth/login": ("login", FAILED),
    "auth/reauthenticate": ("reauthenticate", FAILED),
    "2fa/authenticate": (FAILED,),
    "2fa/reauthenticate": ("reauthenticate", FAILED),
    "auth/signup": ("signup",),
    "password/request": ("reset_password",),
    "password/reset": ("reset_password_from_key",),
    "password/change": ("change_password",),
    "account/email": ("manage_email",),
}


def account_key(email: str) -> str:
    """Under which an account's failures are counted; another one after `unlock`."""
    digest = hashlib.sha256(email.lower().encode()).hexdigest()
    return f"{digest}:{cache.get(f'sign-in-epoch:{digest}', '')}"


def unlock(email: str) -> None:
    """Forgets all failures of an account, from wherever they came."""
    digest = hashlib.sha256(email.lower().encode()).hexdigest()
    cache.set(f"sign-in-epoch:{digest}", token_hex(8), LONGEST_S)


def wait_s(request: HttpRequest, action: str, key: str | None = None) -> int:
    """Seconds until allauth's limits of that action let it through again; 0 where they do now."""
    now, waits = time.time(), [0.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        if (rate.per == "key") != (key is not None):
            continue
        if rate.per == "user" and not request.user.is_authenticated:
            continue
        name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        seen: list[float] = cache.get(name, [])  # newest first
        if len(seen) >= rate.amount:
            waits.append(seen[rate.amount - 1] + rate.duration - now)
    return ceil(max(waits))


def guess_key(request: HttpRequest, email: str) -> str:
    """Account and place: who guesses from elsewhere does not lock its owner out."""
    return f"{account_key(email)}:{place_of(address_of(request))}"


def guess_anywhere(request: HttpRequest, email: str) -> ratelimit.RateLimitUsage | None:
    """Counts a guess at an account, wherever it comes from; None: there were too many."""
    return ratelimit.consume(request, app=APP, action=FAILED_ANYWHERE, key=account_key(email))


def guess_refused(request: HttpRequest, email: str) -> None:
    """Called when a password is not even looked at: notes how long, and once in a while that."""
    request.sign_in_wait_s = max(  # type: ignore[attr-defined]
        wait_s(request, FAILED),
        wait_s(request, FAILED, guess_key(request, email)),
        wait_s(request, FAILED_ANYWHERE, account_key(email)),
    )
    if cache.add(f"blocked:{guess_key(request, email)}", 1, BLOCKED_EVERY_S):
        about = user_by_email(email) if email else None
        record(Kind.SIGN_IN_BLOCKED, about=about, by=None, request=request)


class SignInLimitsMiddleware:
    """Gives allauth's refusals one shape: 429 with Retry-After, and a sentence that says when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(DOOR) and _is_refused(response):
            return too_many(_wait_of(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called when the shared cache is away: nobody can count, so nobody may guess."""
        if request.path.startswith(DOOR) and isinstance(exception, RedisError):
            told = gettext("Signing in does not work for a moment. Please try again soon.")
            return _told(503, "unavailable", told, 10)
        return None


def too_many(seconds: int) -> HttpResponse:
    return _told(429, CODE, too_soon(seconds), seconds)


def _told(status: int, code: str, message: str, seconds: int) -> HttpResponse:
    """In allauth's shape, which the page reads here."""
    error = {"code": code, "message": message}
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return JsonResponse({"status": status, "errors": [error]}, status=status, headers=headers)


def _is_refused(response: HttpResponse) -> bool:
    if response.status_code == 429:
        return not response.has_header("Retry-After")
    return response.status_code == 400 and _code_of(response) == CODE


def _code_of(response: HttpResponse) -> str | None:
    try:
        errors: Any = json.loads(response.content).get("errors")
        return str(errors[0]["code"])
    except (ValueError, AttributeError, LookupError, TypeError):
        return None


def _wait_of(request: HttpRequest) -> int:
    """What the counters say; where they are of a key that only the view knew, their window."""
    noted = getattr(request, "sign_in_wait_s", 0)
    path = "/".join(request.path.rstrip("/").rsplit("/", 2)[-2:])
    waits = [wait_s(request, action) for action in ACTIONS.get(path, ())]
    return max([noted, *waits]) or 300
