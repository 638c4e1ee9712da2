"""What a coach may do to a plan of one athlete; the template that it came from stays as it is.

Each edit works on a locked plan and returns the figures of the sentence that tells it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Plan, PlanChange, PlannedItem, PlannedWorkout
from coach.models.plans import PlannedQuerySet
from coach.progression import Next
from coach.schedule import monday_of
from coach.selectors.done import has_workout, items_of
from coach.selectors.progress import Progress
from coach.services.content import asked_rows, check_trainable, exercises_by_slug
from coach.services.locks import NO_PLANNED
from coach.services.plan_rows import figures_of, items_write, row_add
from coach.services.planned import check_day, rows_shift
from coach.services.sharing import exercises_share_asked
from sessions.errors import Conflict

WEEK: Final = timedelta(days=7)
Kind = PlanChange.Kind


@dataclass(frozen=True, slots=True)
class Edit:
    """by: whose exercises may be asked for. today: the athlete's. given: checked for form."""

    by: User
    plan: Plan
    given: Mapping[str, Any]
    today: date
    now: datetime

    @property
    def rows(self) -> PlannedQuerySet:
        return PlannedWorkout.objects.filter(plan=self.plan)

    @property
    def row(self) -> PlannedWorkout:
        """The workout that is meant. Raises NotFound, Conflict once it began."""
        found = self.rows.select_related("workout").filter(id=self.given["planned"]).first()
        if found is None:
            raise NotFound(NO_PLANNED)
        if has_workout(found):
            raise Conflict(_("This workout has begun already."))
        return found


def move(edit: Edit) -> dict[str, Any]:
    row, day = edit.row, edit.given["day"]
    check_day("day", day, edit.today)
    following = edit.given["following"]
    open_ = edit.rows.open()
    moving = open_.filter(index__gte=row.index) if following else open_.filter(id=row.id)
    count = rows_shift(moving, day - row.day, now=edit.now)
    return _about(row) | {"to": day.isoformat(), "count": count}


def shift(edit: Edit) -> dict[str, Any]:
    """All that is open from today on."""
    by = timedelta(days=edit.given["days"])
    coming = edit.rows.open().filter(day__gte=edit.today)
    if (last := coming.order_by("-day").first()) is not None:
        check_day("days", last.day + by, edit.today)
    return {"days": by.days, "count": rows_shift(coming, by, now=edit.now)}


def skip(edit: Edit) -> dict[str, Any]:
    return _skipped(edit, edit.now)


def unskip(edit: Edit) -> dict[str, Any]:
    return _skipped(edit, None)


def change_items(edit: Edit) -> dict[str, Any]:
    """With following also those after it that asked for the same until now."""
    row = edit.row
    was = [figures_of(item) for item in items_of(row)]
    rows = [row]
    if edit.given["following"]:
        later = edit.rows.open().filter(index__gt=row.index).prefetch_related("items")
        rows += [one for one in later if [figures_of(item) for item in items_of(one)] == was]
    title = edit.given["title"]
    told = _about(row) | {"count": len(rows)}
    items = _as_they_were(row, edit.given["items"])
    for one in rows:
        if title is not None:
            one.title = title
        one.save(update_fields=["title", "changed_at"])
        items_write(one, _items(edit, one, items))
    return told


def add(edit: Edit) -> dict[str, Any]:
    given = edit.given
    check_day("day", given["day"], edit.today)
    if PlannedWorkout.objects.filter(id=given["planned"]).exists():
        raise Conflict(_("There is a planned workout with this id already."))
    state = {"day": given["day"].isoformat(), "title": given["title"] or ""}
    row = row_add(edit.plan, given["planned"], state, now=edit.now)
    items_write(row, _items(edit, row, given["items"]))
    return _about(row)


def remove(edit: Edit) -> dict[str, Any]:
    row = edit.row
    told = _about(row)
    row.delete()
    return told


def copy_week(edit: Edit) -> dict[str, Any]:
    """The workouts of one week take the place of what is open in another."""
    source, target = monday_of(edit.given["week"]), monday_of(edit.given["to_week"])
    check_day("to_week", target, edit.today)
    if source == target:
        raise ValidationError({"to_week": _("Choose another week than the one to copy.")})
    rows = list(_week(edit, source).prefetch_related("items"))
    if not rows:
        raise ValidationError({"week": _("Nothing is planned in this week.")})
    _week(edit, target).open().delete()
    for row in rows:
        state = {
            "day": (row.day + (target - source)).isoformat(),
            "title": row.title,
            "items": [figures_of(item) for item in items_of(row)],
        }
        row_add(edit.plan, uuid4(), state, now=edit.now)
    return {"day": source.isoformat(), "to": target.isoformat(), "count": len(rows)}


def end(edit: Edit) -> dict[str, Any]:
    edit.plan.ended_at, edit.plan.ended_on = edit.now, edit.today
    edit.plan.save(update_fields=["ended_at", "ended_on"])
    return {}


EDITS: Final[Mapping[Kind, Callable[[Edit], dict[str, Any]]]] = {
    Kind.MOVE: move,
    Kind.SHIFT: shift,
    Kind.SKIP: skip,
    Kind.UNSKIP: unskip,
    Kind.EDIT: change_items,
    Kind.ADD: add,
    Kind.REMOVE: remove,
    Kind.COPY_WEEK: copy_week,
    Kind.END: end,
}


def _about(row: PlannedWorkout) -> dict[str, Any]:
    return {"title": row.title, "day": row.day.isoformat()}


def _skipped(edit: Edit, at: datetime | None) -> dict[str, Any]:
    row = edit.row
    row.skipped_at = at
    row.save(update_fields=["skipped_at", "changed_at"])
    return _about(row)


def _week(edit: Edit, monday: date) -> PlannedQuerySet:
    return edit.rows.filter(day__range=(monday, monday + WEEK - timedelta(days=1)))


def _items(
    edit: Edit, row: PlannedWorkout, given: Sequence[Mapping[str, Any]]
) -> list[PlannedItem]:
    standing = {item.exercise_id: item.exercise for item in row.items.select_related("exercise")}
    known = exercises_by_slug(edit.by) | standing
    slugs = [one["exercise"] for one in given]
    new = [slug for slug in slugs if slug in known and slug not in standing]
    exercises_share_asked(coach=edit.by, athlete=edit.plan.athlete, slugs=new)
    check_trainable("items", new, edit.plan.athlete)
    return asked_rows(PlannedItem, given, known, path="items", planned=row)


def _as_they_were(
    row: PlannedWorkout, given: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The given items; one whose figures are those asked for now keeps what its rule began with.

    So who changes one exercise of a workout does not set back the progress of the others.
    """
    progress = Progress.of([row.plan_id])
    known = {
        _line(item, progress.next(item, row.plan_id)): item for item in reversed(items_of(row))
    }
    kept: list[Mapping[str, Any]] = []
    for one in given:
        said = known.get(tuple(one.get(name) for name in LINE))
        base = {} if said is None else {name: getattr(said, name) for name in MOVED}
        kept.append({**one, **base})
    return kept


MOVED: Final = ("reps", "hold_s", "load_kg")
LINE: Final = ("exercise", "sets", "rule", "ceiling", *MOVED)


def _line(item: PlannedItem, now: Next) -> tuple[Any, ...]:
    target = now.target
    return (
        item.exercise_id, item.sets, item.rule, item.ceiling,
        target.reps, target.hold_s, target.load_kg,
    )  # fmt: skip
