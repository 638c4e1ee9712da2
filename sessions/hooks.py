"""What other rooms may listen to; the training room does not know who does."""

from collections.abc import Callable
from typing import Final

from django.dispatch import Signal

from accounts.models import User
from sessions.models import WorkoutSet

athlete_changed: Final = Signal()
"""Results, trends, corrections, workouts or pain of an athlete have changed.

Sent with `athlete_id`, inside the transaction of the change: receivers mark and queue, no more.
"""

ReplayAddress = Callable[[User, WorkoutSet], str | None]
_replay_addresses: list[ReplayAddress] = []


def offer_replay(address: ReplayAddress) -> None:
    """Another room knows a page where some may see a set again."""
    _replay_addresses.append(address)


def replay_address(actor: User, workout_set: WorkoutSet) -> str | None:
    """A page where the actor may see this set again; None where there is none."""
    offered = (address(actor, workout_set) for address in _replay_addresses)
    return next((one for one in offered if one is not None), None)
