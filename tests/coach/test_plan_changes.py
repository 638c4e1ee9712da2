"""A coach changes the plan of one athlete: each change is told, and can be taken back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound

from accounts.models import Notification, User
from coach.models import Plan, PlanChange, PlannedWorkout, Prescription
from coach.selectors.plan_changes import plan_changes_of
from coach.selectors.planned import planned_list
from coach.services.plan_changes import plan_change, plan_change_undo
from coach.services.plan_rows import open_rows
from coach.services.planned import planned_change
from sessions.errors import Conflict
from tests.coach.builders import (
    MONDAY,
    NOW,
    PLANK,
    SQUATS,
    a_plan,
    do,
    planned_rows,
    squats,
)
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
PLAIN: dict[str, Any] = {"following": False, "title": None}


@pytest.fixture
def tom(programmes: None) -> User:
    return User.objects.create_user("tom@example.org", is_coach=True)


def change(tom: User, plan: Plan, kind: str, now: Any = NOW, **given: Any) -> PlanChange:
    return plan_change(
        coach=tom,
        athlete=plan.athlete,
        change_id=given.pop("change_id", uuid4()),
        plan_id=plan.id,
        kind=kind,
        given=PLAIN | given,
        now=now,
    )


def undo(tom: User, one: PlanChange) -> None:
    plan_change_undo(coach=tom, athlete=one.plan.athlete, change_id=one.id, now=NOW)


def days(plan: Plan) -> list[date]:
    return [row.day for row in plan.planned.order_by("day", "index")]


def asked(plan: Plan, planned_id: UUID) -> list[tuple[str, int, int | None]]:
    row = PlannedWorkout.objects.get(id=planned_id)
    return [(item.exercise_id, item.sets, item.reps) for item in row.items.order_by("position")]


def edits(plan: Plan) -> dict[str, dict[str, Any]]:
    """What each kind of change is given, on a plan of four workouts from Monday on."""
    first, second, *_ = planned_rows(plan)
    return {
        "move": {"planned": second.id, "day": second.day + timedelta(days=2), "following": True},
        "shift": {"days": 3},
        "skip": {"planned": first.id},
        "edit": {"planned": second.id, "items": [SQUATS | {"sets": 5}, PLANK], "title": "Heavy"},
        "add": {"planned": uuid4(), "day": MONDAY + timedelta(days=1), "items": [PLANK]},
        "remove": {"planned": second.id},
        "copy_week": {"week": MONDAY, "to_week": MONDAY + WEEK},
        "end": {},
    }


@pytest.mark.parametrize(
    "kind", ["move", "shift", "skip", "edit", "add", "remove", "copy_week", "end"]
)
def test_every_change_is_kept_and_taken_back(ada: Athlete, tom: User, kind: str) -> None:
    plan = a_plan(ada.user, weeks=2)
    template = list(Prescription.objects.order_by("pk").values())
    was = open_rows(plan)
    made = change(tom, plan, kind, **edits(plan)[kind])
    plan.refresh_from_db()
    assert plan.ended_at if kind == "end" else open_rows(plan) != was
    assert list(Prescription.objects.order_by("pk").values()) == template
    undo(tom, made)
    undo(tom, made)
    plan.refresh_from_db()
    assert (open_rows(plan), plan.ended_at) == (was, None)


def test_moving_with_those_after_it_and_shifting_what_is_to_come(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user, weeks=2)
    do(planned_rows(plan)[0], *squats(8, 8, 8))
    thursday = MONDAY + timedelta(days=3)
    told = change(tom, plan, "shift", days=2).told
    assert (told["days"], told["count"]) == (2, 3)
    assert days(plan) == [MONDAY, *(thursday + timedelta(days=2 + n) for n in (0, 4, 7))]
    third = planned_rows(plan)[2]
    moved = change(tom, plan, "move", planned=third.id, day=third.day + WEEK, following=True)
    assert (moved.told["count"], moved.told["to"]) == (2, (third.day + WEEK).isoformat())
    assert days(plan)[1] == thursday + timedelta(days=2)
    assert days(plan)[2] == third.day + WEEK


def test_one_week_is_edited_or_all_that_follow_it(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user, weeks=2)
    ids = [row.id for row in planned_rows(plan)]
    more = SQUATS | {"sets": 5}
    one = change(tom, plan, "edit", planned=ids[1], items=[more])
    assert [asked(plan, each)[0][1] for each in ids] == [3, 5, 3, 3]
    assert one.told == {"title": "Day 1", "day": days(plan)[1].isoformat(), "count": 1}
    later = change(tom, plan, "edit", planned=ids[2], items=[more, PLANK], following=True)
    assert [len(asked(plan, each)) for each in ids] == [1, 1, 2, 2]
    assert later.told["count"] == 2
    undo(tom, later)
    assert [asked(plan, each)[0][1] for each in ids] == [3, 5, 3, 3]


def test_what_is_left_as_it_was_told_keeps_its_progress(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user, [SQUATS, PLANK], weeks=2)
    first, second, *_ = planned_rows(plan)
    do(first, *squats(8, 8, 8))
    now = NOW + timedelta(days=1)

    def told() -> list[tuple[int | None, int | None]]:
        rows = planned_list(actor=ada.user, since=second.day, until=second.day, now=now)
        return [(one.next.target.reps, one.next.target.hold_s) for one in rows[0].items]

    assert told() == [(9, None), (None, 30)]
    items = [SQUATS | {"reps": 9}, PLANK | {"hold_s": 40}]
    change(tom, plan, "edit", now, planned=second.id, items=items)
    assert told() == [(9, None), (None, 40)]
    assert asked(plan, second.id)[0] == ("squat", 3, 8)


def test_a_wrong_item_is_named_and_nothing_changes(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    was = open_rows(plan)
    items = [SQUATS, {"exercise": "shoulder_dance", "sets": 3}]
    with pytest.raises(ValidationError, match=r"items\[1\]\.exercise"):
        change(tom, plan, "edit", planned=planned_rows(plan)[0].id, items=items)
    assert open_rows(plan) == was


def test_an_added_workout_stands_in_its_place(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user, weeks=2)
    new = uuid4()
    change(tom, plan, "add", planned=new, day=MONDAY + timedelta(days=1), items=[PLANK])
    rows = planned_rows(plan)
    assert [row.index for row in rows] == [0, 1, 2, 3, 4]
    assert rows[1].id == new
    assert days(plan) == sorted(row.day for row in rows)
    second = rows[2]
    change(tom, plan, "remove", planned=second.id)
    assert [row.id for row in planned_rows(plan)][:2] == [rows[0].id, new]


def test_a_week_takes_the_place_of_another(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user, [SQUATS], [PLANK], weeks=2)
    rows = planned_rows(plan)
    change(tom, plan, "edit", planned=rows[0].id, items=[SQUATS | {"sets": 6}])
    do(rows[2], *squats(8))
    told = change(tom, plan, "copy_week", week=MONDAY, to_week=MONDAY + WEEK).told
    second_week = [row for row in planned_rows(plan) if row.day >= MONDAY + WEEK]
    assert told["count"] == 2
    # What has begun stays; the rest of the week is the copy.
    assert [asked(plan, row.id)[0][:2] for row in second_week] == [
        ("squat", 3), ("squat", 6), ("plank", 2),
    ]  # fmt: skip
    for week, field in ((MONDAY + 20 * WEEK, "week"), (MONDAY + WEEK, "to_week")):
        with pytest.raises(ValidationError, match=field):
            change(tom, plan, "copy_week", week=week, to_week=MONDAY + WEEK)


def test_what_has_begun_is_not_changed(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    first = planned_rows(plan)[0]
    skipped = change(tom, plan, "skip", planned=first.id)
    do(first, *squats(8, 8, 8))
    for kind in ("move", "skip", "edit", "remove"):
        given = edits(plan)[kind] | {"planned": first.id}
        with pytest.raises(Conflict):
            change(tom, plan, kind, **given)
    with pytest.raises(Conflict):
        undo(tom, skipped)


def test_what_the_athlete_changed_since_is_not_overwritten(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)
    moved = change(tom, plan, "move", planned=first.id, day=first.day + timedelta(days=1))
    skipped = change(tom, plan, "skip", planned=second.id)
    planned_change(
        athlete=ada.user, planned_id=first.id, now=NOW, day=first.day + timedelta(days=2)
    )
    with pytest.raises(Conflict):
        undo(tom, moved)
    undo(tom, skipped)
    assert days(plan)[0] == first.day + timedelta(days=2)


def test_the_same_twice_is_one_change(ada: Athlete, tom: User) -> None:
    plan, same = a_plan(ada.user), uuid4()
    for _ in range(2):
        change(tom, plan, "shift", change_id=same, days=2)
    assert days(plan)[0] == MONDAY + timedelta(days=2)
    with pytest.raises(Conflict):
        change(tom, plan, "shift", change_id=same, days=3)
    assert PlanChange.objects.count() == 1


def test_several_changes_within_minutes_are_told_once(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)

    def told() -> int:
        return Notification.objects.filter(user=ada.user, kind="plan_changed").count()

    for n in (1, 2, 3):
        change(tom, plan, "shift", days=n)
    assert told() == 1
    note = Notification.objects.get(user=ada.user)
    assert (note.data["by"], note.data["title"], note.url) == (
        "tom@example.org", "Mine", f"/plan?of={plan.id}",
    )  # fmt: skip
    note.read_at = NOW
    note.save()
    change(tom, plan, "shift", days=1)
    assert told() == 2


def test_what_changes_nothing_is_not_told(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    change(tom, plan, "edit", planned=planned_rows(plan)[0].id, items=[SQUATS])
    assert not Notification.objects.filter(user=ada.user).exists()
    assert not plan_changes_of(actor=ada.user)
    change(tom, plan, "end")
    assert [one.kind for one in plan_changes_of(actor=ada.user)] == ["end"]


def test_a_plan_that_ended_is_left_alone(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    shifted = change(tom, plan, "shift", days=1)
    change(tom, plan, "end")
    with pytest.raises(Conflict):
        change(tom, plan, "shift", days=1)
    with pytest.raises(Conflict):
        undo(tom, shifted)


@pytest.mark.parametrize("weeks", [2, 20])
def test_a_change_costs_a_fixed_number_of_queries(
    ada: Athlete, tom: User, weeks: int, django_assert_max_num_queries: Any
) -> None:
    plan = a_plan(ada.user, weeks=weeks)
    with django_assert_max_num_queries(30):
        change(tom, plan, "shift", days=1)


def test_who_takes_back_what_another_coach_changed_is_named(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    shifted = change(tom, plan, "shift", days=1)
    Notification.objects.update(read_at=NOW)
    bea = User.objects.create_user("bea@example.org", is_coach=True)
    undo(bea, shifted)
    told = Notification.objects.get(user=ada.user, read_at=None)
    assert told.data["by"] == str(bea)


def test_what_is_not_of_the_plan_is_not_changed(ada: Athlete, tom: User) -> None:
    plan, other = a_plan(ada.user), a_plan(ada.user)
    theirs = planned_rows(other)[0].id
    with pytest.raises(NotFound):
        change(tom, plan, "skip", planned=theirs)
    with pytest.raises(Conflict):
        change(tom, plan, "add", planned=theirs, day=MONDAY, items=[PLANK])
    same = uuid4()
    change(tom, plan, "shift", change_id=same, days=1)
    with pytest.raises(NotFound):
        change(tom, other, "shift", change_id=same, days=1)


def test_where_nothing_is_to_come_a_shift_moves_nothing(ada: Athlete, tom: User) -> None:
    plan = a_plan(ada.user)
    before = days(plan)
    change(tom, plan, "shift", now=NOW + 52 * WEEK, days=3)
    assert days(plan) == before
