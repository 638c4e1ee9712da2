"""How long the audit log is kept: AUDIT_DAYS."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import AuditEntry


def audit_remove_old(*, now: datetime) -> int:
    """Rows that went."""
    return AuditEntry.objects.remove_before(now - timedelta(days=settings.AUDIT_DAYS))
