"""An exercise of the demo coach's own, shown once and shared with the demo athlete."""

import json
from typing import Final
from uuid import uuid4

from accounts.models import User
from coach.services.sharing import exercise_share
from models import golden, own_golden
from models.clip import Clip, encode
from models.sequence import Sequence
from sessions.services.own import own_put

CLIP_FRAMES: Final = 40
WIDTH_PX: Final = 480
HEIGHT_PX: Final = 640
CUES: Final = [
    {"text": "Feet a little wider", "moment": "start"},
    {"text": "Chest up", "moment": "during"},
    {"text": "A little deeper", "moment": "short"},
]


def own_load(*, coach: User, athlete: User) -> None:
    """Shown by the synthetic person of the golden vectors."""
    shown = json.loads(own_golden.PATH.read_text())["shown"][0]
    own = own_put(
        author=coach,
        own_id=uuid4(),
        name="Sofa squat",
        description="Down to the sofa, touch it, up again without swinging.",
        view="side",
        joints=["hip", "knee"],
        marks=[{"start_ms": a, "turn_ms": b, "end_ms": c} for a, b, c in shown["marks"]],
        cues=CUES,
        reference=_clips(golden.sequence_of(own_golden.cases()[shown["case"]])),
    )
    exercise_share(coach=coach, own_id=own.id, athletes=[athlete.pk])


def _clips(sequence: Sequence) -> bytes:
    parts = range(0, len(sequence), CLIP_FRAMES)
    return b"".join(
        encode(
            Clip(
                "movenet_lightning",
                WIDTH_PX,
                HEIGHT_PX,
                sequence.t_ms[at : at + CLIP_FRAMES],
                sequence.poses[at : at + CLIP_FRAMES].clip(0, 1),
            )
        )
        for at in parts
    )
