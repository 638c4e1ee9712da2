"""Done against asked: percent, colour, streak; and how long a workout takes."""

from datetime import date

import pytest

from coach.compliance import (
    Bucket,
    bucket,
    item_percent,
    shared_out,
    streak,
    workout_percent,
)
from coach.progression import DoneSet, Target
from coach.schedule import days_of, minutes_of


@pytest.mark.parametrize(
    ("percent", "colour"),
    [
        (0, "red"), (49, "red"), (50, "yellow"), (79, "yellow"), (80, "green"), (100, "green"),
        (120, "green"), (121, "yellow"), (150, "yellow"), (151, "red"),
    ],
)  # fmt: skip
def test_the_buckets_have_no_gaps(percent: int, colour: str) -> None:
    assert bucket(percent) is Bucket(colour)


def test_an_item_counts_repetitions_seconds_or_sets() -> None:
    assert item_percent(Target(3, reps=10), [DoneSet(10), DoneSet(8), DoneSet(6)]) == 80
    assert item_percent(Target(2, hold_s=30), [DoneSet(0, 45.0)]) == 75
    assert item_percent(Target(4), [DoneSet(3), DoneSet(9)]) == 50
    assert item_percent(Target(1, reps=10), [DoneSet(30)]) == 300


@pytest.mark.parametrize(
    ("items", "percent"), [([100, 100], 100), ([200, 0], 50), ([110, 130], 120), ([90, 300], 95)]
)
def test_more_of_one_does_not_make_up_for_another(items: list[int], percent: int) -> None:
    assert workout_percent(items) == percent


def test_sets_go_to_their_items_in_order() -> None:
    sets = [(slug, DoneSet(n)) for n, slug in enumerate(["squat", "plank", "squat", "squat"])]
    shares = shared_out([("squat", 1), ("lunge", 3), ("squat", 1)], sets)
    assert [[one.reps for one in share] for share in shares] == [[0], [], [2, 3]]


@pytest.mark.parametrize(
    ("weeks", "now", "best"),
    [
        ([], 0, 0),
        ([True, True, None], 2, 2),
        ([True, None, True], 2, 2),
        ([True, True, False, True], 1, 2),
        ([True, False], 0, 1),
    ],
)
def test_the_streak_is_of_weeks_in_which_all_was_done(
    weeks: list[bool | None], now: int, best: int
) -> None:
    found = streak(weeks)
    assert (found.weeks, found.best_weeks) == (now, best)


def test_days_fall_on_the_chosen_weekdays_from_the_start_on() -> None:
    wednesday = date(2026, 3, 4)
    days = days_of(wednesday, [0, 2], 4)
    assert days == [date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 16)]


def test_no_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        days_of(date(2026, 3, 4), [], 1)


def test_a_workout_takes_its_sets_and_rests() -> None:
    # 3 × (10 × 5 s + 15 s + 60 s) and 2 × (60 s + 15 s + 45 s) are 615 s.
    items = [(Target(3, reps=10), 60, "3-1-1"), (Target(2, hold_s=60), 45, "")]
    assert minutes_of(items) == 10
    assert minutes_of([(Target(1, reps=1), 0, "")]) == 5
