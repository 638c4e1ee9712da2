"""Links and looks in an export: to read and keep. No import grants anything to anybody."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from accounts.models import User
from coach.models import Access
from coach.selectors.links import links_of

MOST_LOOKS: Final = 20_000  # an import reads JSON files of 8 MiB


def links_told(user: User) -> Iterable[dict[str, Any]]:
    """Every link the user granted, newest first. Names only: addresses belong to the coaches."""
    return [
        {
            "coach": link.coach.display_name,
            "scopes": link.scopes,
            "granted_at": _time(link.granted_at),
            "ends_at": _time(link.ends_at),
            "ended_at": _time(link.ended_at),
        }
        for link in links_of(athlete=user)
    ]


def looks_told(user: User) -> Iterable[dict[str, Any]]:
    """The newest looks at the user's data, newest first."""
    looks = Access.objects.filter(athlete=user).select_related("coach")[:MOST_LOOKS]
    return [
        {
            "at": _time(look.at),
            "coach": look.coach.display_name,
            "what": look.what,
            "target": None if look.target is None else str(look.target),
        }
        for look in looks
    ]


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
