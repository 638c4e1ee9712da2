"""Sets as open pages are told of them, many at once and many times a second.

In SQL of our own: Django takes longer to write these queries than the database takes to answer.
"""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db.models import prefetch_related_objects

from sessions.models import Attempt, Rep, WorkoutSet
from sessions.selectors.sets import FINDINGS, WORDS
from sessions.sql import marks, stored, uuid_of

_RECENT_MS: Final = 120_000  # an older repetition is no news to an open page
_SETS: Final = """
    SELECT own.*, workout.athlete_id,
        EXISTS (SELECT 1 FROM workouts_finding WHERE set_id = own.id) AS has_findings,
        EXISTS (SELECT 1 FROM workouts_correction WHERE set_id = own.id AND undone_at IS NULL)
            AS has_words
    FROM workouts_workoutset own JOIN workouts_workoutsession workout ON workout.id = workout_id
    WHERE own.id IN ({ids}) AND athlete_id IN ({whose})
        AND own.deleted_at IS NULL AND workout.deleted_at IS NULL"""
_NEWEST: Final = """
    SELECT newest.* FROM workouts_workoutset own JOIN {table} newest ON newest.id = (
        SELECT id FROM {table} WHERE set_id = own.id AND end_ms >= own.analyzed_to_ms - {recent_ms}
        ORDER BY {order} DESC LIMIT 1)
    WHERE own.id IN ({ids})"""


def sets_for_pages(set_ids: Collection[UUID], athlete_ids: Collection[UUID]) -> list[Any]:
    """WorkoutSets: those that are alive and belong to one of these athletes, with `athlete_id` and
    with `last_rep` and `last_attempt`, each None where there is none.

    Whoever asks is to be one of the athletes, and is told their own alone.
    """
    if not set_ids or not athlete_ids:
        return []
    ids, whose = stored(set_ids), stored(athlete_ids)
    asked = _SETS.format(ids=marks(ids), whose=marks(whose))
    found: list[Any] = list(WorkoutSet.objects.raw(asked, [*ids, *whose]))
    reps, attempts = _newest(Rep, '"index"', ids), _newest(Attempt, "start_ms", ids)
    for one in found:
        one.athlete_id = uuid_of(one.athlete_id)
        one.last_rep, one.last_attempt = reps.get(one.pk), attempts.get(one.pk)
        if not one.has_words:
            one.live_corrections = []
        if not one.has_findings:
            one._prefetched_objects_cache = {"findings": []}
    prefetch_related_objects([one for one in found if one.has_findings], FINDINGS)
    prefetch_related_objects([one for one in found if one.has_words], WORDS)
    return found


def _newest(kind: type[Rep] | type[Attempt], order: str, ids: list[Any]) -> dict[UUID, Any]:
    """The newest row of each of these sets."""
    table = kind._meta.db_table
    asked = _NEWEST.format(table=table, order=order, recent_ms=_RECENT_MS, ids=marks(ids))
    return {one.set_id: one for one in kind.objects.raw(asked, ids)}
