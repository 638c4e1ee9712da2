"""Doors from the queue. Every task may run twice, at once, or too late: it asks what is left."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from coach.digest import sending


@shared_task
def send_digests() -> None:
    """Called at start and every hour: for whom it is Monday morning, and who had none yet."""
    for user_id in sending.due(timezone.now()):
        send_digest.delay(str(user_id))


@shared_task
def send_digest(user_id: str) -> None:
    """Called when a person's digest is due."""
    sending.send(UUID(user_id), timezone.now())
