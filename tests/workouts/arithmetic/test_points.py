from dataclasses import replace
from datetime import date

import pytest

from sessions.arithmetic.points import MOST, TrendPoint, newest_version, slopes, together

MONDAY = date(2026, 3, 2)


def point(day: date, version: str = "v1", **figures: float) -> TrendPoint:
    whole = TrendPoint(day, version, days=1, sets=2, reps=20, attempts=1, active_s=60.0)
    return replace(whole, **figures)


def week_of(values: list[float], start: int = 2, version: str = "v1") -> list[TrendPoint]:
    """Points of a range of motion on Mondays, one a week."""
    weeks = [date.fromordinal(MONDAY.toordinal() + 7 * (start + n)) for n in range(len(values))]
    return [point(day, version, rom_deg=deg) for day, deg in zip(weeks, values, strict=True)]


def test_days_stay_as_they_are() -> None:
    days = [point(date(2026, 3, 3)), point(date(2026, 3, 5))]
    assert together(reversed(days), "day") == days


def test_a_week_adds_totals_and_takes_the_median_and_the_best() -> None:
    days = [
        point(date(2026, 3, 3), rom_deg=80.0, one_rm_kg=50.0, load=10.0),
        point(date(2026, 3, 5), rom_deg=90.0, one_rm_kg=55.0, load=12.0),
        point(date(2026, 3, 8), rom_deg=88.0, fatigue_rom=0.2),
    ]
    [week] = together(days, "week")
    assert week.day == MONDAY
    assert (week.days, week.sets, week.reps, week.active_s) == (3, 6, 60, 180.0)
    assert (week.rom_deg, week.one_rm_kg, week.load) == (88.0, 55.0, 22.0)
    assert (week.fatigue_rom, week.hold_s) == (0.2, None)


@pytest.mark.parametrize(
    ("by", "starts"),
    [
        ("week", [date(2025, 12, 29), date(2026, 2, 23), MONDAY]),
        ("month", [date(2025, 12, 1), date(2026, 3, 1)]),
        ("year", [date(2025, 1, 1), date(2026, 1, 1)]),
    ],
)
def test_spans_begin_on_monday_on_the_first_and_in_january(by: str, starts: list[date]) -> None:
    days = [point(date(2025, 12, 31)), point(date(2026, 3, 1)), point(date(2026, 3, 2))]
    assert [one.day for one in together(days, by)] == starts  # type: ignore[arg-type]


def test_versions_are_never_in_one_point() -> None:
    days = [point(date(2026, 3, 3), "v1"), point(date(2026, 3, 3), "v2")]
    found = together(days, "month")
    assert [(one.model_version, one.reps) for one in found] == [("v1", 20), ("v2", 20)]


def test_a_slope_is_of_the_newest_version_alone() -> None:
    older = week_of([60, 61, 62, 63, 64], start=0, version="2.0")
    newer = week_of([95, 94, 93, 92, 91, 90], start=5, version="10.0")
    found = {one.measure: one for one in slopes([*older, *newer], "day", date(2026, 6, 1))}
    rom = found["rom_deg"]
    assert rom.model_version == newest_version([*older, *newer]) == "10.0"
    assert (rom.slope.points, rom.slope.per_week, rom.slope.words) == (6, -1.0, "falling")
    assert (rom.since, rom.until) == (newer[0].day, newer[-1].day)


def test_a_slope_is_of_the_last_points_and_says_since_when() -> None:
    fell_then_rose = [500.0 - n for n in range(50)] + [100.0 + n for n in range(MOST)]
    found = {one.measure: one for one in slopes(week_of(fell_then_rose), "day", MONDAY)}["rom_deg"]
    assert (found.slope.points, found.slope.low) == (MOST, 1.0)
    assert found.since == week_of(fell_then_rose)[50].day


def test_a_week_under_way_does_not_make_totals_fall() -> None:
    weeks = week_of([80] * 6, start=0)
    weeks[-1] = replace(weeks[-1], reps=2)
    today = weeks[-1].day
    found = {one.measure: one.slope for one in slopes(weeks, "week", today)}
    assert found["reps"].points == 5
    assert found["rom_deg"].points == 6


def test_what_has_no_values_has_no_slope() -> None:
    found = slopes([point(MONDAY)], "day", MONDAY)
    assert {one.measure for one in found} == {"reps", "sets", "active_s"}
    assert {one.slope.words for one in found} == {"too_few"}
    assert slopes([], "day", MONDAY) == []


def test_a_version_of_earlier_days_alone_is_not_the_newest() -> None:
    days = [date(2026, 3, n) for n in range(2, 7)]
    again = [point(day, "old" if day.day in (3, 4) else "new") for day in days]
    assert newest_version(again) == "new"
    assert newest_version([*again, point(days[-1], "later")]) == "later"
    assert newest_version([]) == ""
