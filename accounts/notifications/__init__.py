"""What people are told: in the app at once, by push soon, by mail if they did not look."""

from accounts.notifications.kinds import Kind
from accounts.notifications.services import notify

__all__ = ["Kind", "notify"]
