"""Writes about links. Only the athlete grants; either of the two may end."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from coach.channel import revoked
from coach.models import CoachLink
from coach.services.status import status_due


@transaction.atomic
def grant_link(
    *, athlete: User, coach: User, scopes: Iterable[str], ends_at: datetime | None = None
) -> CoachLink:
    """The athlete opens these scopes to the coach; a link that was there ends.

    Raises ValidationError that names the wrong field.
    """
    now = timezone.now()
    User.objects.select_for_update().get(pk=athlete.pk)
    before = CoachLink.objects.filter(athlete=athlete, coach=coach, ended_at=None)
    if before.update(ended_at=now):
        revoked(coach_id=coach.pk, athlete_id=athlete.pk)
    link = CoachLink(
        athlete=athlete, coach=coach, scopes=list(scopes), granted_at=now, ends_at=ends_at
    )
    link.full_clean()
    link.save()
    status_due(athlete.pk)
    return link


def end_link(*, link: CoachLink, acting: User) -> CoachLink:
    """Ends the link now; one that has ended stays as it is.

    Raises PermissionDenied for anybody but the two.
    """
    if acting.pk not in (link.athlete_id, link.coach_id):
        raise PermissionDenied("Only the athlete or the coach can end a link.")
    if link.ended_at is None:
        link.ended_at = timezone.now()
        link.save(update_fields=["ended_at"])
        revoked(coach_id=link.coach_id, athlete_id=link.athlete_id)
    return link
