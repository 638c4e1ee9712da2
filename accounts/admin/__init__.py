"""Admin of people: who they are, what they asked for, what they were told."""

from accounts.admin import consents, factors, security, told, users

__all__ = ["consents", "factors", "security", "told", "users"]
