"""Rows as an export tells them: numbers as they are stored, times in UTC, ids kept."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Prefetch, QuerySet
from django.db.models.functions import Length

from accounts.models import User
from accounts.services import PROFILE_FIELDS
from sessions.models import Clip, Exercise, Finding, WorkoutSession, WorkoutSet
from sessions.portable import layout
from sessions.selectors.exercises import OWN

Record = dict[str, Any]
ATHLETE: Final = "athlete"
OTHER: Final = "other"


def profile_told(user: User) -> Record:
    """Without password and without e-mail address: both belong to the account, not to the data."""
    return {name: getattr(user, name) for name in PROFILE_FIELDS}


def workout_ids(user: User) -> list[UUID]:
    """Of live workouts, oldest first."""
    live = WorkoutSession.objects.alive().filter(athlete=user)
    return list(live.order_by("started_at", "id").values_list("id", flat=True))


@transaction.atomic
def workout_told(user: User, workout_id: UUID) -> Record | None:
    """The workout with all that is stored of its sets, at one moment; None once it is gone.

    The sets are locked meanwhile: an analysis rewrites a set's rows under the same lock.
    """
    own = WorkoutSession.objects.filter(athlete=user, id=workout_id)
    workout = own.first()
    if workout is None:
        return None
    live = WorkoutSet.objects.filter(workout=workout, deleted_at=None)
    list(live.select_for_update(no_key=True).values_list("id", flat=True))
    sets = live.order_by("index").prefetch_related(
        "reps",
        "attempts",
        Prefetch("findings", Finding.objects.select_related("rep")),
        "corrections",
        Prefetch("clips", _clips_with_length(), to_attr="clips_told"),
    )
    return {
        "id": str(workout.id),
        "started_at": _time(workout.started_at),
        "ended_at": _time(workout.ended_at),
        "time_zone": workout.time_zone,
        "note": workout.note,
        **_columns(workout, layout.PAIN),
        "sets": [_set(one, user) for one in sets],
        "exercises": _shown(sets),
    }


def _shown(sets: Iterable[WorkoutSet]) -> list[Record]:
    """Words of those exercises of the sets that a coach has shown: elsewhere nobody knows them."""
    corrected = {said.exercise_id for one in sets for said in one.corrections.all()}
    slugs = corrected | {slug for one in sets for slug in (one.exercise_chosen_id, one.exercise)}
    own = Exercise.objects.filter(slug__in=slugs - {None}, slug__startswith=OWN).order_by("slug")
    return _rows(own, layout.SHOWN)


def _clips_with_length() -> QuerySet[Clip]:
    return Clip.objects.defer("payload").annotate(bytes=Length("payload")).order_by("index")


def _set(one: WorkoutSet, user: User) -> Record:
    return {
        "id": str(one.id),
        "started_at": _time(one.started_at),
        "ended_at": _time(one.ended_at),
        "exercise_chosen": one.exercise_chosen_id,
        **_columns(one, layout.SET),
        "final": _columns(one, layout.FINAL),
        "reps": _rows(one.reps.all(), layout.REP),
        "attempts": _rows(one.attempts.all(), layout.ATTEMPT),
        "findings": [
            {"rep": finding.rep.index if finding.rep else None} | _columns(finding, layout.FINDING)
            for finding in one.findings.all()
        ],
        "corrections": [
            {
                "id": str(said.id),
                "exercise": said.exercise_id,
                **_columns(said, layout.CORRECTION),
                "author": ATHLETE if said.author_id == user.pk else OTHER,
                "created_at": _time(said.created_at),
                "undone_at": _time(said.undone_at),
            }
            for said in one.corrections.all()
        ],
        "clips": _rows(one.clips_told, (*layout.CLIP, "bytes")),  # type: ignore[attr-defined]
    }


def _rows(rows: Iterable[Model], names: Sequence[str]) -> list[Record]:
    return [_columns(row, names) for row in rows]


def _columns(row: Model, names: Sequence[str]) -> Record:
    return {name: getattr(row, name) for name in names}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
