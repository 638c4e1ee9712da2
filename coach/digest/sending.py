"""Whose digest is due, and sending it: once a week, whoever asks and however often."""

import logging
from collections import defaultdict
from datetime import date, datetime
from smtplib import SMTPException
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from accounts.languages import in_language_of
from accounts.meters import mail_failed
from accounts.models import NotificationSettings, User
from accounts.notifications.mailing import absolute, mail_of, may_mail
from coach.digest.contents import Digest, digest_of
from coach.digest.words import coach_lines, own_lines
from coach.models import Access
from coach.services.access import access_log

logger = logging.getLogger(__name__)

AT_ONCE: Final = 1000
HOUR: Final = 7  # local time, on Monday; a server that was down then sends later on that day


def due(now: datetime, after: UUID | None = None) -> list[UUID]:
    """Users for whom it is Monday from seven o'clock on, and who had no digest this week: AT_ONCE
    of those behind `after`, in the order of their ids."""
    by_monday: dict[date, list[str]] = defaultdict(list)
    for zone in User.objects.order_by().values_list("time_zone", flat=True).distinct():
        local = now.astimezone(ZoneInfo(zone))
        if local.weekday() == 0 and local.hour >= HOUR:
            by_monday[local.date()].append(zone)
    missed = Q(pk__in=())
    for monday, zones in by_monday.items():
        missed |= Q(time_zone__in=zones) & _open(monday, "notification_settings__")
    rest = User.objects.filter(missed, is_active=True)
    if after is not None:
        rest = rest.filter(pk__gt=after)
    return list(rest.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _open(monday: date, prefix: str = "") -> Q:
    """Not switched off, and not sent this week; who has no settings has the defaults."""
    sent_on = f"{prefix}digest_sent_on"
    before = Q(**{sent_on: None}) | Q(**{f"{sent_on}__lt": monday})
    return before & ~Q(**{f"{prefix}weekly_digest": False})


def send(user_id: UUID, now: datetime) -> None:
    """Nothing for whom it is not due. A mail server that is down leaves it to the next hour."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    local = now.astimezone(ZoneInfo(user.time_zone))
    if local.weekday() != 0 or local.hour < HOUR:
        return
    row, _ = NotificationSettings.objects.get_or_create(user=user)
    mine = NotificationSettings.objects.filter(user=user)
    # The database decides: of two workers only one finds it open.
    if not mine.filter(_open(local.date())).update(digest_sent_on=local.date()):
        return
    try:
        _mail(user, now)
    except (OSError, SMTPException) as error:
        mail_failed("digest")
        logger.error("A digest was not sent, check EMAIL_URL: %s", type(error).__name__)
        mine.update(digest_sent_on=row.digest_sent_on)


def _mail(user: User, now: datetime) -> None:
    digest = digest_of(user, now) if may_mail(user) else None
    if digest is None:
        return
    # What is told of athletes is a look at them: they can read that it was.
    athletes = [entry.athlete for entry in digest.attention]
    access_log(coach=user, athletes=athletes, what=Access.What.ROSTER)
    with in_language_of(user), timezone.override(user.time_zone):
        mail_of(user, gettext("Your week"), "coach/mail/digest.txt", _context(digest)).send()


def _context(digest: Digest) -> dict[str, object]:
    return {
        "own": own_lines(digest.own) if digest.own else [],
        "attention": coach_lines(digest),
        "digest": digest,
        "home_url": absolute("/"),
        "coach_url": absolute("/coach"),
    }
