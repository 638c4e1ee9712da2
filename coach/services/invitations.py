"""Writes about invitations: a coach asks, an athlete answers."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from accounts.meters import mail_failed
from accounts.models import User
from accounts.notifications import Kind, notify
from coach.codes import digest_of, new_code
from coach.mails import invitation_mail
from coach.models import CoachLink, Invitation
from coach.selectors.invitations import NO_INVITATION, open_at
from coach.selectors.links import current_link
from coach.services.links import grant_link, two_locked
from sessions.errors import Conflict

logger = logging.getLogger(__name__)

LASTS: Final = timedelta(days=7)
MOST_OPEN: Final = 50
MAILS_A_DAY: Final = 50


@dataclass(frozen=True, slots=True)
class Made:
    """code: told this once. mailed: whether a mail was sent, None where none was asked for."""

    invitation: Invitation
    code: str
    mailed: bool | None


def invitation_make(
    *, coach: User, scopes: Iterable[str], email: str, site: str, now: datetime
) -> Made:
    """A code for one athlete, sent to the address if there is one.

    site: where the pages are, as "https://host". What is answered does not depend on whether the
    address has an account. Raises PermissionDenied for who is no coach, Conflict, ValidationError.
    """
    code = new_code()
    invitation = _row(coach, code, scopes, email, now)
    mailed = _sent(invitation, f"{site}/join/{code}") if email else None
    return Made(invitation=invitation, code=code, mailed=mailed)


@transaction.atomic
def invitation_withdraw(*, coach: User, invitation_id: UUID, now: datetime) -> None:
    """From now on its code opens nothing. Raises NotFound."""
    own = Invitation.objects.select_for_update().filter(coach=coach, id=invitation_id)
    invitation = own.first()
    if invitation is None:
        raise NotFound(NO_INVITATION)
    if invitation.accepted_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])


@transaction.atomic
def invitation_accept(
    *, athlete: User, code: str, scopes: Iterable[str], ends_at: datetime | None, now: datetime
) -> CoachLink:
    """The athlete grants what they like, whatever was asked for. One accepts, once.

    Sent again by who accepted, it changes nothing. Raises NotFound, ValidationError.
    """
    known = Invitation.objects.filter(digest=digest_of(code)).select_related("coach").first()
    if known is None:
        raise NotFound(NO_INVITATION)
    two_locked(athlete, known.coach)  # users before invitations, as everywhere
    row = Invitation.objects.select_for_update().get(pk=known.pk)
    link = current_link(coach=known.coach, athlete_id=athlete.pk)
    if row.accepted_by_id == athlete.pk and link is not None:
        return link
    if not Invitation.objects.filter(open_at(now), pk=row.pk).exists():
        raise NotFound(NO_INVITATION)
    link = grant_link(athlete=athlete, coach=known.coach, scopes=scopes, ends_at=ends_at)
    row.accepted_at, row.accepted_by = now, athlete
    row.save(update_fields=["accepted_at", "accepted_by"])
    url = f"/coach/athletes/{athlete.pk}"
    notify(user=known.coach, kind=Kind.COACH_JOINED, data={}, url=url, by=athlete)
    return link


@transaction.atomic
def _row(coach: User, code: str, scopes: Iterable[str], email: str, now: datetime) -> Invitation:
    coach = User.objects.select_for_update().get(pk=coach.pk)  # counts are right from here on
    if not coach.is_coach:
        raise PermissionDenied(_("Only a coach can invite."))
    own = Invitation.objects.filter(coach=coach)
    if own.filter(open_at(now)).count() >= MOST_OPEN:
        raise Conflict(_("You have %d open invitations. Withdraw one first.") % MOST_OPEN)
    mailed = own.exclude(email="").filter(created_at__gt=now - timedelta(days=1))
    if email and mailed.count() >= MAILS_A_DAY:
        raise Conflict(
            _("%d invitations went out by e-mail today. Send the link yourself, or wait a day.")
            % MAILS_A_DAY
        )
    invitation = Invitation(
        coach=coach,
        digest=digest_of(code),
        scopes=list(scopes),
        email=email,
        created_at=now,
        expires_at=now + LASTS,
    )
    invitation.full_clean()
    invitation.save()
    return invitation


def _sent(invitation: Invitation, link: str) -> bool:
    """A mail server that is down does not undo the invitation: its code is told all the same."""
    try:
        invitation_mail(invitation, link).send()
    except (OSError, SMTPException) as error:
        mail_failed("invitation")
        logger.error("An invitation was not sent, check EMAIL_URL: %s", type(error).__name__)
        return False
    return True
