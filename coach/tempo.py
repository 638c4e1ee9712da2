"""A tempo is asked for as down, paused, up; a repetition is measured as there, paused, back."""

from typing import Final

RISING: Final = frozenset(
    {"bicep_curl", "deadlift", "front_raise", "high_knees", "pull_up", "shoulder_press", "sit_up"}
)  # which begin with their way up

Phases = tuple[float, float, float]


def phases_asked(tempo: str) -> Phases | None:
    """Seconds of "3-1-1"; None where no tempo is asked for."""
    if not tempo:
        return None
    down, paused, up = map(float, tempo.split("-"))
    return (down, paused, up) if down + paused + up else None


def phases_done(exercise: str, there_s: float, paused_s: float, back_s: float) -> Phases:
    """Seconds down, paused and up."""
    return (back_s, paused_s, there_s) if exercise in RISING else (there_s, paused_s, back_s)
