"""iCalendar as RFC 5545 wants it: escaped, folded, in UTC."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from coach.ical import Event, calendar, escaped, folded


def event(**changes: object) -> Event:
    fields = {
        "uid": "1@posecoach",
        "start": date(2026, 3, 2),
        "minutes": 30,
        "summary": "Legs",
        "description": "Squat: 3 × 8",
        "url": "https://example.org/plan",
        "changed_at": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    }
    return Event(**(fields | changes))  # type: ignore[arg-type]


def lines(*events: Event) -> list[str]:
    return calendar("Plan", events).split("\r\n")


def test_text_is_escaped() -> None:
    assert escaped("a, b; c\\d\r\ne") == "a\\, b\\; c\\\\d\\ne"


def test_control_characters_are_left_out() -> None:
    assert escaped("le\x07gs\x1b[0m\tarms\x7f") == "legs[0m\tarms"


@pytest.mark.parametrize("text", ["x" * 400, "ü" * 200, "深蹲三组" * 60, "🏋" * 50, "x" * 74 + "é"])
def test_lines_are_folded_between_characters(text: str) -> None:
    physical = folded(text).split("\r\n")
    assert len(physical) > 1
    assert all(len(line.encode()) <= 75 for line in physical)
    assert all(line.startswith(" ") for line in physical[1:])
    assert folded(text).replace("\r\n ", "") == text


def test_a_line_that_fits_stays_whole() -> None:
    assert folded("x" * 75) == "x" * 75
    assert folded("") == ""


def test_a_whole_day_ends_on_the_next_one() -> None:
    told = lines(event(start=date(2026, 2, 28)))
    assert "DTSTART;VALUE=DATE:20260228" in told
    assert "DTEND;VALUE=DATE:20260301" in told


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (27, "DTSTART:20260327T170000Z", "DTEND:20260327T173000Z"),
        (30, "DTSTART:20260330T160000Z", "DTEND:20260330T163000Z"),  # after the clock change
    ],
)
def test_six_in_the_evening_stays_six_in_the_evening(day: int, start: str, end: str) -> None:
    at = datetime(2026, 3, day, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    told = lines(event(start=at))
    assert start in told
    assert end in told


def test_every_line_ends_as_it_must_and_the_frame_is_there() -> None:
    text = calendar("Plan", [event(), event(uid="2@posecoach", cancelled=True)])
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    told = text.split("\r\n")
    assert told[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", told[2]]
    assert told.count("BEGIN:VEVENT") == told.count("END:VEVENT") == 2
    assert told.count("STATUS:CONFIRMED") == told.count("STATUS:CANCELLED") == 1
    assert told.count("DTSTAMP:20260301T083000Z") == 2
