"""The audit log: what happened to accounts, without what was sent."""

from accounts.audit.recording import person_at_hand, record
from accounts.models.audit import Kind

__all__ = ["Kind", "person_at_hand", "record"]
