"""The open workouts of a plan as plain data, so that a change can be told and taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coach.models import Plan, PlannedItem, PlannedWorkout
from coach.models.prescriptions import FIGURES
from coach.selectors.done import items_of
from sessions.errors import Conflict

MOST_PLANNED: Final = 400  # of one plan

Item = dict[str, Any]
Row = dict[str, Any]
Rows = dict[str, Row]
Change = dict[str, Row | None]  # was, now


def open_rows(plan: Plan) -> Rows:
    """By id: `{day, skipped_at, title, items}` of the workouts that have not begun."""
    rows = PlannedWorkout.objects.filter(plan=plan).open().prefetch_related("items")
    return {str(row.id): _state(row) for row in rows}


def difference(was: Rows, now: Rows) -> dict[str, Change]:
    """Of each row that differs, what differs; None where it is not there."""
    changes: dict[str, Change] = {}
    for key in was.keys() | now.keys():
        before, after = was.get(key), now.get(key)
        if before is None or after is None:
            changes[key] = {"was": before, "now": after}
        elif differing := [name for name in before if before[name] != after[name]]:
            changes[key] = {
                "was": {name: before[name] for name in differing},
                "now": {name: after[name] for name in differing},
            }
    return changes


def put_back(plan: Plan, changes: Mapping[str, Change], *, now: datetime) -> None:
    """The rows as they were. Raises Conflict where one has begun or has changed since."""
    standing = open_rows(plan)
    for key, change in changes.items():
        found, left = standing.get(key), change["now"]
        is_same = (
            found is None if left is None else found is not None and left.items() <= found.items()
        )
        if not is_same or (left is None and PlannedWorkout.objects.filter(id=key).exists()):
            raise Conflict(_("This was changed since then, or has begun."))
    for key, change in changes.items():
        if (was := change["was"]) is None:
            PlannedWorkout.objects.filter(id=key).delete()
        elif change["now"] is None:
            row_add(plan, UUID(key), was, now=now)
        else:
            _write(PlannedWorkout.objects.get(id=key), was)


def row_add(plan: Plan, row_id: UUID, state: Row, *, now: datetime) -> PlannedWorkout:
    """A new workout, in its place among the others by its day. Raises Conflict in a full plan."""
    rows = PlannedWorkout.objects.filter(plan=plan)
    if rows.count() >= MOST_PLANNED:
        told = _("A plan holds at most %(n)d workouts.")
        raise Conflict(told % {"n": MOST_PLANNED})
    before = rows.filter(day__lte=state["day"]).order_by("index").last()
    index = 0 if before is None else before.index + 1
    _make_room(plan, index)
    row = PlannedWorkout(id=row_id, plan=plan, index=index, changed_at=now)
    _write(row, state, is_new=True)
    return row


def items_write(row: PlannedWorkout, items: list[PlannedItem]) -> None:
    row.items.all().delete()
    PlannedItem.objects.bulk_create(items)


def figures_of(item: PlannedItem) -> Item:
    return {name: getattr(item, name) for name in FIGURES if name != "position"}


def _state(row: PlannedWorkout) -> Row:
    return {
        "day": row.day.isoformat(),
        "skipped_at": None if row.skipped_at is None else row.skipped_at.isoformat(),
        "title": row.title,
        "items": [figures_of(item) for item in items_of(row)],
    }


def _write(row: PlannedWorkout, state: Row, *, is_new: bool = False) -> None:
    if "day" in state:
        row.day = date.fromisoformat(state["day"])
    if "skipped_at" in state:
        at = state["skipped_at"]
        row.skipped_at = None if at is None else datetime.fromisoformat(at)
    row.title = state.get("title", row.title)
    row.save(force_insert=is_new)
    if "items" in state:
        items = [
            PlannedItem(planned=row, position=position, **figures)
            for position, figures in enumerate(state["items"])
        ]
        items_write(row, items)


def _make_room(plan: Plan, index: int) -> None:
    """In two steps, since no two rows may have one index in between."""
    if not PlannedWorkout.objects.filter(plan=plan, index=index).exists():
        return
    far = 10_000
    later = PlannedWorkout.objects.filter(plan=plan, index__gte=index)
    later.update(index=F("index") + far)
    moved = PlannedWorkout.objects.filter(plan=plan, index__gte=far)
    moved.update(index=F("index") + 1 - far)
