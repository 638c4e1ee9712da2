"""What the discriminator answers about a sequence: plain values, no behaviour.

Times are ms on the sequence's own clock.
"""

from dataclasses import dataclass, field
from typing import Literal

UNKNOWN = "unknown"

AttemptReason = Literal["incomplete", "too_small", "too_fast", "not_visible"]


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds going to the turning point, resting there, and coming back."""

    down: float
    pause: float
    up: float


@dataclass(frozen=True, slots=True)
class Rep:
    """rom_left_deg, rom_right_deg: range of each side, where the two could be compared."""

    start_ms: int
    turn_ms: int
    end_ms: int
    confidence: float
    rom_deg: float | None
    tempo_s: Tempo
    rom_left_deg: float | None = None
    rom_right_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A movement that did not qualify as a repetition.

    rom_deg, needed_deg: how far it went, and how far a repetition of this set goes, where it fell
    short of that and the joint was seen.
    """

    start_ms: int
    end_ms: int
    reason: AttemptReason
    rom_deg: float | None = None
    needed_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """exercise: a catalogue slug, "unknown", or None when nobody exercised.

    confidence: of the recognition, in [0, 1].
    hold_s: time held, for holds only.
    visible: share of frames in which enough of the body was seen, in [0, 1].
    rate_hz: at which the repetitions were counted; None where no rate shows any.
    """

    model_version: str
    exercise: str | None
    confidence: float
    reps: tuple[Rep, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    hold_s: float | None = None
    visible: float = 0.0
    probabilities: dict[str, float] = field(default_factory=dict)
    rate_hz: float | None = None
