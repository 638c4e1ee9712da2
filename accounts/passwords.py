"""Passwords that only somebody who knows this product would think of first."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What stands on the page itself. Digits and signs around one of them make it no better.
OUR_WORDS: Final = frozenset(
    (
        "posecoach", "coach", "coaching", "pose", "fitness", "training", "trainer", "trainieren",
        "workout", "athlete", "exercise", "entrenamiento", "entrenador", "ejercicio", "squat",
        "squats", "pushup", "pushups", "plank", "burpee", "lunge", "deadlift", "repetition",
        "password", "passwort", "contrasena", "mima", "admin", "welcome", "demo",
    )
)  # fmt: skip
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class OurWordsValidator:
    """Refuses a password that is made of these words and signs alone."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        """Raises ValidationError."""
        words = {word.lower() for word in _LETTERS.findall(password)}
        if words and words <= OUR_WORDS:
            raise ValidationError(
                _("This password is made of words that stand on this page. Add some of your own."),
                code="password_our_words",
            )

    def get_help_text(self) -> str:
        return _("Your password should have words in it that do not stand on this page.")
