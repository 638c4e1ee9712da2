"""Checking, reading and undoing an import: in slices, one thing of the file at a time.

What became of each thing is a row, written in the transaction of the thing itself. So a slice may
end anywhere, by time or by a crash, and the next one goes on where it was.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from accounts.languages import in_language_of
from accounts.models import User
from accounts.serializers import MeSerializer
from accounts.services import PROFILE_FIELDS, user_update
from sessions import trends
from sessions.errors import Conflict
from sessions.models import Import, ImportItem, WorkoutSet
from sessions.portable import registry, workouts
from sessions.portable.refusal import RefusedError, in_words
from sessions.portable.sources import NOBODY, PROFILE, WORKOUT, Ref, Source, source_of
from sessions.portable.told import Record, profile_told

SLICE_S: Final = 10.0  # other work waits meanwhile where there is one worker
State = Import.State
Outcome = ImportItem.Outcome
_DAYS_AT_ONCE: Final = 50
_WRONG: Final = (RefusedError, ValidationError, APIException, IntegrityError)


def advance(import_id: UUID) -> bool:
    """Works on the import for a slice of time; True while there is more to do."""
    imported = Import.objects.select_related("athlete").filter(id=import_id).first()
    steps = {State.CHECKING: _check, State.READING: _read, State.UNDOING: _undo}
    if imported is None or imported.state not in steps:
        return False
    with in_language_of(imported.athlete):
        try:
            return steps[State(imported.state)](imported, time.monotonic() + SLICE_S)
        except RefusedError as error:
            _end(imported, State.REFUSED, error.message)
            return False


def _check(imported: Import, until: float) -> bool:
    source = source_of(imported)
    refs = source.refs()
    if not imported.kind:
        imported.kind, imported.total, imported.skipped = source.kind, len(refs), source.skipped
        imported.save(update_fields=["kind", "total", "skipped", "changed_at"])
    seen = set(imported.items.values_list("kind", "ref"))
    for ref in refs:
        if ref in seen:
            continue
        if time.monotonic() > until:
            return True
        item = _checked_item(imported, source, ref)
        with _locked(imported, State.CHECKING) as goes_on:
            if not goes_on:
                return False
            item.save()
    _end(imported, State.CHECKED)
    return False


def _checked_item(imported: Import, source: Source, ref: Ref) -> ImportItem:
    item = ImportItem(source=imported, kind=ref[0], ref=ref[1])
    record: Any = None
    try:
        record = source.record(ref)
        same = _compare(imported.athlete, source, ref, record)
        item.outcome = Outcome.SAME if same else Outcome.NEW
    except Conflict as error:
        item.outcome, item.message = Outcome.CONFLICT, in_words(error)
    except _WRONG as error:
        item.outcome, item.message = Outcome.REFUSED, in_words(error)
    item.label = _label(ref, record)[:80]
    if ref[0] == WORKOUT and item.outcome != Outcome.REFUSED:
        item.sets = len(record["sets"])
        item.reps = sum(one["rep_count"] for one in record["sets"])
    return item


def _compare(user: User, source: Source, ref: Ref, record: Any) -> bool:
    """Whether it is here as the record has it. Raises one of _WRONG."""
    kind, ref_id = ref
    if kind == WORKOUT:
        workouts.checked(record, ref_id, source.clips)
        return workouts.is_same(user, record, ref_id)
    if kind == PROFILE:
        return _profile(record) == profile_told(user)
    part = _part(kind)
    stored = part.stored(user, ref_id)
    if stored is None:
        with _rehearsal():
            part.read(user, record)
        return False
    if stored != record:
        raise Conflict(_("This is here already and differs. It stays as it is here."))
    return True


def _read(imported: Import, until: float) -> bool:
    source = source_of(imported)
    new = imported.items.filter(outcome=Outcome.NEW)
    if not imported.with_profile:
        new = new.exclude(kind=PROFILE)
    for item in new.order_by("id"):
        if time.monotonic() > until:
            return True
        with _locked(imported, State.READING) as goes_on:
            item.refresh_from_db()
            if not goes_on:
                return False
            if item.outcome == Outcome.NEW:
                _bring(imported.athlete, source, item)
                item.save(update_fields=["outcome", "message"])
    if _refresh_trends(imported.athlete_id, until):
        return True
    _end(imported, State.DONE)
    imported.parts.all().delete()
    return False


def _bring(user: User, source: Source, item: ImportItem) -> None:
    ref = (item.kind, item.ref)
    try:
        record = source.record(ref)
        with transaction.atomic():
            _write(user, source, ref, record)
        item.outcome = Outcome.BROUGHT
    except Conflict as error:
        item.outcome, item.message = Outcome.CONFLICT, in_words(error)
    except IntegrityError:
        item.outcome = Outcome.CONFLICT
        item.message = _("It does not fit what is here already.")
    except _WRONG as error:
        item.outcome, item.message = Outcome.REFUSED, in_words(error)


def _write(user: User, source: Source, ref: Ref, record: Any) -> None:
    kind, ref_id = ref
    if kind == WORKOUT:
        values = workouts.checked(record, ref_id, source.clips)
        if not workouts.is_same(user, record, ref_id):
            workouts.read(user, values, source.clips)
    elif kind == PROFILE:
        user_update(user=user, **_profile(record))
    elif _part(kind).stored(user, ref_id) is None:
        _part(kind).read(user, record)


def _refresh_trends(athlete_id: UUID, until: float) -> bool:
    """Of the days that are due, a few at a time; True while some are left."""
    due = WorkoutSet.objects.filter(workout__athlete_id=athlete_id, trend_due=True)
    days = due.order_by("workout__day").values_list("workout__day", flat=True).distinct()
    while some := list(days[:_DAYS_AT_ONCE]):
        if time.monotonic() > until:
            return True
        trends.refresh(athlete_id, some)
    return False


def _undo(imported: Import, until: float) -> bool:
    """Deletes what the import brought, last things first; the profile stays."""
    brought = imported.items.filter(outcome=Outcome.BROUGHT).exclude(kind=PROFILE)
    for item in brought.order_by("-id"):
        if time.monotonic() > until:
            return True
        with transaction.atomic():
            if item.kind == WORKOUT:
                days = workouts.forget(imported.athlete, item.ref)
                trends.refresh(imported.athlete_id, days)
            else:
                _part(item.kind).forget(imported.athlete, [item.ref])
            item.delete()
    _end(imported, State.UNDONE)
    return False


def _profile(record: Any) -> Record:
    form = MeSerializer(data=record, partial=True)
    form.is_valid(raise_exception=True)
    values: Record = form.validated_data
    if missing := set(PROFILE_FIELDS) ^ set(record):
        field = f"profile.json: {min(missing)}"
        raise RefusedError(_("%(field)s is missing or not known.") % {"field": field})
    return values


def _part(kind: str) -> registry.Part:
    return next(part for part in registry.parts() if part.kind == kind)


def _label(ref: Ref, record: Any) -> str:
    kind, ref_id = ref
    if kind == WORKOUT:
        return workouts.label(record) or str(ref_id)
    if ref_id == NOBODY or not isinstance(record, dict):
        return ""
    return _part(kind).label(record)


@contextmanager
def _locked(imported: Import, state: State) -> Iterator[bool]:
    """A transaction with the import locked; whether it still is in this state."""
    with transaction.atomic():
        found = Import.objects.select_for_update().filter(id=imported.pk).first()
        if found is not None:
            found.save(update_fields=["changed_at"])
        yield found is not None and found.state == state


@contextmanager
def _rehearsal() -> Iterator[None]:
    """What is written inside is checked by the database, and not kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _end(imported: Import, state: State, message: str = "") -> None:
    Import.objects.filter(id=imported.pk, state=imported.state).update(state=state, message=message)
    if state == State.REFUSED:
        imported.parts.all().delete()
