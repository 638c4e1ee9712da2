"""Done against asked, down to the repetition; and plans counted in the database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from coach.compliance import tempo_percent
from coach.models import Plan
from coach.schedule import laid_out
from coach.selectors.performed import Mark, performed
from coach.selectors.planned import judge, planned_of
from coach.selectors.plans import plans_list, tally_of
from coach.selectors.progress import Progress
from coach.services.planned import planned_begin, planned_change
from coach.services.plans import plan_end
from coach.tempo import phases_asked, phases_done
from sessions.models import Correction, Rep, WorkoutSet
from sessions.selectors.trends import local_day
from tests.coach.builders import (
    MONDAY,
    NOW,
    PLANK,
    PRESS,
    SQUATS,
    a_plan,
    a_workout,
    do,
    planned_rows,
    squats,
)
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def reps(one: WorkoutSet, *figures: tuple[float, float, float, float]) -> list[Rep]:
    """Of each repetition: range in degrees, seconds there, paused and back."""
    return Rep.objects.bulk_create(
        Rep(
            set=one, index=i, start_ms=i * 4000, turn_ms=i * 4000 + 2000, end_ms=i * 4000 + 4000,
            rom_deg=rom_deg, down_s=down_s, pause_s=pause_s, up_s=up_s, confidence=0.9,
            model_version="v1",
        )
        for i, (rom_deg, down_s, pause_s, up_s) in enumerate(figures)
    )  # fmt: skip


def said(mark: Mark | None) -> tuple[int, str] | None:
    return None if mark is None else (mark.percent, mark.bucket.value)


def test_each_repetition_beside_what_was_asked(ada: Athlete) -> None:
    asked = SQUATS | {"sets": 2, "reps": 3, "tempo": "3-1-1", "rom_deg": 100, "rest_s": 60}
    plan = a_plan(ada.user, [asked])
    row = planned_rows(plan)[0]
    workout = a_workout(ada.user, row.day, *squats(3, 2, rom_deg=90.0), ("plank", {"hold_s": 20.0}))
    first, second, _plank = workout.sets.order_by("index")
    second.started_at = first.started_at + timedelta(seconds=150)
    second.ended_at = second.started_at + timedelta(seconds=30)
    second.save()
    made = reps(first, (100, 3, 1, 1), (70, 1, 1, 1), (40, 3, 0, 1))
    taken = Correction.objects.create(set=first, kind="not_a_rep", author=ada.user, start_ms=8000)
    Rep.objects.filter(pk=made[2].pk).update(correction=taken)
    planned_begin(athlete=ada.user, planned_id=row.id, workout_id=workout.id)

    told = performed(actor=ada.user, planned_id=row.id, now=NOW)
    one, two = told.items[0].sets
    assert [other.row.final_exercise for other in told.others] == ["plank"]
    assert said(one.amount) == (100, "green")
    assert said(two.amount) == (67, "yellow")
    assert (one.rest, two.rest_s, said(two.rest)) == (None, 90, (150, "yellow"))
    ranges = [said(rep.range_mark) for rep in one.reps]
    assert ranges == [(100, "green"), (70, "yellow"), (40, "red")]
    tempos = [said(rep.tempo_mark) for rep in one.reps]
    assert tempos == [(100, "green"), (60, "yellow"), (80, "green")]
    assert [rep.counted for rep in one.reps] == [True, True, False]
    assert one.tempo_s == (2, 1, 1)


def test_load_and_effort_and_a_hold(ada: Athlete) -> None:
    plan = a_plan(ada.user, [PRESS, PLANK])
    row = planned_rows(plan)[0]
    pressed: dict[str, Any] = {"final_rep_count": 8, "weight_kg": 5.0, "rpe": 7.0}
    do(row, ("shoulder_press", pressed), ("plank", {"hold_s": 33.0}))
    press, plank = performed(actor=ada.user, planned_id=row.id, now=NOW).items
    assert said(press.sets[0].load) == (50, "yellow")
    assert (press.sets[0].row.rpe, press.sets[0].range_mark) == (7.0, None)
    assert [said(one.amount) for one in plank.sets] == [(110, "green")]


def test_a_corrected_exercise_is_not_held_to_the_range(ada: Athlete) -> None:
    plan = a_plan(ada.user, [SQUATS | {"rom_deg": 100}])
    row = planned_rows(plan)[0]
    do(row, *squats(8, rom_deg=None))
    reps(WorkoutSet.objects.get(workout__planned=row), (80, 1, 0, 1))
    [one] = performed(actor=ada.user, planned_id=row.id, now=NOW).items[0].sets
    assert (one.range_mark, one.reps[0].range_mark) == (None, None)


def test_before_it_begins_nothing_is_done(ada: Athlete) -> None:
    row = planned_rows(a_plan(ada.user))[0]
    told = ada.get(f"planned/{row.id}/done")
    assert [item["sets"] for item in told["items"]] == [[]]
    assert told["items"][0]["asked"]["reps"] == 8


def test_a_tempo_is_down_paused_up_whichever_way_begins() -> None:
    assert phases_asked("3-1-2") == (3, 1, 2)
    assert phases_asked("") is phases_asked("0-0-0") is None
    assert phases_done("squat", 1, 2, 3) == (1, 2, 3)
    assert phases_done("shoulder_press", 1, 2, 3) == (3, 2, 1)
    assert tempo_percent((3, 1, 1), (1, 1, 3)) == 20  # the sum alone would be as asked
    assert tempo_percent((1, 0, 1), (9, 0, 9)) == 0


def test_a_cycle_keeps_its_weeks_and_leaves_nothing_out() -> None:
    turns = laid_out([0, 0], cycle_weeks=1, a_week=3, weeks=2)
    assert [day for _place, day in turns] == [0, 1, 0, 1, 0, 1]
    weeks = [0, 0, 0, 1, 3]
    kept = laid_out(weeks, cycle_weeks=4, a_week=3, weeks=5)
    assert kept == [(0, 0), (1, 1), (2, 2), (3, 3), (9, 4), (12, 0), (13, 1), (14, 2)]
    longer = laid_out(weeks, cycle_weeks=4, a_week=2, weeks=5)
    assert longer == [(0, 0), (1, 1), (2, 2), (4, 3), (8, 4)]


def full_plans(user: User) -> list[Plan]:
    """Plans in which everything that can become of a workout has."""
    one = a_plan(user, [SQUATS, SQUATS, PLANK], weeks=4)
    rows = planned_rows(one)
    do(rows[0], *squats(8, 8, 8, 5), ("plank", {"hold_s": 30.0}), ("plank", {"hold_s": 61.0}))
    do(rows[1], *squats(4))
    planned_change(athlete=user, planned_id=rows[2].id, now=NOW, skipped=True)
    do(rows[4], *squats(10, 10, 10))
    deleted = a_workout(user, rows[5].day, *squats(8))
    planned_begin(athlete=user, planned_id=rows[5].id, workout_id=deleted.id)
    deleted.deleted_at = NOW
    deleted.save()
    under_way = a_workout(user, (NOW + WEEK).date(), *squats(8))
    under_way.ended_at = None
    under_way.save()
    planned_begin(athlete=user, planned_id=rows[6].id, workout_id=under_way.id)
    ended = a_plan(user, [PRESS], weeks=3)
    do(planned_rows(ended)[0], ("shoulder_press", {"final_rep_count": 8}))
    plan_end(athlete=user, plan_id=ended.id, now=NOW + WEEK)
    coming = a_plan(user, starts_on=MONDAY + 9 * WEEK)
    return [one, ended, coming]


@pytest.mark.parametrize("days", [0, 3, 7, 10, 60])
def test_counted_in_the_database_is_as_counted_one_by_one(ada: Athlete, days: int) -> None:
    full_plans(ada.user)
    now = NOW + timedelta(days=days)
    rows = judge(list(planned_of(actor=ada.user)), Progress(), local_day(ada.user, now))
    found = plans_list(actor=ada.user, now=now)
    assert len(found) == 3
    for summary in found:
        own = [one for one in rows if one.row.plan_id == summary.row.id]
        assert summary.tally == tally_of(own)
        last = max(one.row.day for one in own)
        assert summary.ends_on == (summary.row.ended_on or last)


@pytest.mark.parametrize("plans", [1, 4])
def test_plans_cost_a_fixed_number_of_queries(
    ada: Athlete, plans: int, django_assert_num_queries: Any
) -> None:
    for _ in range(plans):
        do(planned_rows(a_plan(ada.user, [SQUATS, PLANK]))[0], *squats(8, 8, 8))
    with django_assert_num_queries(4):
        told = plans_list(actor=ada.user, now=datetime(2026, 4, 1, tzinfo=UTC))
    assert [one.row.assigned_by for one in told] == [None] * plans


def test_nobody_elses_is_read(ada: Athlete, eve: Athlete) -> None:
    row = planned_rows(a_plan(ada.user))[0]
    assert eve.call("GET", f"planned/{row.id}/done").status_code == 404
    assert eve.call("GET", f"planned/{uuid4()}/done").status_code == 404
