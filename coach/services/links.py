"""Writes about links. Only the athlete grants; either of the two may end."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from accounts import audit
from accounts.models import User
from accounts.notifications import Kind, notify
from coach.channel import revoked
from coach.models import CoachLink, Invitation
from coach.selectors.links import NO_COACH, newest_link
from coach.services.status import status_due


def two_locked(one: User, other: User) -> dict[UUID, User]:
    """Both as they are now, by id, locked until the transaction ends."""
    both = User.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    return {user.pk: user for user in both}


@transaction.atomic
def grant_link(
    *, athlete: User, coach: User, scopes: Iterable[str], ends_at: datetime | None = None
) -> CoachLink:
    """The athlete opens these scopes to the coach; a link that was there ends.

    The same once more changes nothing. Raises ValidationError that names the wrong field.
    """
    users = two_locked(athlete, coach)
    now = timezone.now()  # under the lock: what another request granted lies in the past
    link = CoachLink(
        athlete=users[athlete.pk],
        coach=users[coach.pk],
        scopes=list(scopes),
        granted_at=now,
        ends_at=ends_at,
    )
    if ends_at is not None and ends_at <= now:
        raise ValidationError({"ends_at": _("A link cannot end before it begins.")})
    before = CoachLink.objects.filter(athlete=athlete, coach=coach, ended_at=None)
    same = before.current(now).filter(ends_at=ends_at).first()
    if same is not None and set(same.scopes) == set(link.scopes):
        return same
    _end(before, now, by=athlete)
    link.full_clean()
    link.save()
    opened = f"coach: {', '.join(sorted(link.scopes))}"
    audit.record(audit.Kind.CONSENT_GIVEN, about=link.athlete, by=athlete, detail=opened)
    status_due(athlete.pk)
    revoked(coach_id=coach.pk, athlete_id=athlete.pk)  # open pages learn of what is new, too
    return link


def link_change(
    *, athlete: User, coach_id: UUID, scopes: Iterable[str], ends_at: datetime | None
) -> CoachLink:
    """Other scopes or another end; or once more what the athlete has ended.

    Raises NotFound for who never was their coach, has ended it, or coaches no more.
    """
    newest = newest_link(athlete=athlete, coach_id=coach_id)
    if newest is None or newest.ended_by_id == newest.coach_id or not newest.coach.is_coach:
        raise NotFound(NO_COACH)
    return grant_link(athlete=athlete, coach=newest.coach, scopes=scopes, ends_at=ends_at)


@transaction.atomic
def end_link(*, link: CoachLink, acting: User) -> CoachLink:
    """Ends the link now, and tells the other one; one that has ended stays as it is.

    Raises PermissionDenied for anybody but the two.
    """
    if acting.pk not in (link.athlete_id, link.coach_id):
        raise PermissionDenied(_("Only the athlete or the coach can end a link."))
    for ended in _end(CoachLink.objects.filter(pk=link.pk), timezone.now(), by=acting):
        _tell_end(ended, by=acting)
        audit.record(audit.Kind.CONSENT_WITHDRAWN, about=ended.athlete, by=acting, detail="coach")
    link.refresh_from_db(fields=("ended_at", "ended_by"))
    return link


@transaction.atomic
def follow_rights(*, user: User, **_signal: object) -> None:
    """Called when somebody's rights have changed: who is no coach any more has no links as one."""
    if not user.is_coach:
        for link in _end(CoachLink.objects.filter(coach=user), timezone.now(), by=user):
            _tell_end(link, by=user)
            audit.record(audit.Kind.CONSENT_WITHDRAWN, about=link.athlete, by=user, detail="coach")
        open_ones = Invitation.objects.filter(coach=user, accepted_at=None, withdrawn_at=None)
        open_ones.update(withdrawn_at=timezone.now())
    for link in CoachLink.objects.filter(athlete=user, ended_at=None):
        revoked(coach_id=link.coach_id, athlete_id=link.athlete_id)


def _end(links: QuerySet[CoachLink], now: datetime, *, by: User | None) -> list[CoachLink]:
    """Those of them that had not ended. What ran out by itself was ended by nobody."""
    ended = list(links.filter(ended_at=None).select_for_update())
    for link in ended:
        ran_out = link.ends_at is not None and link.ends_at <= now
        link.ended_at, link.ended_by = (link.ends_at, None) if ran_out else (now, by)
        link.save(update_fields=["ended_at", "ended_by"])
        revoked(coach_id=link.coach_id, athlete_id=link.athlete_id)
    return ended


def _tell_end(link: CoachLink, *, by: User) -> None:
    """To the other one. The fragment keeps two ends from being told as one."""
    if by.pk == link.athlete_id:
        other, url = link.coach, f"/coach#{link.athlete_id}"
    else:
        other, url = link.athlete, f"/coaches#{link.coach_id}"
    notify(user=other, kind=Kind.LINK_ENDED, data={}, url=url, by=by)
