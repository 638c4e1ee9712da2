"""What the athlete is told about a set and an attempt: one plain sentence each."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from models.results import UNKNOWN
from sessions.models import Attempt, WorkoutSet
from sessions.models.sets import GIVE_UP_AFTER

CLEARLY_VISIBLE: Final = 0.5  # share of frames

ATTEMPT_WORDS: Final = {
    Attempt.Reason.INCOMPLETE: _("This one stopped before it was whole."),
    Attempt.Reason.TOO_SMALL: _("This one was smaller than your others."),
    Attempt.Reason.TOO_FAST: _("This one went by too fast for me to follow."),
    Attempt.Reason.NOT_VISIBLE: _("I lost sight of you during this one."),
}


def attempt_message(attempt: Attempt) -> str:
    return str(ATTEMPT_WORDS[Attempt.Reason(attempt.reason)])


class SetMessage(StrEnum):
    """What there is to say about a set; a page says it in its reader's language."""

    UNREADABLE = "unreadable"
    NOTHING_RECEIVED = "nothing_received"
    NOT_VISIBLE = "not_visible"
    INCOMPLETE = "incomplete"
    NO_EXERCISE = "no_exercise"
    UNKNOWN_EXERCISE = "unknown_exercise"


SET_WORDS: Final = {
    SetMessage.UNREADABLE: _("I could not read this set. Your recording is kept."),
    SetMessage.NOTHING_RECEIVED: _("Nothing of this set has reached me."),
    SetMessage.NOT_VISIBLE: _("I could not see a whole person. Try a few steps back."),
    SetMessage.INCOMPLETE: _("A part of this set is still on its way. The count may change."),
    SetMessage.NO_EXERCISE: _("I saw you, and no exercise."),
    SetMessage.UNKNOWN_EXERCISE: _("I could not tell which exercise this was."),
}


def set_message(workout_set: WorkoutSet) -> SetMessage | None:
    """None when there is nothing to say, or nothing known yet."""
    if workout_set.failures >= GIVE_UP_AFTER:
        return SetMessage.UNREADABLE
    if workout_set.state is WorkoutSet.State.ANALYZING or not workout_set.analyzed_revision:
        return None
    found = bool(workout_set.final_rep_count or workout_set.hold_s)
    if not found and not workout_set.clips_received:
        return SetMessage.NOTHING_RECEIVED
    if not found and (workout_set.visible or 0) < CLEARLY_VISIBLE:
        return SetMessage.NOT_VISIBLE
    return _finished_message(workout_set) if workout_set.is_finished else None


def _finished_message(workout_set: WorkoutSet) -> SetMessage | None:
    if workout_set.clips_received and not workout_set.is_complete:
        return SetMessage.INCOMPLETE
    if not workout_set.final_exercise:
        return SetMessage.NO_EXERCISE
    if workout_set.final_exercise == UNKNOWN:
        return SetMessage.UNKNOWN_EXERCISE
    return None
