"""Writes about programmes: our own from the data file, and everybody's own."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Programme
from coach.services.content import write_days
from sessions.errors import Conflict
from sessions.services.checks import check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked

BUILT_IN: Final = Path(__file__).parents[1] / "programmes.json"
MOST_PROGRAMMES: Final = 100  # of one author
NO_PROGRAMME: Final = _("There is no such programme of yours.")


@transaction.atomic
def programmes_load() -> int:
    """Brings the built-in programmes into the database and returns how many there are.

    Needs the catalogue. Plans that were made of them stay as they are.
    """
    known = json.loads(BUILT_IN.read_text())
    for said in known:
        days = said.pop("days")
        programme = Programme.objects.update_or_create(slug=said["slug"], defaults=said)[0]
        write_days(programme, days)
    return len(known)


@transaction.atomic
def programme_put(
    *,
    author: User,
    programme_id: UUID,
    title: str,
    weeks: int,
    days: Sequence[Mapping[str, Any]],
    cycle_weeks: int | None = None,
) -> Programme:
    """The author's programme of this id, new or with other content.

    cycle_weeks: None: up to the last week that has a day.

    Raises ValidationError that names the field, NotFound for an id that is not the author's,
    Conflict where there are too many.
    """
    athlete_locked(author)
    programme = _own(author, programme_id) or _new(author, programme_id)
    programme.title, programme.weeks = title, weeks
    by_week = [day.get("week", 0) for day in days]
    programme.days_per_week = min(7, max(map(by_week.count, by_week)))
    programme.cycle_weeks = cycle_weeks or max(by_week) + 1
    if programme.cycle_weeks <= max(by_week):
        told = _("A day stands in week %(n)d: the programme is not shorter than that.")
        raise ValidationError({"cycle_weeks": told % {"n": max(by_week) + 1}})
    programme.full_clean(exclude=("author",), validate_unique=False)
    if not programme._state.adding:
        programme.save()
    elif insert_or_stored(programme) is not None:  # the author is locked, so it is another's
        raise NotFound(NO_PROGRAMME)
    write_days(programme, days)
    return programme


@transaction.atomic
def programme_delete(*, author: User, programme_id: UUID) -> None:
    """Hides it; plans that were made of it go on. Raises NotFound."""
    programme = _own(author, programme_id)
    if programme is None:
        raise NotFound(NO_PROGRAMME)
    programme.deleted_at = timezone.now()
    programme.save(update_fields=["deleted_at"])


@transaction.atomic
def programme_restore(*, author: User, programme_id: UUID) -> Programme:
    """Raises NotFound, ValidationError when it is too late."""
    found = Programme.objects.filter(id=programme_id, author=author)
    programme = found.select_for_update().first()
    if programme is None:
        raise NotFound(NO_PROGRAMME)
    if programme.deleted_at is not None:
        check_undo(programme.deleted_at)
        programme.deleted_at = None
        programme.save(update_fields=["deleted_at"])
    return programme


def _new(author: User, programme_id: UUID) -> Programme:
    """Not saved. Raises Conflict where the author has too many."""
    if Programme.objects.alive().filter(author=author).count() >= MOST_PROGRAMMES:
        told = _("You have %(n)d programmes. Delete one of them first.")
        raise Conflict(told % {"n": MOST_PROGRAMMES})
    return Programme(id=programme_id, author=author)


def _own(author: User, programme_id: UUID) -> Programme | None:
    """Locked; None for an id that nobody has. Raises NotFound for one that is not the author's."""
    found = Programme.objects.filter(id=programme_id).select_for_update(of=("self",)).first()
    if found is None:
        return None
    if found.author_id != author.pk or found.deleted_at is not None:
        raise NotFound(NO_PROGRAMME)
    return found
