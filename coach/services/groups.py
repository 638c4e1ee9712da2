"""Writes about a coach's groups of athletes."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import AthleteGroup
from coach.selectors.links import NO_ATHLETE, athletes_visible_to
from coach.selectors.roster import NO_GROUP
from sessions.errors import Conflict
from sessions.services.inserts import insert_or_stored

MOST_GROUPS = 200  # of one coach


@transaction.atomic
def group_put(*, coach: User, group_id: UUID, name: str) -> AthleteGroup:
    """The group of this id, made if it is new, with this name; may be called again.

    Raises ValidationError for a name that another of the coach's groups has, NotFound for an id
    that is another coach's, Conflict for too many.
    """
    User.objects.select_for_update(no_key=True).get(pk=coach.pk)
    own = AthleteGroup.objects.filter(coach=coach)
    if own.filter(name=name).exclude(id=group_id).exists():
        raise ValidationError({"name": _("You already have a group of this name.")})
    group = own.filter(id=group_id).first()
    if group is not None:
        group.name = name
        group.full_clean()
        group.save(update_fields=["name"])
        return group
    if own.count() >= MOST_GROUPS:
        told = _("You have %(n)d groups. Delete one of them first.")
        raise Conflict(told % {"n": MOST_GROUPS})
    group = AthleteGroup(id=group_id, coach=coach, name=name)
    group.full_clean(validate_unique=False, validate_constraints=False)
    stored = insert_or_stored(group)
    if stored is not None and stored.coach_id != coach.pk:
        raise NotFound(NO_GROUP)
    return stored or group


def group_delete(*, coach: User, group_id: UUID) -> None:
    """The athletes stay. Raises NotFound."""
    deleted, _rows = AthleteGroup.objects.filter(coach=coach, id=group_id).delete()
    if not deleted:
        raise NotFound(NO_GROUP)


@transaction.atomic
def group_change(
    *, coach: User, group_id: UUID, add: Collection[UUID] = (), remove: Collection[UUID] = ()
) -> None:
    """Puts athletes into the group and takes others out; who is there, or is not, stays so.

    Raises NotFound for a group, or one athlete among all to add, that is not the coach's.
    """
    group = AthleteGroup.objects.filter(coach=coach, id=group_id).select_for_update().first()
    if group is None:
        raise NotFound(NO_GROUP)
    own = athletes_visible_to(coach=coach, at=timezone.now()).filter(id__in=set(add))
    if own.count() < len(set(add)):
        raise NotFound(NO_ATHLETE)
    group.athletes.through.objects.filter(athletegroup=group, user_id__in=set(remove)).delete()
    group.athletes.add(*own)
