"""Doors from the queue. Every task may run twice, at once, or too late: it asks what is left."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from coach.digest import sending


@shared_task
def send_digests(after: str | None = None) -> None:
    """Called at start and every hour: for whom it is Monday morning, and who had none yet. Where
    there are more it goes on with them behind these, so that the queue stays short."""
    due = sending.due(timezone.now(), UUID(after) if after else None)
    for user_id in due:
        send_digest.delay(str(user_id))
    if len(due) == sending.AT_ONCE:
        send_digests.delay(str(due[-1]))


@shared_task
def send_digest(user_id: str) -> None:
    """Called when a person's digest is due."""
    sending.send(UUID(user_id), timezone.now())
