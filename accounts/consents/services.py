"""Writes of what people agreed to. Nothing is rewritten: what was agreed to ends, or stands."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Kind, record
from accounts.consents import words
from accounts.models import Consent, User


@transaction.atomic
def consent_give(*, user: User, document: str, version: str, language: str) -> Consent:
    """To the current text, which the page has shown; said again, it changes nothing.

    Raises ValidationError where the text has changed meanwhile: it has to be read first.
    """
    if version != words.current(document):
        raise ValidationError({"version": _("The text has changed. Please read the new one.")})
    _one_at_a_time(user)
    standing = Consent.objects.filter(user=user, document=document, ended_at=None).first()
    if standing is not None and standing.version == version:
        return standing
    now = timezone.now()
    if standing is not None:
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])
    given = Consent(user=user, document=document, version=version, language=language, agreed_at=now)
    given.full_clean()
    given.save()
    _follow(user, document, holds=True)
    record(Kind.CONSENT_GIVEN, about=user, by=user, detail=f"{document}@{version}")
    return given


@transaction.atomic
def consent_withdraw(*, user: User, document: str) -> None:
    """At once. What follows: `sessions.services.workouts`, `sessions.retention`."""
    _one_at_a_time(user)
    for row in Consent.objects.filter(user=user, document=document, ended_at=None):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(Kind.CONSENT_WITHDRAWN, about=user, by=user, detail=f"{document}@{row.version}")
    _follow(user, document, holds=False)


def _one_at_a_time(user: User) -> None:
    """Of two pages that agree and take back at once, one comes after the other in all of it."""
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.shares_for_training = stored.shares_for_training


def _follow(user: User, document: str, *, holds: bool) -> None:
    """The profile's switch and the consent to it are one."""
    if document == Consent.Document.TRAINING and user.shares_for_training != holds:
        user.shares_for_training = holds
        user.save(update_fields=["shares_for_training"])
