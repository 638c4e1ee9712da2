"""Tables of Strong and Hevy as records of workouts. docs/export-format.md names the columns.

Such sets have numbers and no keypoints: source "import", model version "import".
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Final
from uuid import UUID, uuid5
from zlib import compress

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from models.exercises import BY_SLUG
from sessions.models.sets import MAX_HOLD_S, MAX_REPS
from sessions.portable import layout
from sessions.portable.cells import (
    UnreadableError,
    lasts,
    number,
    short,
    slug_of,
    time_of,
    weight_kg,
)
from sessions.portable.given import MAX_SETS
from sessions.portable.refusal import RefusedError
from sessions.portable.told import Record

MAX_BYTES: Final = 8 * 1024**2
MAX_ROWS: Final = 100_000  # twenty years of a daily workout have 80,000
MAX_COLUMNS: Final = 64
MAX_CELLS: Final = 20_000  # of one row, before they are made; commas within notes count too
UNKNOWN: Final = gettext_lazy(
    "I know this file neither as an export of PoseCoach (zip) nor as one of Strong or Hevy "
    "(CSV with a first row of column names)."
)
_NO_SET: Final = {"rest timer", "note"}  # rows of Strong that are none


@dataclass(frozen=True, slots=True)
class App:
    """Columns of an app's export, in lower case; the first of each that is there is read."""

    name: str
    known_by: frozenset[str]
    start: str
    end: tuple[str, ...]
    lasts: tuple[str, ...]
    title: str
    exercise: str
    order: str
    seconds: str
    note: str
    workout_note: str


STRONG: Final = App(
    name="strong",
    known_by=frozenset({"date", "workout name", "exercise name", "set order", "reps"}),
    start="date",
    end=(),
    lasts=("duration", "workout duration", "duration (sec)"),
    title="workout name",
    exercise="exercise name",
    order="set order",
    seconds="seconds",
    note="notes",
    workout_note="workout notes",
)
HEVY: Final = App(
    name="hevy",
    known_by=frozenset({"title", "start_time", "exercise_title", "set_index", "reps"}),
    start="start_time",
    end=("end_time",),
    lasts=(),
    title="title",
    exercise="exercise_title",
    order="set_index",
    seconds="duration_seconds",
    note="exercise_notes",
    workout_note="description",
)


@dataclass(slots=True)
class Table:
    """app: its name. skipped: (exercise as it was written, why) → how many sets.

    workouts: as packed JSON, a tenth of what they take as objects.
    """

    app: str
    workouts: dict[UUID, bytes] = field(default_factory=dict)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)


def table_read(body: bytes, *, user: User, unit: str) -> Table:
    """The workouts of the file. unit: of weights, "kg" or "lb", where the file does not say.

    Times are taken in the athlete's time zone. The same file gives the same ids.
    Raises RefusedError.
    """
    rows = _rows(body)
    first = next(rows, {})
    app = next((one for one in (STRONG, HEVY) if one.known_by <= first.keys()), None)
    if app is None:
        raise RefusedError(str(UNKNOWN))
    table = Table(app.name)
    whole = chain([first], rows)
    for (start, title), own in groupby(whole, lambda row: (row[app.start], row[app.title])):
        _add_workout(table, app, user, unit, start, title, list(own))
    return table


def _rows(body: bytes) -> Iterator[Mapping[str, str]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(_("The table is not text in UTF-8.")) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = _Lines(text, delimiter)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if len(names) > MAX_COLUMNS:
            raise RefusedError(_("A table may have %(most)s columns.") % {"most": MAX_COLUMNS})
        for number_of, row in enumerate(reader):
            if number_of >= MAX_ROWS:
                raise RefusedError(_("A table may have %(most)s rows.") % {"most": MAX_ROWS})
            lines.of_row = 0
            if row:
                cells = [*row[: len(names)], *[""] * (len(names) - len(row))]
                yield {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    except csv.Error as error:
        told = {"line": reader.line_num, "error": error}
        raise RefusedError(
            _("Line %(line)s of the table cannot be read: %(error)s.") % told
        ) from error


class _Lines:
    """Lines of a table. of_row: delimiters since the row began, each of which becomes a cell."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines, self._delimiter = io.StringIO(text, newline=""), delimiter
        self._number = self.of_row = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Raises RefusedError before there are more cells than memory has room for."""
        line = next(self._lines)
        self._number += 1
        self.of_row += line.count(self._delimiter)
        if self.of_row > MAX_CELLS:
            told = {"line": self._number, "most": MAX_CELLS}
            raise RefusedError(_("Line %(line)s of the table has more than %(most)s cells.") % told)
        return line


def _add_workout(
    table: Table,
    app: App,
    user: User,
    unit: str,
    start: str,
    title: str,
    rows: list[Mapping[str, str]],
) -> None:
    try:
        started_at = time_of(start, user.time_zone)
    except UnreadableError:
        table.skipped.update((row[app.exercise], "unreadable") for row in rows)
        return
    workout_id = uuid5(user.pk, f"{app.name}/{start}/{title}")
    sets: list[Record] = []
    for row in rows:
        slug = slug_of(row[app.exercise])
        if row[app.order].lower() in _NO_SET:
            continue
        if slug is None:
            table.skipped[row[app.exercise], "unknown_exercise"] += 1
            continue
        try:
            one = _set(app, row, slug, unit)
        except UnreadableError:
            table.skipped[row[app.exercise], "unreadable"] += 1
            continue
        if not one["rep_count"] and not one["hold_s"]:
            table.skipped[row[app.exercise], "nothing_counted"] += 1
            continue
        _place(one, workout_id, len(sets), started_at)
        sets.append(one)
        if len(sets) > MAX_SETS:  # is refused as a whole
            break
    if sets:
        record = {
            "id": str(workout_id),
            "started_at": started_at.isoformat(),
            "ended_at": _ended_at(app, rows[0], started_at, sets, user.time_zone),
            "time_zone": user.time_zone,
            "note": short("\n".join(filter(None, (title, rows[0].get(app.workout_note, ""))))),
            "sets": sets,
        }
        table.workouts[workout_id] = compress(orjson.dumps(record), 1)


def _set(app: App, row: Mapping[str, str], slug: str, unit: str) -> Record:
    is_hold = BY_SLUG[slug].kind == "hold"
    held_s = number(row.get(app.seconds, ""), MAX_HOLD_S) if is_hold else None
    rpe = number(row.get("rpe", ""), 10)
    return {
        "source": "import",
        "exercise_chosen": slug,
        "clip_count": 0,
        "clips_received": 0,
        "abandoned": False,
        "target_reps": None,
        "target_hold_s": None,
        "weight_kg": weight_kg(row, unit),
        "rpe": round(rpe * 2) / 2 if rpe is not None and rpe >= 1 else None,
        "note": short(row.get(app.note, "")),
        "revision": 0,
        "analyzed_revision": 0,
        "analyzed_to_ms": 0,
        "failures": 0,
        "model_version": layout.IMPORTED,
        "exercise": slug,
        "confidence": None,
        "visible": None,
        "rep_count": 0 if is_hold else int(number(row["reps"], MAX_REPS) or 0),
        "attempt_count": 0,
        "hold_s": held_s or None,
        "active_s": held_s or 0,
        **{name: [] for name in ("reps", "attempts", "findings", "corrections", "clips")},
    }


def _place(one: Record, workout_id: UUID, index: int, started_at: datetime) -> None:
    """When each set was is not known: a second apart, so that their order is kept."""
    at = started_at + timedelta(seconds=index)
    one["id"], one["index"] = str(uuid5(workout_id, str(index))), index
    one["started_at"] = at.isoformat()
    one["ended_at"] = (at + timedelta(seconds=one["hold_s"] or 0)).isoformat()


def _ended_at(
    app: App, row: Mapping[str, str], started_at: datetime, sets: list[Record], time_zone: str
) -> str:
    """As the file says it, and no earlier than the last set."""
    ends = [datetime.fromisoformat(one["ended_at"]) for one in sets]
    try:
        ends += [time_of(row[name], time_zone) for name in app.end if row.get(name)]
        ends += [started_at + lasts(row[name]) for name in app.lasts if row.get(name)]
    except UnreadableError:
        pass
    return max(ends).isoformat()
