"""What is known of one athlete when somebody asks who needs their coach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coach.reasons import Target
from coach.states import PlannedState


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """slug: of a built-in plan, whose titles a page translates; else empty."""

    id: UUID
    day: date
    title: str
    slug: str
    state: PlannedState
    percent: int | None


@dataclass(frozen=True, slots=True)
class PainFact:
    """The athlete's last word on pain."""

    workout: UUID
    day: date
    level: int
    area: str


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A set of which the athlete says another count, and no coach has said anything since."""

    exercise: str
    day: date
    machine: int
    athlete: int
    target: Target


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A figure of an exercise that has risen or fallen for sure: the 95 % interval of its slope
    excludes 0. before, now: ends of its line, days apart."""

    exercise: str
    before: float
    now: float
    days: int
    target: Target
    detail: str = ""  # the weaker side, or the commonest fault


@dataclass(frozen=True, slots=True)
class RecordFact:
    exercise: str
    measure: str
    value: float
    previous: float
    day: date
    target: Target


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one athlete on their local day. planned: by day, without what is still to come.

    range_falls, symmetry_falls, finding_rises: of the last three weeks, the largest first.
    """

    today: date
    joined: date
    last_day: date | None = None
    planned: Sequence[PlannedFact] = ()
    pain: PainFact | None = None
    disputes: Sequence[DisputeFact] = ()
    range_falls: Sequence[ChangeFact] = ()
    symmetry_falls: Sequence[ChangeFact] = ()
    finding_rises: Sequence[ChangeFact] = ()
    load_ratio: float | None = None
    record: RecordFact | None = None
