"""Tables about people: who they are, what they asked for, what they were told."""

from accounts.models.coaches import CoachRequest
from accounts.models.consents import Consent, Erased
from accounts.models.notifications import Notification, NotificationSettings, PushSubscription
from accounts.models.users import User, UserManager, validate_time_zone

__all__ = [
    "CoachRequest",
    "Consent",
    "Erased",
    "Notification",
    "NotificationSettings",
    "PushSubscription",
    "User",
    "UserManager",
    "validate_time_zone",
]
