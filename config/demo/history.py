"""Six weeks of a beginner who gets better: written as rows, since no movement was ever seen.

The rows name the model of today, so that trends run on from them into what is measured.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from config.demo.corrections import corrections_load
from models.discriminator import MODEL_VERSION
from sessions import trends
from sessions.finals import FINAL_FIELDS, is_hold, settle
from sessions.models import Attempt, Rep, WorkoutSession, WorkoutSet

WEEKS: Final = 6
TRAINING_WEEKDAYS: Final = (0, 2, 4, 5)
REST_S: Final = 75


@dataclass(frozen=True, slots=True)
class Plan:
    """How one exercise goes in the first week, and six weeks later.

    amount: repetitions a set, or seconds of a hold. seconds: of one repetition. weight_kg: None
    where there is none. weaker: share of its range that the left side misses.
    """

    exercise: str
    amount: tuple[float, float]
    rom_deg: tuple[float, float] = (0, 0)
    seconds: tuple[float, float] = (0, 0)
    weight_kg: tuple[float, float] | None = None
    weaker: tuple[float, float] = (0.06, 0.02)
    sets: int = 3


PLANS: Final = (
    (
        Plan("squat", (8, 13), (92, 118), (3.4, 2.7)),
        Plan("push_up", (5, 10), (68, 85), (2.9, 2.3)),
        Plan("plank", (22, 47), sets=2),
    ),
    (
        Plan("lunge", (8, 14), (71, 86), (3.1, 2.6)),
        Plan("shoulder_press", (7, 12), (88, 104), (2.8, 2.5), (8, 14)),
        Plan("bicep_curl", (9, 13), (121, 137), (2.6, 2.3), (6, 9)),
    ),
)


def history_load(*, athlete: User, seed: int = 7) -> None:
    """Workouts of the six weeks before today, and the trends that follow from them."""
    chance = Random(seed)  # noqa: S311 (a story, not a secret)
    zone = ZoneInfo(athlete.time_zone)
    today = timezone.now().astimezone(zone).date()
    for day in _training_days(today, chance):
        progress = 1 - (today - day).days / (7 * WEEKS)
        start = datetime.combine(day, time(17, chance.randrange(60)), zone)
        workout_written(athlete, start, _plans_of(day), progress, chance)
    trends.refresh(athlete.pk)


def _training_days(today: date, chance: Random) -> list[date]:
    """Before today, on training days, of which one in seven is missed."""
    days = [today - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)]
    return [day for day in days if day.weekday() in TRAINING_WEEKDAYS and chance.random() > 1 / 7]


def _plans_of(day: date) -> tuple[Plan, ...]:
    return PLANS[TRAINING_WEEKDAYS.index(day.weekday()) % len(PLANS)]


def workout_written(
    athlete: User,
    start: datetime,
    plans: tuple[Plan, ...],
    progress: float,
    chance: Random,
    *,
    corrected: bool = True,
) -> WorkoutSession:
    """A workout with its sets. progress: 0 as in the first week … 1 as in the last. corrected:
    whether the athlete says now and then that the count is another."""
    workout = WorkoutSession.objects.create(
        athlete=athlete, started_at=start, time_zone=athlete.time_zone, day=start.date()
    )
    clock, index = start + timedelta(seconds=20), 0
    for plan in plans:
        for nth in range(plan.sets):
            made = _set(workout, index, clock, plan, progress - 0.08 * nth, chance)
            if corrected:
                corrections_load(made=made, chance=chance)
            else:
                settle(made)
                made.save(update_fields=FINAL_FIELDS)
            clock = made.ended_at or clock
            clock += timedelta(seconds=REST_S + chance.uniform(-15, 30))
            index += 1
    workout.ended_at = clock
    workout.save(update_fields=["ended_at"])
    return workout


def _set(
    workout: WorkoutSession,
    index: int,
    start: datetime,
    plan: Plan,
    progress: float,
    chance: Random,
) -> WorkoutSet:
    """One set with its rows."""
    amount = _between(plan.amount, progress) * chance.uniform(0.92, 1.08)
    made = WorkoutSet(
        workout=workout,
        index=index,
        source=WorkoutSet.Source.CAMERA,
        exercise_chosen_id=plan.exercise,
        exercise=plan.exercise,
        started_at=start,
        clip_count=0,
        revision=1,
        analyzed_revision=1,
        model_version=MODEL_VERSION,
        confidence=round(chance.uniform(0.9, 0.99), 3),
        visible=round(chance.uniform(0.93, 1), 3),
        weight_kg=round(_between(plan.weight_kg, progress)) if plan.weight_kg else None,
        rpe=round(2 * chance.uniform(6, 8.5)) / 2,
    )
    reps = [] if is_hold(plan.exercise) else _reps(made, plan, round(amount), progress, chance)
    attempts = [] if is_hold(plan.exercise) else _attempts(made, reps, progress, chance)
    made.hold_s = round(amount, 1) if is_hold(plan.exercise) else None
    made.rep_count, made.attempt_count = len(reps), len(attempts)
    made.active_s = made.hold_s or sum(rep.end_ms - rep.start_ms for rep in reps) / 1000
    made.ended_at = start + timedelta(seconds=made.active_s + 6)
    made.analyzed_to_ms = int(made.active_s * 1000) + 4000
    made.clean_fields(exclude=("workout", "exercise_chosen"))  # the database checks the rest
    made.save(force_insert=True)
    Rep.objects.bulk_create(reps)
    Attempt.objects.bulk_create(attempts)
    return made


def _reps(made: WorkoutSet, plan: Plan, count: int, progress: float, chance: Random) -> list[Rep]:
    reps, at_ms = [], 2000
    missing = _between(plan.weaker, progress)
    for index in range(count):
        tired = 1 + 0.25 * (index / max(count, 1)) ** 2
        seconds = _between(plan.seconds, progress) * tired * chance.uniform(0.92, 1.08)
        down, pause = 0.48 * seconds, 0.07 * seconds
        turn_ms, end_ms = at_ms + round(1000 * down), at_ms + round(1000 * seconds)
        rom_deg = _between(plan.rom_deg, progress) / tired**0.4 * chance.uniform(0.96, 1.04)
        reps.append(
            Rep(
                set=made,
                index=index,
                start_ms=at_ms,
                turn_ms=turn_ms,
                end_ms=end_ms,
                rom_deg=round(rom_deg, 1),
                rom_left_deg=round(rom_deg * (1 - missing * chance.uniform(0.6, 1.4)), 1),
                rom_right_deg=round(rom_deg, 1),
                down_s=round(down, 2),
                pause_s=round(pause, 2),
                up_s=round(seconds - down - pause, 2),
                confidence=round(chance.uniform(0.85, 0.99), 3),
                model_version=MODEL_VERSION,
            )
        )
        at_ms = end_ms
    return reps


def _attempts(made: WorkoutSet, reps: list[Rep], progress: float, chance: Random) -> list[Attempt]:
    """A beginner's last repetition is now and then one that does not count."""
    if not reps or chance.random() > 0.45 * (1 - progress):
        return []
    end_ms = reps[-1].end_ms
    return [
        Attempt(
            set=made,
            start_ms=end_ms,
            end_ms=end_ms + 1600,
            reason=chance.choice([Attempt.Reason.TOO_SMALL, Attempt.Reason.INCOMPLETE]),
            model_version=MODEL_VERSION,
        )
    ]


def _between(ends: tuple[float, float], progress: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * max(0.0, progress)
