"""Form findings: what was measured of how a set was done, and what the exercise's standard asks for.

Reads a sequence and the repetitions that were found in it. What is not seen, or cannot be judged
from where the camera stands, is not said.
"""

from collections.abc import Sequence as Listed
from dataclasses import dataclass

from models.results import Rep
from models.sequence import Sequence


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, as it was measured.

    rep: index into the repetitions that were handed in; None where it is about the whole set or a
    hold. fault: a name of `form.json`. joint: the joint in question, without left or right.
    phase: "top", "bottom", "lowering", "lifting" or "whole". measured, limit: in `unit`, which is
    deg, s or ratio. severity: in [0, 1]. start_ms, end_ms: of the repetition, the set or the hold.
    """

    rep: int | None
    fault: str
    joint: str
    phase: str
    measured: float
    limit: float
    unit: str
    severity: float
    start_ms: int
    end_ms: int


def assess(
    sequence: Sequence, exercise: str | None, reps: Listed[Rep] = ()
) -> tuple[Finding, ...]:
    """Findings about a set, by repetition and within it worst first.

    exercise: a catalogue slug; anything else has no standard and no findings. reps: those of
    `models.discriminator.analyze`, in order of time. A hold is found in the sequence itself.
    """
    return ()
