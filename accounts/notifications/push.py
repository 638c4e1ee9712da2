"""Sending a push message to every browser of a person."""

import http.client
import json
import ssl
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from accounts.models import PushSubscription, User
from accounts.notifications.webpush import authorization, encrypt

TIMEOUT_S: Final = 10
TTL_S: Final = 24 * 3600  # how long a push service keeps it for a browser that is off
GONE: Final = (404, 410)
LATER: Final = 429


class PushDelayedError(Exception):
    """A push service could not take it now."""


def is_known(endpoint: str) -> bool:
    """Whether the address is of a push service that browsers use: nobody makes us call another."""
    try:
        url = urlsplit(endpoint)
        known = (url.hostname or "").lower()
        port = url.port
    except ValueError:
        return False
    plain = url.scheme == "https" and port in (None, 443) and not url.username
    return plain and any(_matches(known, host) for host in settings.PUSH_HOSTS)


def _matches(host: str, known: str) -> bool:
    """known: a host, or “*.” and a domain."""
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def push_to(user: User, *, title: str, body: str, url: str, tag: UUID) -> None:
    """To all browsers of the user; one whose subscription is gone is forgotten.

    Raises PushDelayedError when all of the others failed for now.
    """
    message = json.dumps({"title": title, "body": body, "url": url, "tag": str(tag)}).encode()
    sent, failed = 0, ""
    for browser in PushSubscription.objects.filter(user=user):
        try:
            status = post(browser, message)
        except (OSError, http.client.HTTPException, ValueError) as error:
            failed = type(error).__name__
            continue
        if status in GONE:
            browser.delete()
        elif status >= 500 or status == LATER:
            failed = f"status {status}"
        else:
            sent += 1
    if failed and not sent:
        raise PushDelayedError(failed)


def post(browser: PushSubscription, message: bytes) -> int:
    """The push service's status. Follows no redirect. Raises OSError, HTTPException, ValueError."""
    if not is_known(browser.endpoint):
        return GONE[1]
    body = encrypt(message, key=browser.key, secret=browser.secret)
    url = urlsplit(browser.endpoint)
    connection = _connect(url.netloc)
    try:
        connection.request(
            "POST",
            f"{url.path}{'?' + url.query if url.query else ''}",
            body,
            {
                "Authorization": authorization(browser.endpoint, subject=_subject()),
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(TTL_S),
                "Urgency": "normal",
            },
        )
        return connection.getresponse().status
    finally:
        connection.close()


def _connect(netloc: str) -> http.client.HTTPConnection:
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(netloc, timeout=TIMEOUT_S, context=context)


def _subject() -> str:
    """Where a push service can ask about us."""
    if settings.PUBLIC_URL.startswith("https://"):
        return str(settings.PUBLIC_URL)
    return f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"
