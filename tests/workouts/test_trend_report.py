"""What is told of trends: spans, slopes, load and weeks, worked out of the trend days."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions import trends
from tests.workouts.builders import START, Athlete, add_set

pytestmark = pytest.mark.django_db


def test_load_without_effort_is_movement_by_the_usual_range(athlete: Athlete) -> None:
    """Usually 90°: ten of 45° are a load of five."""
    for days, rom_deg in enumerate((90, 90, 45)):
        add_set(athlete.user, START + timedelta(days=days), reps=10, rom_deg=rom_deg)
    add_set(athlete.user, exercise="plank", hold_s=60.0)
    trends.refresh(athlete.user.id)
    answer = athlete.get("trends?period=all")
    plank, squat = sorted(answer["series"], key=lambda one: one["exercise"])
    assert answer["load"]["kind"] == "movement"
    assert [point["load"] for point in squat["points"]] == [10, 10, 5]
    assert [point["load"] for point in plank["points"]] == [20]


def test_one_day_without_effort_makes_all_of_it_movement(athlete: Athlete) -> None:
    add_set(athlete.user, reps=10, rpe=8)
    add_set(athlete.user, START + timedelta(days=1), reps=10)
    trends.refresh(athlete.user.id)
    assert athlete.get("trends?period=all")["load"]["kind"] == "movement"


def test_the_slope_of_a_series(athlete: Athlete) -> None:
    for week in range(6):
        at = START + timedelta(weeks=week)
        add_set(athlete.user, at, reps=3, rom_deg=80 + 2 * week)
    trends.refresh(athlete.user.id)
    [series] = athlete.get("trends?period=all")["series"]
    slopes = {one["measure"]: one for one in series["slopes"]}
    rom = slopes["rom_deg"]
    assert (rom["words"], rom["points"], rom["model_version"]) == ("rising", 6, "v1")
    assert (rom["per_week"], rom["low"], rom["high"], rom["at_middle"]) == (2, 2, 2, 85)
    assert slopes["reps"]["words"] == "steady"
    assert "hold_s" not in slopes


def test_points_of_weeks(athlete: Athlete) -> None:
    for days in (0, 3, 7):
        add_set(athlete.user, START + timedelta(days=days), reps=5)
    trends.refresh(athlete.user.id)
    [series] = athlete.get("trends?period=all&by=week")["series"]
    points = [(point["day"], point["days"], point["reps"]) for point in series["points"]]
    assert points == [("2026-03-02", 2, 10), ("2026-03-09", 1, 5)]
    assert athlete.call("GET", "trends?by=decade").status_code == 400


def test_weeks_against_the_goal(athlete: Athlete) -> None:
    """Two workouts a week are the goal; this week has one so far."""
    now = datetime.now(UTC)
    monday = now - timedelta(days=now.weekday())
    for days in (0, -7, -6, -14, -13, -21):
        add_set(athlete.user, monday + timedelta(days=days), reps=1)
    found = athlete.get("trends")["consistency"]
    assert found["goal"] == 2
    assert [(week["workouts"], week["reached"]) for week in found["weeks"]] == [
        (1, False),
        (2, True),
        (2, True),
        (1, False),
    ]
    assert found["streak"] == {"weeks": 2, "best_weeks": 2}


def test_load_against_the_usual_week(athlete: Athlete) -> None:
    now = datetime.now(UTC)
    for days in (1, 8, 15, 22, 29):
        add_set(athlete.user, now - timedelta(days=days), reps=20 if days == 1 else 10)
    trends.refresh(athlete.user.id)
    found = athlete.get("trends")["load"]
    assert (found["acute"], found["chronic"], found["ratio"]) == (20, 12.5, 1.6)
    assert (found["kind"], found["words"]) == ("movement", "more")
    assert found["weeks"][-1]["load"] <= 20
    assert [week["chronic"] for week in found["weeks"][:3]] == [None] * 3


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
