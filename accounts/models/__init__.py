"""Tables about people: who they are, what they asked for, what they were told."""

from accounts.models.audit import AuditEntry, Kind
from accounts.models.coaches import CoachRequest
from accounts.models.consents import Consent, Erased
from accounts.models.notifications import Notification, NotificationSettings, PushSubscription
from accounts.models.tokens import ApiToken
from accounts.models.users import User, UserManager, validate_time_zone

__all__ = [
    "ApiToken",
    "AuditEntry",
    "CoachRequest",
    "Consent",
    "Erased",
    "Kind",
    "Notification",
    "NotificationSettings",
    "PushSubscription",
    "User",
    "UserManager",
    "validate_time_zone",
]
