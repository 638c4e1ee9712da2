"""Reads about invitations: the coach's own, and the one that somebody holds the code of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.codes import digest_of
from coach.models import CoachLink, Invitation
from coach.selectors.links import current_link

NO_INVITATION: Final = _("This invitation does not work. It may be used, too old or withdrawn.")
SHOWN_FOR: Final = timedelta(days=30)


def open_at(now: datetime) -> Q:
    """Invitations that can be accepted then."""
    return Q(
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=now,
        coach__is_coach=True,
        coach__is_active=True,
    )


def invitations_of(*, coach: User, now: datetime) -> QuerySet[Invitation]:
    """Those of the coach that are not forgotten yet, newest first."""
    return Invitation.objects.filter(coach=coach, created_at__gt=now - SHOWN_FOR)


@dataclass(frozen=True, slots=True)
class Invited:
    """own: it is the reader's own invitation. link: what they have granted this coach already."""

    invitation: Invitation
    own: bool
    link: CoachLink | None


def invited(*, actor: User, code: str, now: datetime) -> Invited:
    """Who asks the actor, and for what. Raises NotFound, the same for whatever is wrong."""
    rows = Invitation.objects.filter(open_at(now), digest=digest_of(code))
    invitation = rows.select_related("coach").first()
    if invitation is None:
        raise NotFound(NO_INVITATION)
    link = current_link(coach=invitation.coach, athlete_id=actor.pk, at=now)
    return Invited(invitation=invitation, own=invitation.coach_id == actor.pk, link=link)
