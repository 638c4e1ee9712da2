"""What the athlete is told about a set and an attempt: one plain sentence each."""

from typing import Final

from models.results import UNKNOWN
from sessions.models import Attempt, WorkoutSet
from sessions.models.sets import GIVE_UP_AFTER

CLEARLY_VISIBLE: Final = 0.5  # share of frames

ATTEMPT_WORDS: Final = {
    Attempt.Reason.INCOMPLETE: "This one stopped before it was whole.",
    Attempt.Reason.TOO_SMALL: "This one was smaller than your others.",
    Attempt.Reason.TOO_FAST: "This one went by too fast for me to follow.",
    Attempt.Reason.NOT_VISIBLE: "I lost sight of you during this one.",
}


def attempt_message(attempt: Attempt) -> str:
    return ATTEMPT_WORDS[Attempt.Reason(attempt.reason)]


def set_message(workout_set: WorkoutSet) -> str | None:
    """None when there is nothing to say, or nothing known yet."""
    if workout_set.failures >= GIVE_UP_AFTER:
        return "I could not read this set. Your recording is kept."
    if workout_set.state is WorkoutSet.State.ANALYZING or not workout_set.analyzed_revision:
        return None
    found = bool(workout_set.rep_count or workout_set.hold_s)
    if not found and not workout_set.clips_received:
        return "Nothing of this set has reached me."
    if not found and (workout_set.visible or 0) < CLEARLY_VISIBLE:
        return "I could not see a whole person. Try a few steps back."
    return _finished_message(workout_set) if workout_set.is_finished else None


def _finished_message(workout_set: WorkoutSet) -> str | None:
    if workout_set.clips_received and not workout_set.is_complete:
        return "A part of this set is still on its way. The count may change."
    if not workout_set.exercise:
        return "I saw you, and no exercise."
    if workout_set.exercise == UNKNOWN:
        return "I could not tell which exercise this was."
    return None
