"""Statuses made due: something has happened that the roster should know."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from coach import tasks
from coach.models import AthleteStatus, CoachLink
from sessions.services.queue import enqueue


def status_due(athlete_id: UUID) -> None:
    """Marks the athlete's status, and queues it on commit; what was marked is found by the sweep.

    Nothing for an athlete whom nobody coaches.
    """
    marked = AthleteStatus.objects.filter(athlete_id=athlete_id).update(due=True)
    if marked or _is_coached(athlete_id):
        enqueue(tasks.refresh_status, str(athlete_id))


def athlete_has_changed(*, athlete_id: UUID, **_: Any) -> None:
    """Called by `sessions.hooks.athlete_changed`."""
    status_due(athlete_id)


def _is_coached(athlete_id: UUID) -> bool:
    return CoachLink.objects.current(timezone.now()).filter(athlete_id=athlete_id).exists()
