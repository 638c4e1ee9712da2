"""Trend days: every trend figure is made here, for one day as for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from statistics import median
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from sessions.arithmetic.fatigue import Movement, rom_loss, speed_loss
from sessions.arithmetic.load import day_effort
from sessions.arithmetic.strength import one_rm_kg
from sessions.arithmetic.symmetry import Sides, usual_ranges
from sessions.due import DayDue
from sessions.finals import is_hold, measured
from sessions.hooks import athlete_changed
from sessions.models import Exercise, Rep, TrendDay, WorkoutSet

AT_ONCE: Final = 1000  # days of a sweep


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
        athlete_changed.send(TrendDay, athlete_id=athlete_id)


def overdue() -> list[DayDue]:
    """Days whose sets have a result, or a deletion, that no trend knows; AT_ONCE of them."""
    due = WorkoutSet.objects.filter(trend_due=True)
    days = due.order_by().values_list("workout__athlete_id", "workout__day").distinct()
    return [DayDue(athlete_id, day) for athlete_id, day in days[:AT_ONCE]]


def _rows(athlete_id: UUID, sets: QuerySet[WorkoutSet]) -> list[TrendDay]:
    known = set(Exercise.objects.values_list("slug", flat=True))
    groups: dict[tuple[str, date, str], list[WorkoutSet]] = defaultdict(list)
    # Ordered, so that sums of floats come out the same whenever they are made.
    with_rows = sets.select_related("workout").prefetch_related("reps", "attempts")
    for workout_set in with_rows.order_by("id"):
        if workout_set.final_exercise in known:
            key = (workout_set.final_exercise, workout_set.workout.day, workout_set.model_version)
            groups[key].append(workout_set)
    return [_row(athlete_id, *key, members) for key, members in sorted(groups.items())]


def _row(
    athlete_id: UUID, exercise: str, day: date, model_version: str, sets: list[WorkoutSet]
) -> TrendDay:
    by_set = [measured(one) for one in sets]
    reps = [rep for own in by_set for rep in own]
    moving_s = sum(rep.end_ms - rep.start_ms for rep in reps) / 1000
    held_s = [one.hold_s for one in sets if one.hold_s is not None] if is_hold(exercise) else []
    sides = usual_ranges(
        Sides(rep.rom_left_deg, rep.rom_right_deg)
        for rep in reps
        if rep.rom_left_deg is not None and rep.rom_right_deg is not None
    )
    movements = [_movements(own) for own in by_set]
    return TrendDay(
        athlete_id=athlete_id,
        exercise_id=exercise,
        day=day,
        model_version=model_version,
        sets=len(sets),
        reps=sum(one.final_rep_count for one in sets),
        attempts=sum(one.attempt_count - _counted(one) for one in sets),
        active_s=sum(one.active_s for one in sets),
        hold_s=sum(held_s) if held_s else None,
        rom_deg=_median(rep.rom_deg for rep in reps),
        tempo_s=_median(rep.down_s + rep.pause_s + rep.up_s for rep in reps),
        reps_per_min=60 * len(reps) / moving_s if moving_s else None,
        rom_left_deg=sides.left_deg if sides else None,
        rom_right_deg=sides.right_deg if sides else None,
        fatigue_speed=_median(speed_loss(own) for own in movements),
        fatigue_rom=_median(rom_loss(own) for own in movements),
        travel_deg=_travel_deg(sets),
        load_effort=day_effort([(one.rpe, one.active_s) for one in sets]),
        one_rm_kg=_best(one_rm_kg(one.weight_kg, one.final_rep_count) for one in sets),
    )


def _counted(workout_set: WorkoutSet) -> int:
    """Attempts that somebody says are repetitions, and that are among these already."""
    return sum(attempt.correction_id is not None for attempt in workout_set.attempts.all())


def _movements(reps: list[Rep]) -> list[Movement]:
    return [Movement(rep.rom_deg, rep.down_s + rep.up_s) for rep in reps if rep.rom_deg is not None]


def _travel_deg(sets: list[WorkoutSet]) -> float | None:
    """All repetitions times their usual range; a set without one is taken for like the others."""
    usual_deg = _median(one.rom_deg for one in sets)
    if usual_deg is None:
        return None
    return sum(
        one.final_rep_count * (usual_deg if one.rom_deg is None else one.rom_deg) for one in sets
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _best(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
