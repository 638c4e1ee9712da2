"""Admin of the training room: everything can be found, nothing that was measured is edited."""

from sessions.admin import labels, registry, rescores, runs, training

__all__ = ["labels", "registry", "rescores", "runs", "training"]
