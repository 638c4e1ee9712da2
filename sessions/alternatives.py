"""Results of a set side by side: packed away, and put in the place of one another.

An analysis (`sessions.analysis`) makes the result that counts; here others are kept beside it.
Corrections stand above any of them and are settled anew with each change.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any, Final

from models import form, results
from sessions.finals import FINAL_FIELDS, settle
from sessions.models import SetResult, WorkoutSet
from sessions.results import replace_results

PLACED_FIELDS: Final = (
    "model_version",
    "exercise",
    "confidence",
    "visible",
    "rep_count",
    "attempt_count",
    "hold_s",
    "active_s",
    "trend_due",
    *FINAL_FIELDS,
)
_REP: Final = ("start_ms", "turn_ms", "end_ms", "confidence", "rom_deg", "rom_left_deg",
               "rom_right_deg")  # fmt: skip
_TEMPO: Final = ("down", "pause", "up")
_ATTEMPT: Final = tuple(field.name for field in fields(results.Attempt))
_FINDING: Final = tuple(field.name for field in fields(form.Finding) if field.name != "rep")


def keep(
    workout_set: WorkoutSet, found: results.Analysis, findings: Iterable[form.Finding]
) -> SetResult:
    """What a version makes of the whole set, beside the result that counts."""
    rows = {
        "reps": [asdict(rep) for rep in found.reps],
        "attempts": [asdict(attempt) for attempt in found.attempts],
        "findings": [asdict(finding) for finding in findings],
    }
    return _store(
        workout_set,
        found.model_version,
        exercise=found.exercise or "",
        confidence=found.confidence,
        visible=found.visible,
        rep_count=len(found.reps),
        attempt_count=len(found.attempts),
        hold_s=found.hold_s,
        rows=rows,
    )


def keep_failure(workout_set: WorkoutSet, version: str, error: str) -> SetResult:
    return _store(workout_set, version, error=error)


def keep_current(workout_set: WorkoutSet) -> SetResult:
    """The result that counts, so that it can come back. The set is locked."""
    reps = list(workout_set.reps.all())
    index_of = {rep.pk: index for index, rep in enumerate(reps)}
    rows = {
        "reps": [
            {
                **{name: getattr(rep, name) for name in _REP},
                "tempo_s": {name: getattr(rep, f"{name}_s") for name in _TEMPO},
            }
            for rep in reps
        ],
        "attempts": [
            {name: getattr(attempt, name) for name in _ATTEMPT}
            for attempt in workout_set.attempts.all()
        ],
        "findings": [
            {
                **{name: getattr(finding, name) for name in _FINDING},
                "rep": None if finding.rep_id is None else index_of.get(finding.rep_id),
            }
            for finding in workout_set.findings.all()
        ],
    }
    return _store(
        workout_set,
        workout_set.model_version,
        exercise=workout_set.exercise,
        confidence=workout_set.confidence,
        visible=workout_set.visible,
        rep_count=workout_set.rep_count,
        attempt_count=workout_set.attempt_count,
        hold_s=workout_set.hold_s,
        rows=rows,
    )


def place(workout_set: WorkoutSet, kept: SetResult) -> None:
    """Lets a kept result count. The set is locked."""
    found = _analysis(kept)
    findings = [form.Finding(**one) for one in kept.rows.get("findings", ())]
    totals = replace_results(workout_set, found, findings, 0)
    workout_set.model_version = kept.model_version
    workout_set.exercise = kept.exercise
    workout_set.confidence = kept.confidence
    workout_set.visible = kept.visible
    workout_set.rep_count = totals.reps
    workout_set.attempt_count = totals.attempts
    workout_set.hold_s = kept.hold_s
    workout_set.active_s = totals.active_s + (kept.hold_s or 0.0)
    workout_set.trend_due = True
    settle(workout_set)
    workout_set.save(update_fields=PLACED_FIELDS)


def _analysis(kept: SetResult) -> results.Analysis:
    reps = tuple(
        results.Rep(**{**one, "tempo_s": results.Tempo(**one["tempo_s"])})
        for one in kept.rows.get("reps", ())
    )
    return results.Analysis(
        model_version=kept.model_version,
        exercise=kept.exercise or None,
        confidence=kept.confidence or 0.0,
        reps=reps,
        attempts=tuple(results.Attempt(**one) for one in kept.rows.get("attempts", ())),
        hold_s=kept.hold_s,
        visible=kept.visible or 0.0,
    )


def _store(workout_set: WorkoutSet, version: str, **columns: Any) -> SetResult:
    empty: dict[str, Any] = {
        "exercise": "",
        "confidence": None,
        "visible": None,
        "rep_count": 0,
        "attempt_count": 0,
        "hold_s": None,
        "rows": {},
        "error": "",
    }
    kept, _ = SetResult.objects.update_or_create(
        set=workout_set,
        model_version=version,
        defaults={**empty, **columns, "revision": workout_set.revision},
    )
    return kept
