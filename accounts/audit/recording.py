"""One line into the audit log."""

from allauth.core import context
from django.http import HttpRequest
from django.utils import timezone

from accounts.addresses import address_of, shortened
from accounts.models import AuditEntry, Kind, User

_MOST = AuditEntry._meta.get_field("detail").max_length


def record(
    kind: Kind,
    *,
    about: User | None,
    by: User | None,
    detail: str = "",
    request: HttpRequest | None = None,
) -> None:
    """Part of the transaction of what it tells of: neither is there without the other.

    detail: words of ours, such as a token's name or a consent's version; never a body, a password
    or an address. Without a request the one at hand is taken, and from a task there is none.
    """
    request = request or _at_hand()
    AuditEntry.objects.create(
        at=timezone.now(),
        kind=kind,
        about=about,
        by=by,
        place=shortened(address_of(request)) if request else "",
        detail=detail[:_MOST],
    )


def person_at_hand() -> User | None:
    """Who is signed in where this happens; None in a task or a command."""
    request = _at_hand()
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def _at_hand() -> HttpRequest | None:
    request: HttpRequest | None = getattr(context, "request", None)
    return request
