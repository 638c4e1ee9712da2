from datetime import date, timedelta

import pytest

from sessions.arithmetic.load import day_effort, effort, holding, load, movement

TODAY = date(2026, 3, 29)


def every_day(amount: float, days: int, until: int = 0) -> dict[date, float]:
    """Loads of the days from so many days ago to `until` days ago."""
    return {TODAY - timedelta(days=back): amount for back in range(until, days)}


def test_foster() -> None:
    """Foster et al. 2001: a session of 30 minutes that was rated 5 is a load of 150."""
    assert effort(5, 30 * 60) == 150


def test_a_set_without_effort_is_taken_for_as_hard_as_the_others() -> None:
    assert day_effort([(6, 60), (8, 60)]) == 14
    assert day_effort([(6, 60), (8, 60), (None, 60)]) == 21
    assert day_effort([(6, 60), (None, 90)]) is None
    assert day_effort([(None, 60)]) is None
    assert day_effort([(6, 0)]) is None


def test_half_the_range_is_half_a_repetition() -> None:
    assert movement(10 * 45, usual_deg=90) == 5
    assert holding(60) == 20


def test_a_steady_month() -> None:
    found = load(every_day(10, days=28), TODAY)
    assert (found.acute, found.chronic, found.ratio, found.words) == (70, 70, 1, "usual")


def test_a_week_twice_as_hard() -> None:
    """Three weeks of 70 and one of 140: the average week is 87.5, the ratio 1.6."""
    found = load(every_day(10, days=28) | every_day(20, days=7), TODAY)
    assert (found.acute, found.chronic) == (140, 87.5)
    assert found.ratio == pytest.approx(1.6)
    assert found.words == "more"


def test_an_easy_week_and_a_week_off() -> None:
    easy = load(every_day(10, days=28) | every_day(5, days=7), TODAY)
    assert easy.ratio == pytest.approx(35 / 61.25)
    assert easy.words == "less"
    off = load(every_day(10, days=28, until=7), TODAY)
    assert (off.acute, off.ratio, off.words) == (0, 0, "rested")


def test_the_first_weeks_are_compared_with_nothing() -> None:
    found = load(every_day(10, days=27), TODAY)
    assert (found.ratio, found.words) == (None, "too_few")
    assert load({}, TODAY).words == "too_few"


def test_a_month_away() -> None:
    found = load(every_day(10, days=60, until=28), TODAY)
    assert (found.acute, found.chronic, found.ratio, found.words) == (0, 0, None, "rested")


def test_what_is_older_or_later_does_not_count() -> None:
    days = every_day(10, days=28)
    beyond = {TODAY - timedelta(days=28): 999.0, TODAY + timedelta(days=1): 999.0}
    assert load(days | beyond, TODAY).chronic == load(days, TODAY).chronic
