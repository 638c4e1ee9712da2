"""Admin of people: who they are, what they asked for, what they were told."""

from accounts.admin import consents, security, told, users

__all__ = ["consents", "security", "told", "users"]
