"""Writes what followers have found: of many sets in one transaction, and only what is new."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from models.following import Look
from models.results import Attempt as FoundAttempt
from sessions.channel import announce_all
from sessions.models import Attempt, Rep, WorkoutSet
from sessions.results import attempt_row, rep_row
from sessions.sql import answer, change, marks, rows_of_marks, stored, uuid_of

_BACK_MS: Final = 45_000  # further than a follower looks
_KNOWN: Final = """
    SELECT set_id, newest.id, {columns} FROM {table} newest
        JOIN workouts_workoutset own ON own.id = set_id
    WHERE set_id IN ({ids}) AND end_ms >= analyzed_to_ms - %s
    ORDER BY set_id, newest.{order}"""
_REPS: Final = ('newest."index", start_ms, end_ms', "workouts_rep", '"index"')
_ATTEMPTS: Final = ("start_ms, end_ms, reason", "workouts_attempt", "start_ms")
_LOCK: Final = (
    "SELECT id, analyzed_revision FROM workouts_workoutset WHERE id IN ({ids}) ORDER BY id"
)
_UPDATE: Final = """
    WITH new (id, revision, to_ms, version, exercise, confidence, reps, attempts, active_s) AS
        (VALUES {rows})
    UPDATE workouts_workoutset SET analyzed_revision = new.revision, analyzed_to_ms = to_ms,
        failures = 0, last_error = '', model_version = version,
        exercise = new.exercise, final_exercise = new.exercise,
        confidence = CAST(new.confidence AS double precision),
        rep_count = reps, final_rep_count = reps, attempt_count = attempts,
        active_s = new.active_s
    FROM new WHERE workouts_workoutset.id = new.id"""


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
    ids = stored([one.pk for one in sets])
    for set_id, *rep in _known(ids, *_REPS):
        found[uuid_of(set_id)].reps.append(KnownRep(*rep))
    for set_id, *attempt in _known(ids, *_ATTEMPTS):
        found[uuid_of(set_id)].attempts.append(KnownAttempt(*attempt))
    return found


def _known(ids: list[Any], columns: str, table: str, order: str) -> list[tuple[Any, ...]]:
    asked = _KNOWN.format(columns=columns, table=table, order=order, ids=marks(ids))
    return answer(asked, [*ids, _BACK_MS]) if ids else []


def write(followed: list[Followed], version: str) -> None:
    """Sets that were analysed by another meanwhile stay as they are."""
    if not followed:
        return
    with transaction.atomic():
        stands = _locked([one.row.pk for one in followed])
        now = [one for one in followed if stands.get(one.row.pk) == one.row.analyzed_revision]
        _replace(now, version)
        _stamp(now, version)
        told = [(one.row.pk, one.row.workout_id) for one in now]
        transaction.on_commit(lambda: announce_all(told), robust=True)


def _locked(ids: list[UUID]) -> dict[UUID, int]:
    """Their analysed revisions. In order of their ids, as everybody who locks several does."""
    lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    asked = f"{_LOCK.format(ids=marks(ids))} {lock}"
    return {uuid_of(one): revision for one, revision in answer(asked, stored(ids))}


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
    _delete("workouts_finding", "rep_id", gone_reps)
    _delete("workouts_rep", "id", gone_reps)
    _delete("workouts_attempt", "id", gone_attempts)
    Rep.objects.bulk_create(reps)
    Attempt.objects.bulk_create(attempts)


def _delete(table: str, column: str, values: list[int]) -> None:
    if values:
        change(f"DELETE FROM {table} WHERE {column} IN ({marks(values)})", values)  # noqa: S608


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
    if values:
        change(_UPDATE.format(rows=rows_of_marks(values)), list(chain.from_iterable(values)))


def _values(one: Followed, version: str) -> tuple[Any, ...]:
    row, found, known = one.row, one.look, one.known
    count = _first_index(known, row) + found.kept + len(found.reps)
    old, new = _attempts(one)
    gone_ms = sum(rep.end_ms - rep.start_ms for rep in known.reps[found.kept :])
    new_ms = sum(rep.end_ms - rep.start_ms for rep in found.reps)
    named = found.exercise is not None  # rest does not unlearn what the set was
    exercise = found.exercise or row.exercise
    return (
        *stored([row.pk]),
        row.revision,
        max(row.analyzed_to_ms, one.end_ms),
        version,
        exercise,
        found.confidence if named else row.confidence,
        count,
        max(0, row.attempt_count + len(new) - len(old)),
        max(0.0, row.active_s + (new_ms - gone_ms) / 1000),
    )
