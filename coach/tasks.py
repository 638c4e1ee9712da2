"""Doors from the queue. Every task may run twice, at once, or too late: it asks what is left."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from coach import expired, looks_kept, status


@shared_task
def refresh_status(athlete_id: str) -> None:
    """Called when something of an athlete has changed, or a new day has begun for them."""
    status.refresh(UUID(athlete_id), timezone.now())


@shared_task
def sweep_statuses(after: str | None = None) -> None:
    """Called at start and every minute: who is due, has a new day, or was never looked at. Where
    there are more it goes on with them behind these, so that the queue stays short."""
    due = status.overdue(timezone.now(), UUID(after) if after else None)
    for athlete_id in due:
        refresh_status.delay(str(athlete_id))
    if len(due) == status.AT_ONCE:
        sweep_statuses.delay(str(due[-1]))


@shared_task
def sweep_links() -> None:
    """Called at start and every minute: what has run out is over for open pages, too."""
    now = timezone.now()
    expired.links_run_out(now)
    expired.invitations_forget(now)


@shared_task
def remove_old_looks() -> None:
    """Called every night; a slice at a time, on the queue `batch`."""
    if looks_kept.remove_old_looks():
        remove_old_looks.delay()
