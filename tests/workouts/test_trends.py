"""Trend figures: one function, so a rebuild and a year of single days agree."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from sessions import trends
from sessions.models import Rep, TrendDay, WorkoutSession, WorkoutSet
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


def test_symmetry_is_of_usual_repetitions(athlete: Athlete) -> None:
    row = add_set(athlete.user, reps=4)
    Rep.objects.filter(set=row).update(rom_left_deg=72.0, rom_right_deg=90.0)
    trends.refresh(athlete.user.id)
    [series] = athlete.get("trends?period=all")["series"]
    [point] = series["points"]
    assert (point["rom_left_deg"], point["rom_right_deg"], point["symmetry"]) == (72, 90, 0.8)


def test_what_a_set_loses(athlete: Athlete) -> None:
    """From 90° in 3 s to 72° in 3 s: a fifth of the range, and of the speed."""
    row = add_set(athlete.user, reps=9)
    Rep.objects.filter(set=row, index__gte=6).update(rom_deg=72.0)
    add_set(athlete.user, reps=5)  # too short to tell
    trends.refresh(athlete.user.id)
    day = TrendDay.objects.get()
    assert (day.fatigue_rom, day.fatigue_speed) == pytest.approx((0.2, 0.2))


def test_strength_and_effort(athlete: Athlete) -> None:
    """Brzycki: 60 kg ten times is 80 kg once. Two sets of 30 s, rated 6 and 8, are a load of 7."""
    add_set(athlete.user, reps=10, weight_kg=60.0, rpe=8)
    add_set(athlete.user, reps=10, weight_kg=50.0, rpe=6)
    trends.refresh(athlete.user.id)
    day = TrendDay.objects.get()
    assert (day.one_rm_kg, day.load_effort) == (80.0, 7.0)
    answer = athlete.get("trends?period=all")
    assert answer["load"]["kind"] == "effort"
    assert answer["series"][0]["points"][0]["load"] == 7.0


def test_corrections_are_what_counts(athlete: Athlete) -> None:
    row = add_set(athlete.user, reps=8)
    WorkoutSet.objects.filter(id=row.id).update(final_rep_count=10)
    other = add_set(athlete.user, reps=4, rom_deg=50)
    WorkoutSet.objects.filter(id=other.id).update(final_exercise="lunge", rom_deg=None)
    trends.refresh(athlete.user.id)
    rows = {row.exercise_id: row for row in TrendDay.objects.all()}
    assert {slug: row.reps for slug, row in rows.items()} == {"squat": 10, "lunge": 4}
    assert rows["squat"].travel_deg == 900
    assert (rows["lunge"].rom_deg, rows["lunge"].travel_deg) == (None, None)


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
            st.integers(0, 9),  # reps
            st.floats(10, 170),
            st.sampled_from(["v1", "v2"]),
            st.sampled_from([None, 6.5, 9.0]),  # effort
            st.sampled_from([None, 22.5, 61.0]),  # weight
        ),
        max_size=12,
    )
)
def test_a_rebuild_equals_the_days_made_one_by_one(
    athlete: Athlete,
    sets: list[tuple[int, str, int, float, str, float | None, float | None]],
) -> None:
    WorkoutSession.objects.all().delete()
    TrendDay.objects.all().delete()
    for day, exercise, reps, rom_deg, version, rpe, weight_kg in sets:
        at = START + timedelta(days=day)
        details = {"rpe": rpe, "weight_kg": weight_kg, "rom_deg": rom_deg}
        row = add_set(athlete.user, at, exercise=exercise, reps=reps, version=version, **details)
        for rep in row.reps.all():
            Rep.objects.filter(id=rep.id).update(
                rom_left_deg=rom_deg / 3, rom_right_deg=rom_deg / 7, up_s=1 + rep.index / 7
            )
        trends.refresh(athlete.user.id, [at.date()])
    one_by_one = stored(athlete.user)
    told = athlete.client.get("/api/trends?period=all&by=week").content
    call_command("rebuild_trends", verbosity=0)
    assert stored(athlete.user) == one_by_one
    assert athlete.client.get("/api/trends?period=all&by=week").content == told


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
