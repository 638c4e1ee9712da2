"""The sockets of the training room."""

from sessions.consumers.training import TrainingConsumer
from sessions.consumers.workout import WorkoutConsumer

__all__ = ["TrainingConsumer", "WorkoutConsumer"]
