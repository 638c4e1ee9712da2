"""Records and calendar: after corrections, by local day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sessions.models import WorkoutSet
from sessions.selectors.records import records
from tests.workouts.builders import START, Athlete, add_set, errors

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def of(athlete: Athlete, exercise: str) -> Any:
    found = {one["exercise"]: one for one in athlete.get("records")["exercises"]}
    return found[exercise]


def test_the_best_with_its_set_and_what_it_beat(athlete: Athlete, stranger: Athlete) -> None:
    add_set(athlete.user, START, reps=8, rom_deg=95)
    best = add_set(athlete.user, START + 2 * DAY, reps=12, rom_deg=80)
    add_set(athlete.user, START + 3 * DAY, reps=12)
    add_set(stranger.user, START, reps=40)
    squat = of(athlete, "squat")
    assert squat["most_reps"] == {
        "value": 12,
        "set": str(best.id),
        "workout": str(best.workout_id),
        "day": "2026-03-04",
        "model_version": "v1",
        "previous": 8,
    }
    assert (squat["best_rom_deg"]["value"], squat["best_rom_deg"]["previous"]) == (95, None)
    assert squat["longest_hold_s"] is squat["heaviest_kg"] is squat["best_one_rm_kg"] is None


def test_a_better_set_of_the_same_day_has_beaten_the_days_before(athlete: Athlete) -> None:
    for reps, days in ((5, 0), (7, 1), (9, 1)):
        add_set(athlete.user, START + days * DAY, reps=reps)
    record = of(athlete, "squat")["most_reps"]
    assert (record["value"], record["previous"]) == (9, 5)


def test_weights_and_what_could_be_lifted_once(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3, weight_kg=100)
    add_set(athlete.user, reps=10, weight_kg=90)
    add_set(athlete.user, reps=20, weight_kg=95)
    add_set(athlete.user, reps=0, weight_kg=400)
    squat = of(athlete, "squat")
    assert squat["heaviest_kg"]["value"] == 100
    assert squat["best_one_rm_kg"]["value"] == pytest.approx(120)


def test_holds_are_held_and_the_rest_is_not(athlete: Athlete) -> None:
    add_set(athlete.user, exercise="plank", hold_s=31.5, weight_kg=10)
    add_set(athlete.user, exercise="squat", reps=2, hold_s=99, rom_deg=150)
    plank = of(athlete, "plank")
    assert (plank["longest_hold_s"]["value"], plank["heaviest_kg"]["value"]) == (31.5, 10)
    assert plank["most_reps"] is None
    squat = of(athlete, "squat")
    assert squat["longest_hold_s"] is None
    assert squat["best_rom_deg"] is None  # two repetitions are too few


def test_what_is_unknown_open_or_deleted_is_no_record(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3, exercise="unknown")
    add_set(athlete.user, reps=3, deleted_at=START)
    row = add_set(athlete.user, reps=3)
    WorkoutSet.objects.filter(id=row.id).update(ended_at=None, clip_count=None)
    assert athlete.get("records")["exercises"] == []


def test_the_streak_is_of_weeks_with_the_goal(athlete: Athlete) -> None:
    for days in (0, 1, 7, 8, 21, 22, 28):  # the goal is two a week
        add_set(athlete.user, START + days * DAY, reps=1)
    now = START + 29 * DAY  # the last week is under way with one
    streak = records(actor=athlete.user, now=now).streak
    assert (streak.weeks, streak.best_weeks) == (1, 2)


def test_the_calendar_has_local_days(athlete: Athlete, stranger: Athlete) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    add_set(athlete.user, late, reps=1, time_zone="Europe/Berlin")
    add_set(athlete.user, late, reps=2, time_zone="America/New_York")
    later = late + timedelta(minutes=1)
    add_set(athlete.user, later, reps=4, time_zone="Pacific/Kiritimati", exercise="lunge")
    add_set(stranger.user, late, reps=50)
    first, second = athlete.get("calendar?from=2026-03-01&to=2026-03-31")["days"]
    assert first == {
        "day": "2026-03-02",
        "workouts": 1,
        "sets": 1,
        "reps": 2,
        "active_s": 6.0,
        "exercises": ["squat"],
    }
    assert (second["day"], second["workouts"], second["reps"]) == ("2026-03-03", 2, 5)
    assert second["exercises"] == ["squat", "lunge"]


def test_both_ends_of_the_calendar_are_in_it(athlete: Athlete) -> None:
    for days in range(4):
        add_set(athlete.user, START + days * DAY, reps=1)
    add_set(athlete.user, START + DAY, reps=1, deleted_at=START)
    days = athlete.get("calendar?from=2026-03-03&to=2026-03-04")["days"]
    assert [(one["day"], one["sets"]) for one in days] == [("2026-03-03", 1), ("2026-03-04", 1)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "from"),
        ("from=2026-03-01", "to"),
        ("from=2026-03-02&to=2026-03-01", "to"),
        ("from=2024-01-01&to=2026-01-01", "to"),
        ("from=yesterday&to=2026-01-01", "from"),
    ],
)
def test_a_calendar_without_ends_is_refused(athlete: Athlete, query: str, field: str) -> None:
    answer = athlete.call("GET", f"calendar?{query}")
    assert (answer.status_code, field in errors(answer)) == (400, True)


def test_a_week_over_the_date_line(athlete: Athlete) -> None:
    athlete.user.time_zone = "Pacific/Auckland"
    add_set(athlete.user, datetime(2026, 3, 8, 12, tzinfo=UTC), reps=1,
            time_zone="Pacific/Auckland")  # fmt: skip
    [row] = WorkoutSet.objects.all()
    assert row.workout.day == date(2026, 3, 9)
    athlete.user.weekly_goal = 1
    now = datetime(2026, 3, 8, 13, tzinfo=UTC)  # Monday there
    assert records(actor=athlete.user, now=now).streak.weeks == 1
