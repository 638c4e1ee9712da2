"""The sockets of the coaching room."""

from coach.consumers.live import LiveConsumer

__all__ = ["LiveConsumer"]
