"""A workout of a file: whether it is there already, and how it becomes rows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from models.clip import ClipError
from models.clip_store import unpack
from sessions.errors import Conflict
from sessions.finals import FINAL_FIELDS, settle
from sessions.models import (
    Attempt,
    Clip,
    Correction,
    Exercise,
    Finding,
    Rep,
    WorkoutSession,
    WorkoutSet,
)
from sessions.portable import layout
from sessions.portable.given import WorkoutRecord
from sessions.portable.refusal import RefusedError
from sessions.portable.told import ATHLETE, Record, workout_told
from sessions.selectors.exercises import OWN

_CLIPS_AT_ONCE: Final = 50


class Payloads(Protocol):
    """Of the clips of a set, each as long as told."""

    def __call__(self, set_id: UUID, lengths: list[int]) -> Iterator[bytes]: ...


def checked(record: Any, workout_id: UUID, payloads: Payloads) -> Record:
    """The record's values, once all of it is right, the clips too.

    Raises RefusedError, ValidationError.
    """
    known = Exercise.objects.filter(Q(slug__in=_carried(record)) | ~Q(slug__startswith=OWN))
    slugs = frozenset(known.values_list("slug", flat=True)) | _carried(record)
    form = WorkoutRecord(data=record, context={"exercises": slugs})
    form.is_valid(raise_exception=True)
    values: Record = form.validated_data
    if values["id"] != workout_id:
        raise RefusedError(_("The id inside is not that of the file's name."))
    for one in values["sets"]:
        for _clip in _clip_rows(one, payloads):
            pass
    return values


def _carried(record: Any) -> frozenset[str]:
    """Slugs of own exercises whose words the record brings; whether they are right, a form says."""
    given = record.get("exercises") if isinstance(record, dict) else None
    told = given if isinstance(given, list) else []
    return frozenset(str(one.get("slug")) for one in told if isinstance(one, dict))


def is_same(user: User, record: Record, workout_id: UUID) -> bool:
    """Whether the workout is here as the record has it. False: it is not here.

    Raises Conflict when another one has its id, or another set or correction one of its ids.
    """
    stored = WorkoutSession.objects.filter(id=workout_id).first()
    if stored is None:
        _check_free(record)
        return False
    if stored.athlete_id != user.pk:
        raise Conflict(_("This workout is here already, in another account."))
    told = orjson.loads(orjson.dumps(workout_told(user, workout_id)))
    if _essence(told) != _essence(record):
        raise Conflict(_("This workout is here already and differs. It stays as it is here."))
    return stored.deleted_at is None


def read(user: User, values: Record, payloads: Payloads) -> None:
    """Writes the checked workout with its ids, inside a transaction; a deleted one comes back."""
    started_at = values["started_at"]
    deleted = WorkoutSession.objects.filter(id=values["id"], athlete=user)
    if deleted.update(deleted_at=None):
        WorkoutSet.objects.filter(workout_id=values["id"]).update(trend_due=True)
        return
    workout = WorkoutSession(
        id=values["id"],
        athlete=user,
        started_at=started_at,
        ended_at=values["ended_at"],
        time_zone=values["time_zone"],
        day=started_at.astimezone(ZoneInfo(values["time_zone"])).date(),
        note=values["note"],
        **_some(values, layout.PAIN),
    )
    workout.clean_fields(exclude=("athlete",))
    workout.save(force_insert=True)
    for shown in values["exercises"]:
        # Here nobody has shown it: its sets have a name, and it is not offered.
        Exercise.objects.get_or_create(slug=shown["slug"], defaults={**shown, "is_active": False})
    for one in values["sets"]:
        _read_set(user, workout, one, payloads)


def forget(user: User, workout_id: UUID) -> list[date]:
    """Deletes the workout, and returns the day whose trend was with it."""
    own = WorkoutSession.objects.filter(athlete=user, id=workout_id)
    days = list(own.values_list("day", flat=True))
    own.delete()
    return days


def label(record: Any) -> str:
    """The local day, where it can be told."""
    try:
        at = datetime.fromisoformat(record["started_at"])
        return at.astimezone(ZoneInfo(record["time_zone"])).date().isoformat()
    except (KeyError, TypeError, ValueError, OSError, OverflowError):
        return ""


def _check_free(record: Record) -> None:
    sets = [one["id"] for one in record["sets"]]
    said = [said["id"] for one in record["sets"] for said in one["corrections"]]
    if WorkoutSet.objects.filter(id__in=sets).exists():
        raise Conflict(_("A set of this workout is here already, in another workout."))
    if Correction.objects.filter(id__in=said).exists():
        raise Conflict(_("A correction of this workout is here already, of another set."))


def _essence(record: Record) -> Record:
    """Without what follows from the rest, and with what older files do not say."""
    unsaid = {"pain_level": None, "pain_area": ""}
    sets = [{k: v for k, v in one.items() if k != "final"} for one in record["sets"]]
    return {**unsaid, **record, "sets": sets, "exercises": None}


def _read_set(user: User, workout: WorkoutSession, one: Record, payloads: Payloads) -> None:
    row = WorkoutSet(
        id=one["id"],
        workout=workout,
        started_at=one["started_at"],
        ended_at=one["ended_at"],
        exercise_chosen_id=one["exercise_chosen"],
        trend_due=True,
        **_some(one, layout.SET),
    )
    row.clean_fields(exclude=("workout", "exercise_chosen"))
    row.save(force_insert=True)
    reps = Rep.objects.bulk_create(Rep(set=row, **_some(rep, layout.REP)) for rep in one["reps"])
    by_index = {rep.index: rep for rep in reps}
    Attempt.objects.bulk_create(
        Attempt(set=row, **_some(attempt, layout.ATTEMPT)) for attempt in one["attempts"]
    )
    Finding.objects.bulk_create(
        Finding(
            set=row,
            rep=None if finding["rep"] is None else by_index[finding["rep"]],
            **_some(finding, layout.FINDING),
        )
        for finding in one["findings"]
    )
    Correction.objects.bulk_create(_correction(user, row, said) for said in one["corrections"])
    _store_clips(row, one, payloads)
    settle(row)
    row.save(update_fields=FINAL_FIELDS)


def _correction(user: User, row: WorkoutSet, said: Record) -> Correction:
    return Correction(
        id=said["id"],
        set=row,
        exercise_id=said["exercise"],
        author=user if said["author"] == ATHLETE else None,
        created_at=said["created_at"].astimezone(UTC),
        undone_at=said["undone_at"],
        **_some(said, layout.CORRECTION),
    )


def _store_clips(row: WorkoutSet, one: Record, payloads: Payloads) -> None:
    some: list[Clip] = []
    for clip in _clip_rows(one, payloads):
        clip.set = row
        some.append(clip)
        if len(some) == _CLIPS_AT_ONCE:
            Clip.objects.bulk_create(some)
            some = []
    Clip.objects.bulk_create(some)


def _clip_rows(one: Record, payloads: Payloads) -> Iterator[Clip]:
    """Rows of the set's clips, each decoded and in its place. Raises RefusedError."""
    told = one["clips"]
    if not told:
        return
    before_ms = 0
    lengths = [clip["bytes"] for clip in told]
    for clip, payload in zip(told, payloads(one["id"], lengths), strict=True):
        where = _("Keypoints of set %(set)s, clip %(clip)s") % {
            "set": one["id"],
            "clip": clip["index"],
        }
        if sha256(payload).hexdigest() != clip["sha256"]:
            raise RefusedError(
                _("%(where)s: its SHA-256 is not the one that is told.") % {"where": where}
            )
        try:
            data = unpack(payload)
        except ClipError as error:
            raise RefusedError(f"{where}: {error}") from error
        start_ms, end_ms = int(data.t_ms[0]), int(data.t_ms[-1])
        if start_ms < before_ms:
            raise RefusedError(
                _("%(where)s: it starts before the one before it ends.") % {"where": where}
            )
        if one["clip_count"] is not None and clip["index"] >= one["clip_count"]:
            told = ngettext(
                "%(where)s: the set was finished with %(n)d clip.",
                "%(where)s: the set was finished with %(n)d clips.",
                one["clip_count"],
            )
            raise RefusedError(told % {"where": where, "n": one["clip_count"]})
        before_ms = end_ms
        yield Clip(
            estimator=data.estimator,
            width_px=data.width_px,
            height_px=data.height_px,
            start_ms=start_ms,
            end_ms=end_ms,
            frames=len(data.t_ms),
            payload=payload,
            **_some(clip, layout.CLIP),
        )


def _some(values: Record, names: tuple[str, ...]) -> Record:
    return {name: values[name] for name in names}
