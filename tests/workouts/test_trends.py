"""Trend figures: one function, so a rebuild and a year of single days agree."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from sessions import trends
from sessions.models import TrendDay, WorkoutSession, WorkoutSet
from tests.workouts.builders import START, Athlete, add_set
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db


def stored(user: User) -> list[dict[str, object]]:
    rows = TrendDay.objects.filter(athlete=user).values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_the_figures_of_a_day(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3, rom_deg=80, rep_ms=2000, attempt_count=2)
    add_set(athlete.user, reps=5, rom_deg=100, rep_ms=4000, attempt_count=1)
    trends.refresh(athlete.user.id, [START.date()])
    [row] = TrendDay.objects.all()
    assert (row.day, row.sets, row.reps, row.attempts) == (START.date(), 2, 8, 3)
    assert (row.rom_deg, row.tempo_s) == (100, 4.0)  # medians
    assert row.active_s == 26.0
    assert row.reps_per_min == pytest.approx(60 * 8 / 26)
    assert row.hold_s is None


def test_a_hold_has_seconds_and_no_tempo(athlete: Athlete) -> None:
    add_set(athlete.user, exercise="plank", hold_s=31.5)
    add_set(athlete.user, exercise="plank", hold_s=20.0)
    trends.refresh(athlete.user.id)
    [row] = TrendDay.objects.all()
    assert (row.hold_s, row.tempo_s, row.rom_deg, row.reps_per_min) == (51.5, None, None, None)
    [series] = athlete.get("trends?period=all")["series"]
    assert series["unit"] == "s"


def test_the_day_is_local_to_the_workout(athlete: Athlete) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    add_set(athlete.user, late, reps=1, time_zone="Europe/Berlin")
    add_set(athlete.user, late, reps=2, time_zone="America/New_York")
    trends.refresh(athlete.user.id)
    days = dict(TrendDay.objects.values_list("day", "reps"))
    assert days == {date(2026, 3, 3): 1, date(2026, 3, 2): 2}


def test_model_versions_are_never_mixed(athlete: Athlete) -> None:
    add_set(athlete.user, reps=4, version="v1")
    add_set(athlete.user, reps=6, version="v2")
    trends.refresh(athlete.user.id)
    [series] = athlete.get("trends?period=all")["series"]
    assert series["model_versions"] == ["v1", "v2"]
    assert [point["reps"] for point in series["points"]] == [4, 6]


def test_what_is_unknown_open_or_deleted_is_no_trend(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3, exercise="unknown")
    add_set(athlete.user, reps=3, exercise="")
    add_set(athlete.user, reps=3, deleted_at=START)
    row = add_set(athlete.user, reps=3)
    WorkoutSet.objects.filter(id=row.id).update(ended_at=None, clip_count=None)
    trends.refresh(athlete.user.id)
    assert stored(athlete.user) == []


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sets=st.lists(
        st.tuples(
            st.integers(0, 5),  # day
            st.sampled_from(["squat", "lunge"]),
            st.integers(0, 4),  # reps
            st.floats(10, 170),
            st.sampled_from(["v1", "v2"]),
        ),
        max_size=12,
    )
)
def test_a_rebuild_equals_the_days_made_one_by_one(
    athlete: Athlete, sets: list[tuple[int, str, int, float, str]]
) -> None:
    WorkoutSession.objects.all().delete()
    TrendDay.objects.all().delete()
    for day, exercise, reps, rom_deg, version in sets:
        at = START + timedelta(days=day)
        add_set(athlete.user, at, exercise=exercise, reps=reps, rom_deg=rom_deg, version=version)
        trends.refresh(athlete.user.id, [at.date()])
    one_by_one = stored(athlete.user)
    call_command("rebuild_trends", verbosity=0)
    assert stored(athlete.user) == one_by_one


def test_a_rebuild_drops_what_has_no_sets_any_more(athlete: Athlete, stranger: Athlete) -> None:
    for one in (athlete, stranger):
        add_set(one.user, reps=1)
        trends.refresh(one.user.id)
    WorkoutSet.objects.filter(workout__athlete=athlete.user).delete()
    trends.refresh(athlete.user.id)
    assert stored(athlete.user) == []
    assert len(stored(stranger.user)) == 1


def test_overdue_days_are_found_once(athlete: Athlete, queue: Queue) -> None:
    for reps in (1, 2):
        add_set(athlete.user, reps=reps, trend_due=True)
    [due] = trends.overdue()
    assert (due.athlete_id, due.day) == (athlete.user.id, START.date())
    trends.refresh(due.athlete_id, [due.day])
    assert trends.overdue() == []


def test_nobody_is_no_trend() -> None:
    trends.refresh(UUID(int=0))


def test_a_period_ends_today_in_the_athletes_time_zone(athlete: Athlete) -> None:
    now = datetime.now(UTC)
    for days_ago in (0, 6, 7, 30, 31, 365, 366):
        add_set(athlete.user, now - timedelta(days=days_ago), reps=1)
    trends.refresh(athlete.user.id)
    points = {
        period: len(athlete.get(f"trends?period={period}")["series"][0]["points"])
        for period in ("week", "month", "year", "all")
    }
    assert points == {"week": 2, "month": 4, "year": 6, "all": 7}
    assert athlete.get("trends?period=all&exercise=lunge")["series"] == []
    assert athlete.call("GET", "trends?period=decade").status_code == 400
