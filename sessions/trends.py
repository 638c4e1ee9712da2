"""Trend days: every trend figure is made here, for one day as for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from statistics import median
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from sessions.due import DayDue
from sessions.models import Exercise, TrendDay, WorkoutSet


def refresh(athlete_id: UUID, days: Collection[date] | None = None) -> None:
    """Makes the athlete's trend rows of these local days, or of all days, from the results."""
    with transaction.atomic():
        # One refresh at a time: two would both delete, and both insert.
        if not User.objects.select_for_update(no_key=True).filter(id=athlete_id).exists():
            return
        sets = WorkoutSet.objects.filter(workout__athlete_id=athlete_id)
        stored = TrendDay.objects.filter(athlete_id=athlete_id)
        if days is not None:
            sets = sets.filter(workout__day__in=days)
            stored = stored.filter(day__in=days)
        # Cleared before the results are read: one that lands in between is due again.
        sets.filter(trend_due=True).update(trend_due=False)
        rows = _rows(athlete_id, sets.alive().filter(ended_at__isnull=False))
        stored.delete()
        TrendDay.objects.bulk_create(rows)


def overdue() -> list[DayDue]:
    """Days whose sets have a result, or a deletion, that no trend knows."""
    due = WorkoutSet.objects.filter(trend_due=True)
    days = due.order_by().values_list("workout__athlete_id", "workout__day").distinct()
    return [DayDue(athlete_id, day) for athlete_id, day in days]


def _rows(athlete_id: UUID, sets: QuerySet[WorkoutSet]) -> list[TrendDay]:
    known = set(Exercise.objects.values_list("slug", flat=True))
    groups: dict[tuple[str, date, str], list[WorkoutSet]] = defaultdict(list)
    # Ordered, so that sums of floats come out the same whenever they are made.
    for workout_set in sets.select_related("workout").prefetch_related("reps").order_by("id"):
        if workout_set.exercise in known:
            key = (workout_set.exercise, workout_set.workout.day, workout_set.model_version)
            groups[key].append(workout_set)
    return [_row(athlete_id, *key, members) for key, members in sorted(groups.items())]


def _row(
    athlete_id: UUID, exercise: str, day: date, model_version: str, sets: list[WorkoutSet]
) -> TrendDay:
    reps = [rep for one in sets for rep in one.reps.all()]
    moving_s = sum(rep.end_ms - rep.start_ms for rep in reps) / 1000
    held_s = [one.hold_s for one in sets if one.hold_s is not None]
    return TrendDay(
        athlete_id=athlete_id,
        exercise_id=exercise,
        day=day,
        model_version=model_version,
        sets=len(sets),
        reps=len(reps),
        attempts=sum(one.attempt_count for one in sets),
        active_s=sum(one.active_s for one in sets),
        hold_s=sum(held_s) if held_s else None,
        rom_deg=_median(rep.rom_deg for rep in reps),
        tempo_s=_median(rep.down_s + rep.pause_s + rep.up_s for rep in reps),
        reps_per_min=60 * len(reps) / moving_s if moving_s else None,
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
