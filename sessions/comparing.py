"""What a re-score changes: its results beside those that counted before it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from sessions.models import Correction, Rescore, SetResult
from sessions.rescoring import in_scope

LISTED: Final = 100


@dataclass(slots=True)
class Row:
    """Of one exercise, as the set counts now. renamed: recognised as another exercise."""

    exercise: str
    sets: int = 0
    same: int = 0
    more: int = 0
    fewer: int = 0
    renamed: int = 0
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    set_id: UUID
    day: str
    exercise_before: str
    exercise_after: str
    before: int
    after: int
    said: int | None

    @property
    def step(self) -> int:
        return self.after - self.before


@dataclass(slots=True)
class Comparison:
    """rows: by exercise. changes: the LISTED largest, of `changed` in all."""

    rows: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    changed: int = 0


def compare(rescore: Rescore) -> Comparison:
    rows: dict[str, Row] = {}
    changes = []
    for one in _pairs(rescore):
        row = rows.setdefault(one.exercise_before, Row(one.exercise_before))
        row.sets += 1
        row.same += one.step == 0
        row.more += one.step > 0
        row.fewer += one.step < 0
        row.renamed += one.exercise_before != one.exercise_after
        row.before += one.before
        row.after += one.after
        if one.step or one.exercise_before != one.exercise_after:
            changes.append(one)
    changes.sort(key=lambda one: (-abs(one.step), one.day))
    by_name = sorted(rows.values(), key=lambda row: row.exercise)
    return Comparison(by_name, changes[:LISTED], len(changes))


def _pairs(rescore: Rescore) -> Iterator[Change]:
    """said: the count that somebody gave, where one did."""
    by = rescore.version.version
    results = SetResult.objects.filter(set__in=in_scope(rescore), error="")
    columns = ("set_id", "model_version", "exercise", "rep_count", "in_place_of")
    found = {(row[0], row[1]): row[2:] for row in results.values_list(*columns).iterator()}
    counts = Correction.objects.live().filter(set=OuterRef("pk"), kind=Correction.Kind.COUNT)
    sets = in_scope(rescore).annotate(is_said=Exists(counts)).order_by("started_at")
    for row in sets.select_related("workout").only(
        "id", "exercise", "rep_count", "final_rep_count", "workout__day"
    ):
        if (row.pk, by) not in found:
            continue
        exercise, count, in_place_of = found[row.pk, by]
        before = found.get((row.pk, in_place_of), (row.exercise, row.rep_count))
        said = row.final_rep_count if row.is_said else None
        day = row.workout.day.isoformat()
        yield Change(row.pk, day, before[0], exercise, before[1], count, said)
