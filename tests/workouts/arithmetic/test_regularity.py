from datetime import date, timedelta

import pytest

from sessions.arithmetic.regularity import Streak, monday, streak, training_weeks

THIS_WEEK = date(2026, 3, 30)


def weeks(*workouts: int) -> dict[date, int]:
    """Workouts of the weeks up to this one, which is the last."""
    count = len(workouts)
    return {
        THIS_WEEK - timedelta(weeks=count - 1 - nth): done
        for nth, done in enumerate(workouts)
        if done
    }


def test_monday() -> None:
    assert [monday(date(2026, 3, day)) for day in (29, 30, 31)] == [
        date(2026, 3, 23),
        THIS_WEEK,
        THIS_WEEK,
    ]


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((), Streak(0, 0)),
        ((2,), Streak(1, 1)),
        ((1,), Streak(0, 0)),
        ((2, 3, 0), Streak(2, 2)),  # the week is not over
        ((2, 3, 2), Streak(3, 3)),
        ((2, 2, 2, 1, 2), Streak(1, 3)),
        ((2, 2, 0, 2, 0), Streak(1, 2)),
        ((2, 2, 2, 0, 0), Streak(0, 3)),
    ],
)
def test_streaks_of_weeks_with_two_workouts(done: tuple[int, ...], expected: Streak) -> None:
    assert streak(weeks(*done), goal=2, this_week=THIS_WEEK) == expected


def test_weeks_without_training_are_there() -> None:
    found = training_weeks(weeks(2, 0, 1), goal=2, this_week=THIS_WEEK, most=12)
    assert [(week.workouts, week.reached) for week in found] == [(2, True), (0, False), (1, False)]
    assert found[-1].start == THIS_WEEK


def test_as_many_weeks_as_asked_for() -> None:
    found = training_weeks(weeks(*[1] * 20), goal=1, this_week=THIS_WEEK, most=12)
    assert len(found) == 12
    assert [week.start for week in training_weeks({}, 1, THIS_WEEK, 12)] == [THIS_WEEK]
