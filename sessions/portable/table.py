"""One row a set, for people and their spreadsheets."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date
from itertools import islice
from typing import Any, Final

from accounts.models import User
from sessions.arithmetic.strength import one_rm_kg
from sessions.models import WorkoutSet

COLUMNS: Final = (
    "day", "started_at_utc", "time_zone", "exercise", "reps", "hold_s", "weight_kg", "rpe",
    "rom_deg", "active_s", "one_rm_kg", "machine_exercise", "machine_reps", "attempts",
    "target_reps", "target_hold_s", "findings", "source", "model_version", "note", "workout_note",
    "workout", "set",
)  # fmt: skip
_BOM: Final = "\ufeff"  # by which spreadsheets know UTF-8
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE: Final = 500


def table_chunks(user: User, days: tuple[date, date] | None = None) -> Iterator[bytes]:
    """The table in CSV, UTF-8, a few hundred sets at a time. days: the first and the last."""
    yield (_BOM + _line(COLUMNS)).encode()
    own = WorkoutSet.objects.alive().filter(workout__athlete=user)
    if days is not None:
        own = own.filter(workout__day__range=days)
    ids = iter(own.order_by("started_at", "id").values_list("id", flat=True))
    while some := list(islice(ids, _AT_ONCE)):
        rows = own.filter(id__in=some).select_related("workout").prefetch_related("findings")
        ordered = rows.order_by("started_at", "id")
        yield "".join(_line(_cells(one)) for one in ordered).encode()


def guarded(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula, told to be text (CWE-1236)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _line(cells: tuple[Any, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def _cells(one: WorkoutSet) -> tuple[Any, ...]:
    workout = one.workout
    faults = sorted({finding.fault for finding in one.findings.all()})
    return (
        workout.day.isoformat(),
        one.started_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        workout.time_zone,
        one.final_exercise,
        one.final_rep_count,
        one.hold_s,
        one.weight_kg,
        one.rpe,
        one.rom_deg,
        one.active_s,
        one_rm_kg(one.weight_kg, one.final_rep_count),
        one.exercise,
        one.rep_count,
        one.attempt_count,
        one.target_reps,
        one.target_hold_s,
        " ".join(faults),
        one.source,
        one.model_version,
        one.note,
        workout.note,
        str(workout.id),
        str(one.id),
    )
