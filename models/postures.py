"""Every exercise of the catalogue as kinds of figures, and the postures of a plank."""

from typing import Final

from models import supported, upright
from models.stance import Figure, posture
from models.supported import PLANKS

__all__ = ["FIGURES", "PLANKS", "Figure", "posture"]

FIGURES: Final[dict[str, tuple[Figure, ...]]] = {**upright.FIGURES, **supported.FIGURES}
