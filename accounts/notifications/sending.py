"""Push and mail of what is new for a person. Nothing is sent twice by two workers."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.meters import mail_failed
from accounts.models import Notification, User
from accounts.notifications.mailing import may_mail, news_mail
from accounts.notifications.selectors import settings_of
from accounts.notifications.words import sentence

logger = logging.getLogger(__name__)

MAIL_WAIT: Final = timedelta(minutes=3)  # what happens meanwhile goes into the same mail
CLAIM: Final = timedelta(minutes=10)  # a worker that has not come back by then is dead
PUSH_WITHIN: Final = timedelta(hours=1)
GIVE_UP: Final = timedelta(days=2)


def push(user_id: UUID) -> None:
    """Shows what is new in the person's browsers. What a push service refuses for now stays due."""
    # Here, since what it needs takes 7 MB of every worker that pushes nothing.
    from accounts.notifications import webpush
    from accounts.notifications.push import PushDelayedError, push_to

    user = User.objects.filter(pk=user_id, is_active=True).first()
    wanted = user is not None and settings_of(user).by_push and webpush.is_set_up()
    for row in _unpushed().filter(user_id=user_id).order_by("created_at"):
        taken = Notification.objects.filter(pk=row.pk, pushed_at=None)
        if not taken.update(pushed_at=timezone.now()) or not wanted or user is None:
            continue
        try:
            push_to(user, title="PoseCoach", body=sentence(row, user), url=row.url, tag=row.pk)
        except PushDelayedError as error:
            logger.warning("A push will be tried again: %s", error)
            Notification.objects.filter(pk=row.pk).update(pushed_at=None)


def mail(user_id: UUID) -> None:
    """One mail of all that is due. A mail server that is down leaves it to the next sweep."""
    claim = uuid4()
    due = _unsent(timezone.now()).filter(user_id=user_id)
    # The database decides: of two workers only one finds a row unclaimed.
    if not due.update(claim=claim, claimed_at=timezone.now()):
        return
    rows = Notification.objects.filter(claim=claim, sent_at=None).select_related("user")
    try:
        _mail(list(rows.order_by("created_at", "id")))
    except (OSError, SMTPException) as error:
        mail_failed("news")
        logger.error("A mail was not sent, check EMAIL_URL: %s", type(error).__name__)
        rows.update(claim=None, claimed_at=None)
        return
    rows.update(sent_at=timezone.now(), claim=None, claimed_at=None)


def _mail(rows: Sequence[Notification]) -> None:
    unread = [row for row in rows if row.read_at is None]
    if unread and (user := unread[0].user) and settings_of(user).by_mail and may_mail(user):
        news_mail(user, unread).send()


def to_push() -> list[UUID]:
    """People with something that was not pushed, though its task should have run by now."""
    late = _unpushed().filter(created_at__lt=timezone.now() - timedelta(minutes=1))
    return list(late.order_by().values_list("user_id", flat=True).distinct())


def to_mail() -> list[UUID]:
    """People with something that waited long enough; what came since goes with it."""
    now = timezone.now()
    waited = _unsent(now).filter(created_at__lt=now - MAIL_WAIT)
    return list(waited.order_by().values_list("user_id", flat=True).distinct())


def _unpushed() -> QuerySet[Notification]:
    new = Notification.objects.filter(pushed_at=None, read_at=None)
    return new.filter(created_at__gt=timezone.now() - PUSH_WITHIN)


def _unsent(now: datetime) -> QuerySet[Notification]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Notification.objects.filter(free, sent_at=None, created_at__gt=now - GIVE_UP)
