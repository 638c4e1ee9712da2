"""Writes about imports. Each may be repeated; the work itself is done in the queue."""

from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.errors import Conflict
from sessions.models import Import, ImportPart
from sessions.models.imports import BUSY, PART_BYTES
from sessions.portable import tasks
from sessions.services.checks import check_consent
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked
from sessions.services.queue import enqueue

State = Import.State
BEGUN_WITH: Final = ("name", "bytes", "weight_unit")
NO_IMPORT: Final = _("There is no such import of yours.")


@transaction.atomic
def import_open(
    *, athlete: User, import_id: UUID, name: str, size: int, weight_unit: str
) -> Import:
    """A file is to come. Earlier ones that were not read are let go.

    May be called again with the same values. Raises ValidationError, NotFound, Conflict,
    ConsentWithdrawn.
    """
    check_consent(athlete)
    athlete_locked(athlete)
    asked = Import(id=import_id, athlete=athlete, name=name, bytes=size, weight_unit=weight_unit)
    if (stored := Import.objects.filter(id=import_id).first()) is not None:
        return _same(stored, asked)
    own = Import.objects.filter(athlete=athlete)
    if own.filter(state__in=BUSY).exists():
        raise Conflict(_("Another import is under way. Wait until it is done."))
    own.filter(state__in=(State.RECEIVING, State.CHECKED)).delete()
    asked.full_clean(exclude=("athlete",), validate_unique=False)
    stored = insert_or_stored(asked)
    return asked if stored is None else _same(stored, asked)


@transaction.atomic
def part_store(*, athlete: User, import_id: UUID, index: int, payload: bytes) -> None:
    """Keeps a part of the file; sent again, it takes the place of the one before.

    Raises NotFound, ValidationError for a part of the wrong length, Conflict once all was there.
    """
    imported = _locked(athlete, import_id)
    if imported.state != State.RECEIVING:
        raise Conflict(_("This file is complete already."))
    if index >= imported.part_count:
        raise ValidationError(
            {
                "index": _("The file has parts 0 to %(last)s; got %(index)s.")
                % {"last": imported.part_count - 1, "index": index}
            }
        )
    wanted = min(PART_BYTES, imported.bytes - index * PART_BYTES)
    if len(payload) != wanted:
        told = {"wanted": wanted, "got": len(payload)}
        raise ValidationError({"body": _("Expected %(wanted)s bytes, got %(got)s.") % told})
    ImportPart.objects.update_or_create(source=imported, index=index, defaults={"payload": payload})


@transaction.atomic
def import_check(*, athlete: User, import_id: UUID) -> None:
    """The file is whole: says what it would bring. Raises NotFound, Conflict, ValidationError."""
    imported = _locked(athlete, import_id)
    if imported.state != State.RECEIVING:
        return
    stored = set(imported.parts.values_list("index", flat=True))
    if missing := set(range(imported.part_count)) - stored:
        told = {"part": min(missing)}
        raise ValidationError({"parts": _("Part %(part)s has not come yet.") % told})
    _go_on(imported, State.CHECKING)


@transaction.atomic
def import_start(*, athlete: User, import_id: UUID, with_profile: bool) -> None:
    """Reads what was checked.

    Raises NotFound, Conflict where nothing has been checked, ConsentWithdrawn.
    """
    check_consent(athlete)
    imported = _locked(athlete, import_id)
    if imported.state in (State.READING, State.DONE):
        return
    if imported.state != State.CHECKED:
        raise Conflict(_("This file has not been checked yet."))
    imported.with_profile = with_profile
    _go_on(imported, State.READING)


@transaction.atomic
def import_undo(*, athlete: User, import_id: UUID) -> None:
    """Takes away what the import brought. Raises NotFound, Conflict where it is not done."""
    imported = _locked(athlete, import_id)
    if imported.state in (State.UNDOING, State.UNDONE):
        return
    if imported.state != State.DONE:
        raise Conflict(_("This file has not been read."))
    _go_on(imported, State.UNDOING)


@transaction.atomic
def import_discard(*, athlete: User, import_id: UUID) -> None:
    """Forgets the file and the report; what was brought stays. Raises NotFound, Conflict."""
    imported = _locked(athlete, import_id)
    if imported.state in BUSY:
        raise Conflict(_("Another import is under way. Wait until it is done."))
    imported.delete()


@transaction.atomic
def import_again(import_id: UUID) -> None:
    """Sends one on that is silent; an admin asks. Raises ValidationError where it has ended."""
    if not Import.objects.filter(pk=import_id, state__in=BUSY).exists():
        raise ValidationError(_("This import is not under way."))
    enqueue(tasks.advance_import, str(import_id))


def _same(stored: Import, asked: Import) -> Import:
    if stored.athlete_id != asked.athlete_id:
        raise NotFound(NO_IMPORT)
    if any(getattr(stored, name) != getattr(asked, name) for name in BEGUN_WITH):
        raise Conflict(_("This import was begun with other values."))
    return stored


def _go_on(imported: Import, state: Import.State) -> None:
    imported.state = state
    imported.save(update_fields=["state", "with_profile", "changed_at"])
    enqueue(tasks.advance_import, str(imported.pk))


def _locked(athlete: User, import_id: UUID) -> Import:
    found = Import.objects.filter(id=import_id, athlete=athlete).select_for_update().first()
    if found is None:
        raise NotFound(NO_IMPORT)
    return found
