"""Writes what followers have found: of many sets in one transaction, and only what is new."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from models.following import Look
from models.results import Attempt as FoundAttempt
from sessions.channel import announce_all
from sessions.models import Attempt, Rep, WorkoutSet
from sessions.results import attempt_row, rep_row

_BACK_MS: Final = 45_000  # further than a follower looks
_KEY: Final = WorkoutSet._meta.pk
_UPDATE: Final = """
    UPDATE workouts_workoutset SET analyzed_revision = %s, analyzed_to_ms = %s, failures = 0,
        last_error = '', model_version = %s, exercise = %s, final_exercise = %s, confidence = %s,
        rep_count = %s, final_rep_count = %s, attempt_count = %s, active_s = %s
    WHERE id = %s"""


@dataclass(frozen=True, slots=True)
class KnownRep:
    pk: int
    index: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class KnownAttempt:
    pk: int
    start_ms: int
    end_ms: int
    reason: str


@dataclass(slots=True)
class Known:
    """The newest rows of a set, in order of time."""

    reps: list[KnownRep] = field(default_factory=list)
    attempts: list[KnownAttempt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Followed:
    """row: the set as it was read. end_ms: of the last frame that was looked at."""

    row: WorkoutSet
    look: Look
    known: Known
    end_ms: int


def known_rows(sets: list[WorkoutSet]) -> dict[UUID, Known]:
    found: dict[UUID, Known] = defaultdict(Known)
    ids = [one.pk for one in sets]
    recent = F("set__analyzed_to_ms") - _BACK_MS
    reps = Rep.objects.filter(set__in=ids, end_ms__gte=recent).order_by("set", "index")
    rows = reps.values_list("set", "pk", "index", "start_ms", "end_ms")
    for set_id, pk, index, start_ms, end_ms in rows:
        found[set_id].reps.append(KnownRep(pk, index, start_ms, end_ms))
    attempts = Attempt.objects.filter(set__in=ids, end_ms__gte=recent).order_by("set", "start_ms")
    told = attempts.values_list("set", "pk", "start_ms", "end_ms", "reason")
    for set_id, pk, start_ms, end_ms, reason in told:
        found[set_id].attempts.append(KnownAttempt(pk, start_ms, end_ms, reason))
    return found


def write(followed: list[Followed], version: str) -> None:
    """Sets that were analysed by another meanwhile stay as they are."""
    with transaction.atomic():
        # In order of their ids, as everybody who locks several does.
        ids = [one.row.pk for one in followed]
        locked = WorkoutSet.objects.select_for_update().filter(pk__in=ids)
        stands = dict(locked.order_by("pk").values_list("pk", "analyzed_revision"))
        now = [one for one in followed if stands.get(one.row.pk) == one.row.analyzed_revision]
        _replace(now, version)
        _stamp(now, version)
        told = [(one.row.pk, one.row.workout_id) for one in now]
        transaction.on_commit(lambda: announce_all(told), robust=True)


def _replace(followed: list[Followed], version: str) -> None:
    gone_reps, gone_attempts = [], []
    reps: list[Rep] = []
    attempts: list[Attempt] = []
    for one in followed:
        stay, own = one.look.kept, one.known
        gone_reps += [rep.pk for rep in own.reps[stay:]]
        first = _first_index(own, one.row) + stay
        reps += [
            rep_row(one.row, first + nth, rep, version) for nth, rep in enumerate(one.look.reps)
        ]
        old, new = _attempts(one)
        gone_attempts += [attempt.pk for attempt in old]
        attempts += [attempt_row(one.row, attempt, version) for attempt in new]
    if gone_reps:
        Rep.objects.filter(pk__in=gone_reps).delete()
    if gone_attempts:
        Attempt.objects.filter(pk__in=gone_attempts).delete()
    Rep.objects.bulk_create(reps)
    Attempt.objects.bulk_create(attempts)


def _first_index(known: Known, row: WorkoutSet) -> int:
    return known.reps[0].index if known.reps else row.rep_count


def _attempts(one: Followed) -> tuple[list[KnownAttempt], list[FoundAttempt]]:
    """Those that are there no more, and those that are new."""
    old = [row for row in one.known.attempts if row.start_ms >= one.look.cut_ms]
    new = list(one.look.attempts)
    for row in list(old):
        twin = next((found for found in new if _same(row, found)), None)
        if twin is not None:
            old.remove(row)
            new.remove(twin)
    return old, new


def _same(row: KnownAttempt, found: FoundAttempt) -> bool:
    return (
        row.reason == found.reason and row.start_ms < found.end_ms and found.start_ms < row.end_ms
    )


def _stamp(followed: list[Followed], version: str) -> None:
    values = [_values(one, version) for one in followed]
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE, values)


def _values(one: Followed, version: str) -> tuple[Any, ...]:
    row, found, known = one.row, one.look, one.known
    count = _first_index(known, row) + found.kept + len(found.reps)
    old, new = _attempts(one)
    gone_ms = sum(rep.end_ms - rep.start_ms for rep in known.reps[found.kept :])
    new_ms = sum(rep.end_ms - rep.start_ms for rep in found.reps)
    named = found.exercise is not None  # rest does not unlearn what the set was
    exercise = found.exercise or row.exercise
    return (
        row.revision,
        max(row.analyzed_to_ms, one.end_ms),
        version,
        exercise,
        exercise,
        found.confidence if named else row.confidence,
        count,
        count,
        max(0, row.attempt_count + len(new) - len(old)),
        max(0.0, row.active_s + (new_ms - gone_ms) / 1000),
        _KEY.get_db_prep_value(row.pk, connection),
    )
