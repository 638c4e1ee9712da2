"""Writes about a coach's private notes. The caller knows that the link holds."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import CoachNote
from sessions.errors import Conflict
from sessions.services.checks import check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked

MOST_NOTES: Final = 500  # of one coach about one athlete
NO_NOTE: Final = _("There is no such note of yours.")


@transaction.atomic
def note_put(*, coach: User, athlete: User, note_id: UUID, text: str) -> CoachNote:
    """The note of this id, new or with another text.

    Raises ValidationError that names the field, NotFound for an id that is not the coach's about
    this athlete, Conflict where there are too many.
    """
    athlete_locked(coach)
    note = _locked(coach, athlete, note_id) or _new(coach, athlete, note_id)
    if note.deleted_at is not None:
        raise NotFound(NO_NOTE)
    if not note._state.adding and note.text == text:
        return note
    note.text, note.changed_at = text, timezone.now()
    note.full_clean(exclude=("coach", "athlete"), validate_unique=False)
    if not note._state.adding:
        note.save(update_fields=["text", "changed_at"])
    elif insert_or_stored(note) is not None:  # the coach is locked, so it is another's
        raise NotFound(NO_NOTE)
    return note


@transaction.atomic
def note_delete(*, coach: User, athlete: User, note_id: UUID) -> None:
    """Raises NotFound."""
    note = _known(coach, athlete, note_id)
    if note.deleted_at is None:
        note.deleted_at = timezone.now()
        note.save(update_fields=["deleted_at"])


@transaction.atomic
def note_restore(*, coach: User, athlete: User, note_id: UUID) -> CoachNote:
    """Raises NotFound, ValidationError when it is too late."""
    note = _known(coach, athlete, note_id)
    if note.deleted_at is not None:
        check_undo(note.deleted_at)
        note.deleted_at = None
        note.save(update_fields=["deleted_at"])
    return note


def _new(coach: User, athlete: User, note_id: UUID) -> CoachNote:
    """Not saved. Raises Conflict."""
    own = CoachNote.objects.alive().filter(coach=coach, athlete=athlete)
    if own.count() >= MOST_NOTES:
        told = _("You have %(n)d notes about this athlete. Delete one of them first.")
        raise Conflict(told % {"n": MOST_NOTES})
    return CoachNote(id=note_id, coach=coach, athlete=athlete, created_at=timezone.now())


def _known(coach: User, athlete: User, note_id: UUID) -> CoachNote:
    note = _locked(coach, athlete, note_id)
    if note is None:
        raise NotFound(NO_NOTE)
    return note


def _locked(coach: User, athlete: User, note_id: UUID) -> CoachNote | None:
    """None for an id that nobody has. Raises NotFound for one of another coach or athlete."""
    note = CoachNote.objects.filter(id=note_id).select_for_update(of=("self",)).first()
    if note is not None and (note.coach_id, note.athlete_id) != (coach.pk, athlete.pk):
        raise NotFound(NO_NOTE)
    return note
