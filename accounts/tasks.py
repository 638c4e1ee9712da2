"""Doors from the queue. Every task may run twice, at once, or too late: it asks what is left."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.audit.retention import audit_remove_old
from accounts.notifications import sending
from accounts.sign_ins.services import forget_ended


@shared_task
def push_notifications(user_id: str) -> None:
    """Called when there is something new for a person."""
    sending.push(UUID(user_id))


@shared_task
def mail_notifications(user_id: str) -> None:
    """Called when something new has waited long enough to be mailed."""
    sending.mail(UUID(user_id))


@shared_task
def sweep_notifications() -> None:
    """Called at start and every minute: mails that are due, and pushes that a crash left."""
    for user_id in sending.to_push():
        push_notifications.delay(str(user_id))
    for user_id in sending.to_mail():
        mail_notifications.delay(str(user_id))


@shared_task
def forget_sign_ins() -> None:
    """Called every night: sessions that have run out, and the addresses they came from."""
    forget_ended()


@shared_task
def remove_old_audit() -> None:
    """Called every night."""
    audit_remove_old(now=timezone.now())
