from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DayDue:
    """A local day of an athlete whose trend does not know the newest results."""

    athlete_id: UUID
    day: date
