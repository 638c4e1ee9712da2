"""Admin of people: who they are, what they asked for, what they were told."""

from accounts.admin import consents, told, users

__all__ = ["consents", "told", "users"]
