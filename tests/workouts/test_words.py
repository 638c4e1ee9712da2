"""What there is to say about a set: one thing at most, the one that helps."""

from typing import Any

import pytest
from django.utils import timezone

from models.results import UNKNOWN
from sessions.models import WorkoutSet
from sessions.models.sets import GIVE_UP_AFTER
from sessions.words import SET_WORDS, SetMessage, set_message

COUNTED = {
    "revision": 2, "analyzed_revision": 2, "clips_received": 2, "clip_count": 2, "visible": 0.9,
    "final_exercise": "squat", "final_rep_count": 3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        ({"failures": GIVE_UP_AFTER}, "unreadable"),
        ({"final_rep_count": 0, "visible": 0.2}, "not_visible"),
        ({"final_rep_count": 0, "visible": None}, "not_visible"),
        ({"final_rep_count": 0, "hold_s": 12.0, "visible": 0.2}, None),
        ({"final_rep_count": 0, "clips_received": 0, "clip_count": 0}, "nothing_received"),
        ({"clips_received": 1}, "incomplete"),
        ({"final_exercise": "", "final_rep_count": 0}, "no_exercise"),
        ({"final_exercise": UNKNOWN}, "unknown_exercise"),
        ({"analyzed_revision": 0, "failures": 0}, None),
    ],
)
def test_each_set_is_told_what_helps(change: dict[str, Any], said: str | None) -> None:
    row = WorkoutSet(ended_at=timezone.now(), **{**COUNTED, **change})
    assert set_message(row) == said


def test_of_a_set_under_way_it_is_too_early_to_say() -> None:
    open_one = {**COUNTED, "clip_count": None, "final_exercise": "", "final_rep_count": 0}
    assert set_message(WorkoutSet(**open_one)) is None


def test_everything_has_a_sentence() -> None:
    assert set(SET_WORDS) == set(SetMessage)
