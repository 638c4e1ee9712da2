"""What a person reads of the audit log: their own part, of late."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from accounts.models import AuditEntry, User

SHOWN: Final = timedelta(days=90)


def audit_page(
    *, actor: User, before: UUID | None, limit: int, now: datetime
) -> tuple[list[AuditEntry], UUID | None]:
    """(entries about the actor, newest first, what comes before them or None)."""
    found = AuditEntry.objects.filter(about=actor, at__gte=now - SHOWN).select_related("by")
    if before is not None and (last := found.filter(pk=before).first()):
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(found[: limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else None


def audit_told(user: User) -> list[dict[str, str]]:
    """For an export: all that is kept about the account, newest first."""
    return [
        {"at": row.at.isoformat(), "kind": row.kind, "place": row.place, "detail": row.detail}
        for row in AuditEntry.objects.filter(about=user)
    ]
