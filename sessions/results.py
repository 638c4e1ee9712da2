"""Rows of reps, attempts and findings, from what the discriminator answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Max, Sum

from models import form, results
from sessions.models import Attempt, Finding, Rep, WorkoutSet

_TURN_JITTER_MS = 3_000  # between two looks at the same repetition


@dataclass(frozen=True, slots=True)
class Totals:
    reps: int
    attempts: int
    active_s: float


def replace_results(
    workout_set: WorkoutSet,
    found: results.Analysis,
    findings: Iterable[form.Finding],
    cut_ms: int,
) -> Totals:
    """Puts what was found in place of the rows that turn, or start, at cut_ms or later.

    A found rep that begins before the last kept one turns is that rep seen twice, and is left out.
    One that turns shortly before the cut may have turned after it when it was last looked at.
    """
    kept = workout_set.reps.filter(turn_ms__lt=cut_ms)
    last_turn_ms = kept.aggregate(at=Max("turn_ms"))["at"] or 0
    workout_set.reps.filter(turn_ms__gte=cut_ms).delete()
    fresh = [
        (i, rep)
        for i, rep in enumerate(found.reps)
        if rep.turn_ms >= cut_ms - _TURN_JITTER_MS and rep.start_ms >= last_turn_ms
    ]
    first = kept.count()
    version = found.model_version
    rows = Rep.objects.bulk_create(
        rep_row(workout_set, first + nth, rep, version) for nth, (_, rep) in enumerate(fresh)
    )
    row_of = {i: row for (i, _), row in zip(fresh, rows, strict=True)}
    _replace_findings(workout_set, findings, row_of, version, cut_ms)
    workout_set.attempts.filter(start_ms__gte=cut_ms).delete()
    Attempt.objects.bulk_create(
        attempt_row(workout_set, attempt, version)
        for attempt in found.attempts
        if attempt.start_ms >= cut_ms
    )
    active_ms = workout_set.reps.aggregate(ms=Sum(F("end_ms") - F("start_ms")))["ms"] or 0
    return Totals(first + len(fresh), workout_set.attempts.count(), active_ms / 1000)


def _replace_findings(
    workout_set: WorkoutSet,
    findings: Iterable[form.Finding],
    row_of: Mapping[int, Rep],
    version: str,
    cut_ms: int,
) -> None:
    """Those of a rep have gone with its row; those of no rep go by their time, as attempts do."""
    workout_set.findings.filter(rep=None, start_ms__gte=cut_ms).delete()
    Finding.objects.bulk_create(
        _finding_row(workout_set, finding, row_of, version)
        for finding in findings
        if (finding.start_ms >= cut_ms if finding.rep is None else finding.rep in row_of)
    )


def rep_row(workout_set: WorkoutSet, index: int, rep: results.Rep, version: str) -> Rep:
    return Rep(
        set=workout_set,
        index=index,
        start_ms=rep.start_ms,
        turn_ms=rep.turn_ms,
        end_ms=rep.end_ms,
        rom_deg=rep.rom_deg,
        rom_left_deg=rep.rom_left_deg,
        rom_right_deg=rep.rom_right_deg,
        down_s=rep.tempo_s.down,
        pause_s=rep.tempo_s.pause,
        up_s=rep.tempo_s.up,
        confidence=rep.confidence,
        model_version=version,
    )


def attempt_row(workout_set: WorkoutSet, attempt: results.Attempt, version: str) -> Attempt:
    return Attempt(
        set=workout_set,
        start_ms=attempt.start_ms,
        end_ms=attempt.end_ms,
        reason=attempt.reason,
        rom_deg=attempt.rom_deg,
        needed_deg=attempt.needed_deg,
        model_version=version,
    )


def _finding_row(
    workout_set: WorkoutSet, finding: form.Finding, row_of: Mapping[int, Rep], version: str
) -> Finding:
    return Finding(
        set=workout_set,
        rep=None if finding.rep is None else row_of[finding.rep],
        fault=finding.fault,
        joint=finding.joint,
        phase=finding.phase,
        measured=finding.measured,
        limit=finding.limit,
        unit=finding.unit,
        severity=finding.severity,
        start_ms=finding.start_ms,
        end_ms=finding.end_ms,
        model_version=version,
    )
