"""iCalendar (RFC 5545), as much of it as a feed of events needs. Knows nothing of plans."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LINE_OCTETS: Final = 75  # RFC 5545, 3.1; without the line break
PRODUCT: Final = "-//PoseCoach//planned workouts//EN"
REFRESH: Final = "PT6H"
CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # all but the tab


@dataclass(frozen=True, slots=True)
class Event:
    """start: an aware datetime, or a date for the whole day; then minutes says nothing.

    changed_at: aware; calendars take the newest.
    """

    uid: str
    start: date | datetime
    minutes: int
    summary: str
    description: str
    url: str
    changed_at: datetime
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> str:
    """The whole file. Instants are told in UTC, so that no time zone has to be described."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """A value of type TEXT (3.3.11), which holds no control characters."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, written)
    return "\\n".join(CONTROL.sub("", line) for line in text.splitlines())


def folded(line: str) -> str:
    """At most 75 octets a line, and no character torn apart (3.1)."""
    parts, part, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part += character
        octets += size
    return "\r\n".join([*parts, part])


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(event.changed_at)}"
    yield from _when(event)
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    if isinstance(event.start, datetime):
        yield f"DTSTART:{_utc(event.start)}"
        yield f"DTEND:{_utc(event.start + timedelta(minutes=event.minutes))}"
        return
    yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.start + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"  # a day with a workout is not a day that is taken


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
