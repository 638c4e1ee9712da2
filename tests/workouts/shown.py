"""A coach who has shown squats as an exercise of their own."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from models.clip import Clip, encode
from sessions.models import OwnExercise
from sessions.services.own import own_put
from tests.workouts.builders import clips, squats

MARKS = [
    {"start_ms": 1000, "turn_ms": 2000, "end_ms": 3000},
    {"start_ms": 3000, "turn_ms": 4000, "end_ms": 5000},
    {"start_ms": 5000, "turn_ms": 6000, "end_ms": 7000},
]
WORDS: dict[str, Any] = {
    "name": "Sofa squat",
    "description": "Down to the sofa and up again.",
    "view": "front",
    "joints": [],
    "cues": [{"text": "Keep your chest up", "moment": "during"}],
}


def reference(filmed: Iterable[Clip] | None = None) -> bytes:
    return b"".join(encode(clip) for clip in (filmed or clips(squats(3))))


def given(**other: Any) -> dict[str, Any]:
    """The body of a PUT."""
    return {**WORDS, "marks": MARKS, "reference": b64encode(reference()).decode(), **other}


def an_exercise(author: User, *, own_id: UUID | None = None, **other: Any) -> OwnExercise:
    said = {**WORDS, "marks": MARKS, "reference": reference(), **other}
    return own_put(author=author, own_id=own_id or uuid4(), **said)
