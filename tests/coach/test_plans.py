"""Plans: laid out on days, led by their rules, moved, skipped, ended, and everything undone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from coach.models import Plan, PlannedItem, PlannedWorkout, Programme
from coach.selectors.planned import planned_list
from coach.selectors.plans import compliance, plan_get, plans_list
from coach.services.planned import planned_change
from coach.services.plans import plan_end, plan_restore
from coach.services.programmes import programme_delete, programme_put, programmes_load
from sessions.models import WorkoutSession
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


def told(athlete: Athlete, now: datetime = NOW, days: int = 60) -> list[Any]:
    since = now.date() - timedelta(days=days)
    until = now.date() + timedelta(days=days)
    return planned_list(actor=athlete.user, since=since, until=until, now=now)


def test_days_of_the_programme_take_turns_on_the_weekdays(ada: Athlete) -> None:
    plan = a_plan(ada.user, [SQUATS], [PLANK], [PRESS], weekdays=(0, 3), weeks=2)
    assert [(row.day, row.title) for row in planned_rows(plan)] == [
        (date(2026, 3, 2), "Day 1"),
        (date(2026, 3, 5), "Day 2"),
        (date(2026, 3, 9), "Day 3"),
        (date(2026, 3, 12), "Day 1"),
    ]


def test_a_plan_is_a_copy(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    programme = Programme.objects.get(plans=plan)
    programme_put(
        author=ada.user,
        programme_id=programme.id,
        title="Other",
        weeks=1,
        days=[{"items": [PLANK]}],
    )
    programme_delete(author=ada.user, programme_id=programme.id)
    assert {item.exercise_id for item in PlannedItem.objects.filter(planned__plan=plan)} == {
        "squat"
    }
    assert plans_list(actor=ada.user, now=NOW)[0].row.title == "Mine"


def test_one_repetition_more_for_the_next_time_and_why(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)
    assert [item.next.reason for item in told(ada)[1].items] == ["first"]
    do(first, *squats(8, 9, 8))
    item = told(ada)[1].items[0]
    assert (item.next.target.reps, item.next.reason, item.next.step) == (9, "all_done", 1)
    do(second, *squats(9, 9))
    assert told(ada, NOW + WEEK)[2].items[0].next.reason == "not_all_done"
    assert told(ada, NOW + WEEK)[2].items[0].next.target.reps == 9


def test_a_rule_follows_its_exercise_over_the_days(ada: Athlete) -> None:
    """Squats of day 1 and day 2 are one line; those with other figures are another."""
    other = SQUATS | {"reps": 12}
    plan = a_plan(ada.user, [SQUATS], [PLANK, SQUATS], [other], weekdays=(0, 2, 4))
    do(planned_rows(plan)[0], *squats(8, 8, 8))
    rows = told(ada)
    assert rows[1].items[1].next.target.reps == 9
    assert (rows[2].items[0].next.target.reps, rows[2].items[0].next.reason) == (12, "first")


def test_what_was_asked_stays_when_later_results_change(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)
    do(first, *squats(8, 8, 8))
    do(second, *squats(9, 9, 9))
    WorkoutSession.objects.get(planned=first).sets.update(final_rep_count=1)
    item = told(ada, NOW + WEEK)[1].items[0]
    assert (item.next.target.reps, item.percent) == (9, 100)


def test_effort_and_weight_reach_the_rule(ada: Athlete) -> None:
    plan = a_plan(ada.user, [PRESS])
    press = [("shoulder_press", {"final_rep_count": 8, "rpe": 7.5})] * 2
    do(planned_rows(plan)[0], *press)
    next_ = told(ada)[1].items[0].next
    assert (next_.target.load_kg, next_.reason) == (12.5, "rpe_low")


def test_a_deleted_workout_was_never_done(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    do(planned_rows(plan)[0], *squats(8, 8, 8))
    WorkoutSession.objects.update(deleted_at=NOW)
    rows = told(ada)
    assert (rows[0].state, rows[0].workout, rows[1].items[0].next.reason) == (
        "planned", None, "first",
    )  # fmt: skip


def test_compliance_is_per_item_and_for_the_whole(ada: Athlete) -> None:
    plan = a_plan(ada.user, [SQUATS, PLANK])
    held = ("plank", {"hold_s": 30.0})
    do(planned_rows(plan)[0], *squats(8, 8), held, held, ("lunge", {"final_rep_count": 99}))
    planned = told(ada)[0]
    assert [(item.percent, item.bucket) for item in planned.items] == [
        (67, "yellow"), (100, "green"),
    ]  # fmt: skip
    assert (planned.state, planned.percent, planned.bucket) == ("done", 84, "green")
    assert planned.items[1].done is not None
    assert (planned.items[1].done.sets, planned.items[1].done.hold_s) == (2, 60)


def test_states_come_from_the_athletes_own_day(ada: Athlete) -> None:
    ada.user.time_zone = "Pacific/Auckland"
    a_plan(ada.user)
    evening = datetime(2026, 3, 2, 12, tzinfo=UTC)  # Tuesday there
    assert [row.state for row in told(ada, evening)] == ["missed", *["planned"] * 3]


def test_an_unfinished_workout_has_started_and_is_over_the_day_after(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    do(planned_rows(plan)[0], *squats(8))
    WorkoutSession.objects.update(ended_at=None)
    assert (told(ada)[0].state, told(ada)[0].percent) == ("started", None)
    assert told(ada, NOW + timedelta(days=1))[0].state == "done"


def test_moving_one_and_moving_the_rest_with_it(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)
    before = [row.day for row in planned_rows(plan)]
    change = {"athlete": ada.user, "now": NOW}
    planned_change(planned_id=first.id, day=MONDAY + timedelta(days=1), **change)
    assert [row.day for row in planned_rows(plan)] == [date(2026, 3, 3), *before[1:]]
    planned_change(planned_id=second.id, day=second.day + WEEK, following=True, **change)
    assert [row.day for row in planned_rows(plan)][1:] == [day + WEEK for day in before[1:]]
    planned_change(planned_id=second.id, day=second.day, following=True, **change)
    planned_change(planned_id=first.id, day=MONDAY, **change)
    assert [row.day for row in planned_rows(plan)] == before


def test_whose_workout_was_deleted_is_open_again(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)
    do(first, *squats(8, 8, 8))
    do(second, *squats(9, 9, 9))
    WorkoutSession.objects.filter(planned=second).update(deleted_at=NOW)
    planned_change(athlete=ada.user, planned_id=second.id, now=NOW, day=second.day + WEEK)
    assert planned_rows(plan)[1].day == second.day + WEEK
    plan_end(athlete=ada.user, plan_id=plan.id, now=NOW)
    assert [row.row.id for row in told(ada)] == [first.id]


def test_moving_many_costs_a_fixed_number_of_queries(
    ada: Athlete, django_assert_num_queries: Any
) -> None:
    plan = a_plan(ada.user, weeks=20)
    first = planned_rows(plan)[0]
    change = {"day": MONDAY + WEEK, "following": True, "now": NOW}
    with django_assert_num_queries(9):
        planned_change(athlete=ada.user, planned_id=first.id, **change)
    moved = planned_rows(plan)
    assert moved[-1].day == MONDAY + 20 * WEEK + timedelta(days=3)
    assert {row.changed_at for row in moved} == {NOW}


def test_skipping_is_no_miss_and_can_be_taken_back(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first = planned_rows(plan)[0]
    planned_change(athlete=ada.user, planned_id=first.id, now=NOW, skipped=True)
    later = NOW + timedelta(days=2)
    assert (told(ada, later)[0].state, told(ada, later)[0].percent) == ("skipped", None)
    planned_change(athlete=ada.user, planned_id=first.id, now=NOW, skipped=False)
    assert (told(ada, later)[0].state, told(ada, later)[0].percent) == ("missed", 0)


def test_ending_takes_away_what_was_open_and_gives_it_back(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    do(planned_rows(plan)[0], *squats(8, 8, 8))
    later = NOW + timedelta(days=2)
    plan_end(athlete=ada.user, plan_id=plan.id, now=later)
    assert [row.state for row in told(ada, later)] == ["done"]
    summary = plan_get(actor=ada.user, plan_id=plan.id, now=later)
    assert (summary.state, summary.ends_on) == ("ended", date(2026, 3, 4))
    Plan.objects.update(ended_at=timezone.now())  # undone by the clock on the wall
    plan_restore(athlete=ada.user, plan_id=plan.id)
    assert len(told(ada, later)) == 4


def test_a_plan_says_how_it_goes(ada: Athlete) -> None:
    plan = a_plan(ada.user)
    first, second, *_ = planned_rows(plan)

    def state(now: datetime) -> str:
        return plan_get(actor=ada.user, plan_id=plan.id, now=now).state

    assert [state(NOW - WEEK), state(NOW), state(NOW + 3 * WEEK)] == [
        "coming", "running", "finished",
    ]  # fmt: skip
    do(first, *squats(8, 8, 8))
    planned_change(athlete=ada.user, planned_id=second.id, now=NOW, skipped=True)
    tally = plan_get(actor=ada.user, plan_id=plan.id, now=NOW + WEEK + timedelta(days=2)).tally
    assert (tally.planned, tally.done, tally.missed, tally.skipped) == (4, 1, 1, 1)
    assert (tally.percent, tally.bucket) == (50, "yellow")
    long_ago = plan_get(actor=ada.user, plan_id=plan.id, now=NOW + 60 * WEEK).tally
    assert (long_ago.done, long_ago.missed, long_ago.percent) == (1, 2, None)


def test_the_streak_counts_weeks_without_a_miss(ada: Athlete) -> None:
    plan = a_plan(ada.user, weeks=4, weekdays=(0,))
    rows = planned_rows(plan)
    do(rows[0], *squats(8, 8, 8))
    do(rows[1], *squats(9, 9, 9))
    on_the_third = NOW + 2 * WEEK
    found = compliance(actor=ada.user, weeks=3, now=on_the_third)
    assert (found.streak.weeks, found.streak.best_weeks) == (2, 2)
    assert [week.tally.percent for week in found.weeks] == [100, 100, None]
    missed = compliance(actor=ada.user, weeks=1, now=on_the_third + timedelta(days=1))
    assert (missed.streak.weeks, missed.streak.best_weeks) == (0, 2)


@pytest.mark.parametrize("plans", [1, 3])
def test_a_week_costs_a_fixed_number_of_queries(
    ada: Athlete, plans: int, django_assert_num_queries: Any
) -> None:
    for _ in range(plans):
        plan = a_plan(ada.user, [SQUATS, PLANK])
        do(planned_rows(plan)[0], *squats(8, 8, 8))
    with django_assert_num_queries(8):
        rows = told(ada)
        assert all(item.row.exercise.name for row in rows for item in row.items)


def test_built_in_programmes_are_sound_and_loaded_once(programmes: None) -> None:
    assert programmes_load() == Programme.objects.count() == 4
    for programme in Programme.objects.prefetch_related("days__items"):
        days = list(programme.days.all())
        assert len(days) >= programme.days_per_week - programme.days_per_week % len(days)
        assert all(day.items.exists() for day in days)


def test_another_ones_workout_cannot_be_begun_with(ada: Athlete, eve: Athlete) -> None:
    row = planned_rows(a_plan(ada.user))[0]
    workout = a_workout(eve.user, MONDAY, *squats(8))
    answer = ada.call("PUT", f"planned/{row.id}/workout", {"workout": str(workout.id)})
    assert answer.status_code == 400
    assert PlannedWorkout.objects.get(id=row.id).workout_id is None


def test_the_same_start_twice_is_one_plan(ada: Athlete) -> None:
    programme = Programme.objects.get(slug="first_steps")
    path, body = f"plans/{uuid4()}", {
        "programme": str(programme.id), "starts_on": "2026-11-23", "weekdays": [4, 1], "weeks": 4,
        "at": "18:30",
    }  # fmt: skip
    body["starts_on"] = datetime.now(UTC).date().isoformat()
    first, second = ada.call("PUT", path, body), ada.call("PUT", path, body)
    assert first.status_code == second.status_code == 200, first.content
    assert first.json() == second.json()
    assert (first.json()["weekdays"], first.json()["at"]) == ([1, 4], "18:30")
    assert (Plan.objects.count(), PlannedWorkout.objects.count()) == (1, 8)
    assert ada.call("PUT", path, body | {"weeks": 5}).status_code == 409
