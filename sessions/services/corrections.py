"""Corrections: kept beside the machine's answer, never in its place (docs/decisions/0015)."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.channel import announce
from sessions.errors import Conflict
from sessions.finals import FINAL_FIELDS, settle
from sessions.models import Attempt, Correction, Rep, WorkoutSet
from sessions.services.catalogue import known_exercise
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import set_locked
from sessions.services.queue import enqueue_analysis, enqueue_trend

Kind = Correction.Kind
SAID: Final = ("set_id", "kind", "rep_count", "exercise_id", "start_ms")
NO_CORRECTION: Final = _("There is no such correction of this set.")
NO_REPETITION: Final = _("No repetition is under way at %(at)s. Here they start at: %(starts)s.")
NO_ATTEMPT: Final = _("No attempt is under way at %(at)s. Here they start at: %(starts)s.")
MOST: Final = 1000  # of one set, with those taken back
_NAMED: Final = 12  # movements that a refusal lists


@transaction.atomic
def correction_put(
    *,
    author: User,
    athlete: User,
    set_id: UUID,
    correction_id: UUID,
    kind: str,
    rep_count: int | None = None,
    exercise: str | None = None,
    start_ms: int | None = None,
) -> bool:
    """Says something about the athlete's set; whether that was new: it may be said again.

    author: the athlete, or somebody of whom the caller knows that they may.

    kind: "count" with rep_count, "exercise" with its slug, "not_a_rep" with start_ms of (or within)
    a repetition, "is_a_rep" with that of an attempt.
    Raises ValidationError, NotFound, Conflict for other values and for a set that still goes on.
    """
    workout_set = set_locked(athlete=athlete, set_id=set_id)
    asked = Correction(
        id=correction_id,
        set=workout_set,
        kind=kind,
        rep_count=rep_count,
        exercise=known_exercise(exercise, author),
        start_ms=start_ms,
        author=author,
    )
    if stored := Correction.objects.filter(id=correction_id).select_related("set__workout").first():
        _check_same(stored, asked)
        return False
    if not workout_set.is_finished:
        raise Conflict(_("This set still goes on. Finish it first."))
    if workout_set.corrections.count() >= MOST:
        raise Conflict(_("This set was corrected too often to be corrected again."))
    asked.end_ms = _end_ms(workout_set, asked)
    asked.full_clean(validate_unique=False)
    if stored := insert_or_stored(asked):
        _check_same(stored, asked)
        return False
    _bring_up(workout_set, asked)
    return True


@transaction.atomic
def correction_undo(*, author: User, athlete: User, set_id: UUID, correction_id: UUID) -> None:
    """Takes a correction back; the row stays. Taken back before, nothing.

    The athlete takes back whatever was said of their set, others what they have said themselves.
    Raises NotFound, Conflict.
    """
    workout_set = set_locked(athlete=athlete, set_id=set_id)
    correction = workout_set.corrections.filter(id=correction_id).first()
    if correction is None:
        raise NotFound(NO_CORRECTION)
    if author.pk not in (athlete.pk, correction.author_id):
        raise Conflict(_("Only the athlete, or whoever said it, can take this back."))
    if correction.undone_at is None:
        correction.undone_at = timezone.now()
        correction.save(update_fields=["undone_at"])
        _bring_up(workout_set, correction)


def _check_same(stored: Correction, asked: Correction) -> None:
    of_another = stored.set.workout.athlete_id != asked.set.workout.athlete_id
    if of_another or stored.author_id != asked.author_id:
        raise NotFound(NO_CORRECTION)
    for name in SAID:
        if getattr(stored, name) != getattr(asked, name):
            told = _("This correction was made with another %(field)s.")
            raise Conflict(told % {"field": name.removesuffix("_id")})


def _end_ms(workout_set: WorkoutSet, asked: Correction) -> int | None:
    """Of the movement that is meant; None where none is."""
    if asked.kind == Kind.NOT_A_REP:
        return _end_at(workout_set.reps.all(), asked.start_ms or 0, str(NO_REPETITION))
    if asked.kind == Kind.IS_A_REP:
        return _end_at(workout_set.attempts.all(), asked.start_ms or 0, str(NO_ATTEMPT))
    return None


def _end_at(rows: Iterable[Rep | Attempt], at_ms: int, none: str) -> int:
    """When the movement under way at at_ms ends; of two the later, which begins there."""
    spans = [(row.start_ms, row.end_ms) for row in rows]
    under_way = [span for span in spans if span[0] <= at_ms < span[1]]
    if under_way:
        return max(under_way)[1]
    starts = ", ".join(str(start_ms) for start_ms, _end in spans[:_NAMED]) or "–"
    if len(spans) > _NAMED:
        starts += ", …"
    raise ValidationError({"start_ms": none % {"at": at_ms, "starts": starts}})


def _bring_up(workout_set: WorkoutSet, changed: Correction) -> None:
    """Final columns, trend and pages; and the form again, by the standard of another exercise."""
    settle(workout_set)
    workout_set.trend_due = True
    fields = [*FINAL_FIELDS, "trend_due"]
    if changed.kind == Kind.EXERCISE and workout_set.clips_received:
        workout_set.revision += 1
        workout_set.failures = 0
        workout_set.changed_at = timezone.now()
        fields += ["revision", "failures", "changed_at"]
        enqueue_analysis(workout_set.id)
    workout_set.save(update_fields=fields)
    enqueue_trend(workout_set.workout)
    transaction.on_commit(lambda: announce(workout_set), robust=True)
