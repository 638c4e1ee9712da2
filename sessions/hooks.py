"""What other rooms may listen to; the training room does not know who does."""

from typing import Final

from django.dispatch import Signal

athlete_changed: Final = Signal()
"""Results, trends, corrections, workouts or pain of an athlete have changed.

Sent with `athlete_id`, inside the transaction of the change: receivers mark and queue, no more.
"""
