"""Admin of people: who they are, what they asked for, what they were told."""

from accounts.admin import told, users

__all__ = ["told", "users"]
