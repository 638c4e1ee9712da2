"""From clips to results: load, ask the discriminator, write the rows, tell the page.

While a set is open only its tail is analysed, so that minute 60 costs what minute 1 costs. Once it
is finished the whole set is, and that result depends on nothing but the clips.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils import timezone

from models import discriminator, form
from models.clip_store import unpack
from models.registry import Network
from models.results import Analysis
from models.sequence import Sequence
from sessions import meters, trace
from sessions.channel import announce
from sessions.counted import counted
from sessions.due import DayDue
from sessions.finals import FINAL_FIELDS, final_exercise, settle
from sessions.models import WorkoutSet
from sessions.results import Totals, replace_results
from sessions.versions import running_network

TAIL_MS: Final = 45_000  # read again before the oldest new frame
LONGEST_TAIL_MS: Final = 300_000  # even when a clip comes very late
GUARD_MS: Final = 15_000  # at the tail's start, where a repetition may be cut: longer than any
RESULT_FIELDS: Final = (
    "analyzed_revision",
    "analyzed_to_ms",
    "failures",
    "last_error",
    "trend_due",
    "model_version",
    "exercise",
    "confidence",
    "visible",
    "rep_count",
    "attempt_count",
    "hold_s",
    "active_s",
    *FINAL_FIELDS,
)
LONGEST_ERROR: Final = 1000  # characters
SWEPT_AT_ONCE: Final = 1000
SETTLED_AFTER: Final = timedelta(seconds=5)  # as long as a sweep may wait in the queue itself


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one analysis reads. Results before cut_ms stay as they are."""

    start_ms: int
    cut_ms: int


@dataclass(frozen=True, slots=True)
class Answer:
    """hold_s: of the whole set, where found and findings are of the stretch."""

    found: Analysis
    findings: tuple[form.Finding, ...]
    hold_s: float | None


WHOLE: Final = Stretch(0, 0)


def analyze_set(set_id: UUID) -> DayDue | None:
    """Brings a set's results up to its clips; returns the trend day that this makes due.

    Does nothing when there is nothing new. Two at once are safe: the older result is discarded.
    """
    workout_set = WorkoutSet.objects.alive().select_related("workout").filter(id=set_id).first()
    if workout_set is None or workout_set.analyzed_revision >= workout_set.revision:
        return None
    if workout_set.frames_removed_at is not None:
        return _keep(workout_set)
    with trace.span("set.analyze", set_id=set_id), meters.analysing():
        return _analyze(workout_set, WHOLE if workout_set.is_finished else _tail(workout_set))


def analyze_tail(set_id: UUID) -> None:
    """Looks thoroughly at the end of an open set, whatever has been found in it meanwhile."""
    workout_set = WorkoutSet.objects.alive().select_related("workout").filter(id=set_id).first()
    if workout_set is None or workout_set.is_finished or workout_set.frames_removed_at is not None:
        return
    with trace.span("set.analyze", set_id=set_id), meters.analysing():
        start_ms = workout_set.analyzed_to_ms - TAIL_MS
        _analyze(workout_set, WHOLE if start_ms <= 0 else Stretch(start_ms, start_ms + GUARD_MS))


def _analyze(workout_set: WorkoutSet, stretch: Stretch) -> DayDue | None:
    sequence = _load(workout_set, stretch.start_ms)
    try:
        answer = _answer(workout_set, sequence, stretch, running_network())
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        rows = WorkoutSet.objects.filter(id=workout_set.id)
        rows.update(failures=F("failures") + 1, last_error=told)
        raise
    return _write(workout_set, stretch, sequence, answer)


def answer_by(workout_set: WorkoutSet, network: Network) -> Answer:
    """What a network makes of the whole of a finished set; nothing is written."""
    return _answer(workout_set, _load(workout_set, 0), WHOLE, network)


def overdue() -> list[UUID]:
    """Sets whose newest clips nobody is going to analyse.

    The queue is first in, first out: what was queued before this very sweep has been taken from it,
    unless it was lost. While the queue is longer than SETTLED_AFTER, sweeps expire in it. The
    oldest SWEPT_AT_ONCE; sets of deleted workouts are left out once the few that wait are known,
    since PostgreSQL, which guesses that every third set waits, would join all workouts to them.
    """
    since = timezone.now() - SETTLED_AFTER
    waiting = WorkoutSet.objects.filter(deleted_at=None, changed_at__lt=since).unanalyzed()
    oldest = list(waiting.order_by("changed_at").values_list("id", flat=True)[:SWEPT_AT_ONCE])
    alive = WorkoutSet.objects.alive().filter(id__in=oldest).order_by()
    return list(alive.values_list("id", flat=True)) if oldest else []


def _keep(workout_set: WorkoutSet) -> DayDue:
    """Without keypoints there is nothing to read: what was found stays, and what was said since
    has been settled."""
    WorkoutSet.objects.filter(id=workout_set.id).update(
        analyzed_revision=workout_set.revision, failures=0, last_error=""
    )
    return DayDue(workout_set.workout.athlete_id, workout_set.workout.day)


def _answer(
    workout_set: WorkoutSet, sequence: Sequence, stretch: Stretch, network: Network
) -> Answer:
    found = counted(workout_set, sequence, network)
    hold_s = _hold(workout_set, sequence, stretch, found, network)
    return Answer(found, _assess(workout_set, sequence, found), hold_s)


def _tail(workout_set: WorkoutSet) -> Stretch:
    """From a little before the oldest clip that no analysis has seen, up to the end."""
    fresh = workout_set.clips.filter(set_revision__gt=workout_set.analyzed_revision)
    oldest_ms = fresh.aggregate(at=Min("start_ms"))["at"] or 0
    end_ms = workout_set.clips.aggregate(at=Max("end_ms"))["at"] or 0
    start_ms = max(oldest_ms - TAIL_MS, end_ms - LONGEST_TAIL_MS)
    return WHOLE if start_ms <= 0 else Stretch(start_ms, start_ms + GUARD_MS)


def _load(workout_set: WorkoutSet, start_ms: int) -> Sequence:
    """Frames of the set from start_ms on; of two at the same time the earlier clip's."""
    clips = workout_set.clips.filter(end_ms__gte=start_ms).order_by("index")
    payloads = clips.values_list("payload", flat=True)
    sequence = Sequence.join(unpack(bytes(payload)).sequence for payload in payloads)
    return sequence.between(start_ms, int(sequence.t_ms[-1]) + 1) if len(sequence) else sequence


def _hold(
    workout_set: WorkoutSet,
    sequence: Sequence,
    stretch: Stretch,
    found: Analysis,
    network: Network,
) -> float | None:
    """Seconds held in the whole set: what was known, and what the tail's new frames added."""
    if stretch is WHOLE or found.hold_s is None:
        return found.hold_s
    known = sequence.between(stretch.start_ms, workout_set.analyzed_to_ms + 1)
    before = discriminator.analyze(known, exercise=found.exercise, network=network).hold_s or 0.0
    return (workout_set.hold_s or 0.0) + max(0.0, found.hold_s - before)


def _assess(
    workout_set: WorkoutSet, sequence: Sequence, found: Analysis
) -> tuple[form.Finding, ...]:
    """By the standard of the exercise that it was, if somebody has said so."""
    exercise = final_exercise(found.exercise or "", workout_set.corrections.live())
    return form.assess(sequence, exercise or None, found.reps)


def _write(read: WorkoutSet, stretch: Stretch, sequence: Sequence, answer: Answer) -> DayDue | None:
    with transaction.atomic():
        locked = WorkoutSet.objects.select_for_update().get(id=read.id)
        if locked.analyzed_revision != read.analyzed_revision:  # by another, meanwhile
            return None
        totals = replace_results(locked, answer.found, answer.findings, stretch.cut_ms)
        _stamp(locked, answer, totals)
        settle(locked)
        locked.analyzed_revision = read.revision
        locked.analyzed_to_ms = int(sequence.t_ms[-1]) if len(sequence) else 0
        locked.failures, locked.last_error = 0, ""
        locked.trend_due = locked.trend_due or read.is_finished
        locked.save(update_fields=RESULT_FIELDS)
        transaction.on_commit(lambda: announce(locked), robust=True)
    return DayDue(read.workout.athlete_id, read.workout.day) if read.is_finished else None


def _stamp(workout_set: WorkoutSet, answer: Answer, totals: Totals) -> None:
    found, hold_s = answer.found, answer.hold_s
    rested = not found.exercise and not workout_set.is_finished
    if not rested:  # a minute's rest does not unlearn what the set was
        workout_set.exercise = found.exercise or ""
        workout_set.confidence = found.confidence
    workout_set.model_version = found.model_version
    workout_set.visible = found.visible
    workout_set.rep_count = totals.reps
    workout_set.attempt_count = totals.attempts
    workout_set.hold_s = hold_s
    workout_set.active_s = totals.active_s + (hold_s or 0.0)
