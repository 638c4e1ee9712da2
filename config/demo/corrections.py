"""Now and then the demo athlete knows better than the machine, and says so."""

from random import Random

from sessions.finals import FINAL_FIELDS, settle
from sessions.models import Correction, WorkoutSet

Kind = Correction.Kind


def corrections_load(*, made: WorkoutSet, chance: Random) -> None:
    """Corrections of a set whose rows are stored, and what it comes to with them."""
    Correction.objects.bulk_create(_said(made, chance))
    settle(made)
    made.save(update_fields=FINAL_FIELDS)


def _said(made: WorkoutSet, chance: Random) -> list[Correction]:
    """One in two attempts was one all the same; one set in twelve began with a step into place."""
    said = [
        _about(made, Kind.IS_A_REP, attempt.start_ms, attempt.end_ms)
        for attempt in made.attempts.all()
        if chance.random() < 0.5
    ]
    first = made.reps.first()
    if first is not None and chance.random() < 1 / 12:
        said.append(_about(made, Kind.NOT_A_REP, first.start_ms, first.end_ms))
    return said


def _about(made: WorkoutSet, kind: Correction.Kind, start_ms: int, end_ms: int) -> Correction:
    return Correction(
        set=made,
        kind=kind,
        start_ms=start_ms,
        end_ms=end_ms,
        author=made.workout.athlete,
        created_at=made.ended_at or made.started_at,
    )
