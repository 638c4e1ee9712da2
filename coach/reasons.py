"""What can be said of an athlete on the roster, to whom, and the bucket that follows from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from coach.models import Scope


class Tone(StrEnum):
    """What a reason asks of the coach: to act, to be glad, or nothing."""

    ATTENTION = "attention"
    GOOD = "good"
    NOTE = "note"


class Code(StrEnum):
    """Worst first; a page puts them into words."""

    PAIN = "pain"
    MISSED = "missed"
    NO_DATA = "no_data"
    DISPUTED = "disputed"
    RANGE_FALLING = "range_falling"
    ASYMMETRY = "asymmetry"
    FINDINGS = "findings"
    LOAD_HIGH = "load_high"
    RECORD = "record"
    NEW = "new"
    MISSED_ONE = "missed_one"
    DUE_TODAY = "due_today"
    RESTING = "resting"


TONES: Final[Mapping[Code, Tone]] = {
    Code.RECORD: Tone.GOOD,
    Code.NEW: Tone.NOTE,
    Code.MISSED_ONE: Tone.NOTE,
    Code.DUE_TODAY: Tone.NOTE,
    Code.RESTING: Tone.NOTE,
}
RANK: Final[Mapping[str, int]] = {code: rank for rank, code in enumerate(Code)}


class Bucket(StrEnum):
    ATTENTION = "attention"
    ON_TRACK = "on_track"
    RESTING = "resting"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Target:
    """Where one click leads. rep: as pages count them, from 1. t_ms: since the set started."""

    kind: str  # set, workout, planned, trends, athlete
    workout: UUID | None = None
    set: UUID | None = None
    rep: int | None = None
    t_ms: int | None = None
    planned: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """figures: what its words are made of, ready for JSON. scope: None where a link is enough."""

    code: Code
    scope: Scope | None
    figures: Mapping[str, Any]
    target: Target

    @property
    def tone(self) -> Tone:
        return TONES.get(self.code, Tone.ATTENTION)

    def told(self) -> dict[str, Any]:
        """As it is stored and sent: ready for JSON."""
        link = {
            name: str(value) if isinstance(value, UUID) else value
            for name, value in asdict(self.target).items()
        }
        return {
            "code": self.code,
            "scope": self.scope,
            "tone": self.tone,
            "figures": self.figures,
            "target": link,
        }


def visible(told: Iterable[dict[str, Any]], scopes: Collection[str]) -> list[dict[str, Any]]:
    """Of reasons as they are stored, those of what is granted."""
    return [one for one in told if one["scope"] is None or one["scope"] in scopes]


def bucket_of(codes: Collection[str], scopes: Collection[str]) -> Bucket | None:
    """Of the reasons that a reader sees; None where nothing is granted to judge by.

    Attention goes before new, and new before resting: a plan that asked for something in these
    days, or asks today, is no rest.
    """
    if any(TONES.get(Code(code), Tone.ATTENTION) is Tone.ATTENTION for code in codes):
        return Bucket.ATTENTION
    if Code.NEW in codes:
        return Bucket.NEW
    if Scope.RESULTS not in scopes and Scope.PLAN not in scopes:
        return None
    if Code.RESTING in codes and not {Code.MISSED_ONE, Code.DUE_TODAY} & set(codes):
        return Bucket.RESTING
    return Bucket.ON_TRACK
