"""Admin of the training room: everything can be found, nothing that was measured is edited."""

from sessions.admin import training

__all__ = ["training"]
