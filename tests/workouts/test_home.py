"""Home: where the athlete stands this week, in the athlete's own time zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sessions import trends
from sessions.selectors.home import home
from tests.workouts.builders import Athlete, add_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)  # a Thursday; the week began on March 2


def test_somebody_new_is_shown_where_to_start(athlete: Athlete) -> None:
    told = athlete.get("home")
    assert told["next"] == {"kind": "start_first", "exercise": "squat"}
    assert (told["trend"], told["recent"]) == (None, [])
    assert (told["week"]["workouts"], told["week"]["goal"]) == (0, 2)


def test_the_week_is_counted_from_monday(athlete: Athlete, stranger: Athlete) -> None:
    add_set(athlete.user, datetime(2026, 3, 1, 23, tzinfo=UTC), reps=9)  # Sunday
    add_set(athlete.user, datetime(2026, 3, 2, 1, tzinfo=UTC), reps=4)
    add_set(stranger.user, NOW, reps=50)
    week = home(actor=athlete.user, now=NOW).week
    assert (week.start, week.workouts, week.sets, week.reps) == (date(2026, 3, 2), 1, 1, 4)
    assert week.active_s == 12.0


def test_the_week_begins_where_the_athlete_is(athlete: Athlete) -> None:
    athlete.user.time_zone = "Pacific/Auckland"
    sunday_noon = datetime(2026, 3, 8, 12, tzinfo=UTC)  # Monday there
    assert home(actor=athlete.user, now=sunday_noon).week.start == date(2026, 3, 9)


def test_what_was_left_alone_longest_comes_next(athlete: Athlete) -> None:
    add_set(athlete.user, NOW - timedelta(days=3), exercise="lunge", reps=1)
    add_set(athlete.user, NOW - timedelta(days=9), exercise="squat", reps=1)
    add_set(athlete.user, NOW - timedelta(days=1), exercise="squat", reps=1)
    told = home(actor=athlete.user, now=NOW)
    assert (told.next.kind, told.next.exercise) == ("goal_reached", "lunge")
    athlete.user.weekly_goal = 3
    assert home(actor=athlete.user, now=NOW).next.kind == "keep_going"


def test_the_trend_is_the_one_with_the_most_days(athlete: Athlete) -> None:
    for days_ago in (1, 2, 3):
        add_set(athlete.user, NOW - timedelta(days=days_ago), reps=5)
    add_set(athlete.user, NOW, exercise="lunge", reps=5)
    trends.refresh(athlete.user.id)
    told = home(actor=athlete.user, now=NOW)
    assert told.trend is not None
    assert (told.trend.exercise, len(told.trend.points)) == ("squat", 3)
    assert len(told.recent) == 3
