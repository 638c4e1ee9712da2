"""Rows of reps and attempts, from what the discriminator answered."""

from dataclasses import dataclass

from django.db.models import F, Max, Sum

from models import results
from sessions.models import Attempt, Rep, WorkoutSet

_TURN_JITTER_MS = 3_000  # between two looks at the same repetition


@dataclass(frozen=True, slots=True)
class Totals:
    reps: int
    attempts: int
    active_s: float


def replace_results(workout_set: WorkoutSet, found: results.Analysis, cut_ms: int) -> Totals:
    """Puts what was found in place of the rows that turn, or start, at cut_ms or later.

    A found rep that begins before the last kept one turns is that rep seen twice, and is left out.
    One that turns shortly before the cut may have turned after it when it was last looked at.
    """
    kept = workout_set.reps.filter(turn_ms__lt=cut_ms)
    last_turn_ms = kept.aggregate(at=Max("turn_ms"))["at"] or 0
    workout_set.reps.filter(turn_ms__gte=cut_ms).delete()
    fresh = [
        rep
        for rep in found.reps
        if rep.turn_ms >= cut_ms - _TURN_JITTER_MS and rep.start_ms >= last_turn_ms
    ]
    first = kept.count()
    version = found.model_version
    Rep.objects.bulk_create(
        _rep_row(workout_set, first + i, rep, version) for i, rep in enumerate(fresh)
    )
    workout_set.attempts.filter(start_ms__gte=cut_ms).delete()
    Attempt.objects.bulk_create(
        _attempt_row(workout_set, attempt, version)
        for attempt in found.attempts
        if attempt.start_ms >= cut_ms
    )
    active_ms = workout_set.reps.aggregate(ms=Sum(F("end_ms") - F("start_ms")))["ms"] or 0
    return Totals(first + len(fresh), workout_set.attempts.count(), active_ms / 1000)


def _rep_row(workout_set: WorkoutSet, index: int, rep: results.Rep, version: str) -> Rep:
    return Rep(
        set=workout_set,
        index=index,
        start_ms=rep.start_ms,
        turn_ms=rep.turn_ms,
        end_ms=rep.end_ms,
        rom_deg=rep.rom_deg,
        down_s=rep.tempo_s.down,
        pause_s=rep.tempo_s.pause,
        up_s=rep.tempo_s.up,
        confidence=rep.confidence,
        model_version=version,
    )


def _attempt_row(workout_set: WorkoutSet, attempt: results.Attempt, version: str) -> Attempt:
    return Attempt(
        set=workout_set,
        start_ms=attempt.start_ms,
        end_ms=attempt.end_ms,
        reason=attempt.reason,
        model_version=version,
    )
