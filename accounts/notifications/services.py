"""Writes about notifications. Rows are the caller's transaction; all else follows its commit."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import tasks
from accounts.models import Notification, User
from accounts.notifications.channel import nudge
from accounts.notifications.kinds import Kind


@transaction.atomic
def notify(
    *, user: User, kind: str, data: dict[str, Any], url: str = "", by: User | None = None
) -> Notification:
    """Tells the user in the app, and by push and mail as they like it.

    data: see `Kind`, plain JSON; names, never what was measured. url: a path of ours, as
    "/plan". by: whose doing it was; their name goes into data, and the row goes with them.
    The same that was not read yet is told once, with the newest data.
    Raises ValueError for a kind that has no words, or an address that is not a path.
    """
    if kind not in Kind.values:
        raise ValueError(f"“{kind}” is no kind of notification: {', '.join(Kind.values)}.")
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"“{url}” is no path of this site.")
    row = _unread_same(user, kind, url) or Notification(user=user, kind=kind, url=url)
    row.actor, row.data = by, data if by is None else {"by": str(by), **data}
    if row.created_at is None or row.sent_at is not None:  # else the mail waits no longer
        row.created_at, row.sent_at = timezone.now(), None
    row.pushed_at = None
    row.save()
    _tell(user.pk)
    _enqueue_push(user.pk)
    return row


def _unread_same(user: User, kind: str, url: str) -> Notification | None:
    unread = Notification.objects.filter(user=user, kind=kind, url=url, read_at=None)
    return unread.select_for_update().first() if url else None


@transaction.atomic
def notifications_read(*, user: User, ids: list[UUID] | None) -> None:
    """These of the user have been read; None: all. Those of others are left alone."""
    rows = Notification.objects.filter(user=user, read_at=None)
    _mark_read(user, rows if ids is None else rows.filter(id__in=ids))


def notifications_read_of(*, user: User, kind: str, url: str) -> None:
    """What it was about has been seen, or is gone."""
    _mark_read(user, Notification.objects.filter(user=user, kind=kind, url=url, read_at=None))


def _mark_read(user: User, rows: Any) -> None:
    if rows.update(read_at=timezone.now()):
        _tell(user.pk)


def _tell(user_id: UUID) -> None:
    transaction.on_commit(lambda: nudge(user_id), robust=True)


def _enqueue_push(user_id: UUID) -> None:
    """A broker that cannot be reached is logged and forgiven: `sweep_notifications` comes by."""

    def send() -> None:
        tasks.push_notifications.apply_async((str(user_id),), retry=False)

    transaction.on_commit(send, robust=True)
