"""A coach's own exercises in an export, with what was filmed; an import leaves them alone."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from sessions.models import OwnExercise


def shown_told(user: User) -> Iterable[dict[str, Any]]:
    """reference: clips one after another (docs/clip-format.md), in base64."""
    shown = OwnExercise.objects.alive().filter(author=user).select_related("exercise")
    return [
        {
            "id": str(one.id),
            "name": one.exercise.name,
            "description": one.exercise.description,
            "view": one.exercise.view,
            "joints": one.exercise.joints,
            "marks": one.marks,
            "cues": one.cues,
            "reference": b64encode(one.reference).decode(),
            "created_at": one.created_at.isoformat(),
        }
        for one in shown
    ]
