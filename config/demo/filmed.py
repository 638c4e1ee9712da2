"""A workout of today that was seen: clips stored, counted and judged as anybody's are.

The people in it are synthetic; what is told of them was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
from django.utils import timezone

from accounts.models import User
from config.demo.takes import ESTIMATOR, HEIGHT_PX, WIDTH_PX, Take, filmed
from models.clip import Clip
from models.sequence import Sequence as Frames
from sessions import analysis, trends
from sessions.models import WorkoutSet
from sessions.services.clips import clip_store
from sessions.services.sets import set_describe, set_finish, set_start
from sessions.services.workouts import workout_finish, workout_start

AGO: Final = timedelta(minutes=45)
FIRST_AFTER: Final = timedelta(seconds=20)
REST: Final = timedelta(seconds=75)
CLIP_MS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Filmed:
    """take: what is done. target: what was set out to do, target_reps or target_hold_s. details:
    what the athlete says of it."""

    take: Take
    target: dict[str, int]
    details: dict[str, Any]


_SQUATS: Final = (None,) * 4 + ("depth", None, None, "trunk_lean") + (None,) * 4
_PUSH_UPS: Final = (None,) * 7 + ("sagging_hips",) * 2
_CURLS: Final = Take("bicep_curl", (None,) * 12, figure=5, yaw_deg=35, out_s=1.1, back_s=1.3)
_CLEAN: Final = Filmed(Take("squat", (None,) * 12), {"target_reps": 12}, {"rpe": 8.0})
_CURLED: Final = Filmed(_CURLS, {"target_reps": 12}, {"rpe": 7.5, "weight_kg": 8.0})
SETS: Final = (
    Filmed(
        Take("squat", _SQUATS), {"target_reps": 12}, {"rpe": 7.5, "note": "Lost my balance once."}
    ),
    _CLEAN,
    _CLEAN,
    Filmed(
        Take("push_up", _PUSH_UPS, yaw_deg=12, out_s=1.2, back_s=1.0),
        {"target_reps": 9},
        {"rpe": 8.5},
    ),
    _CURLED,
    _CURLED,
    _CURLED,
    Filmed(Take("plank", yaw_deg=12, hold_s=48), {"target_hold_s": 45}, {"rpe": 8.0}),
)


def filmed_load(
    *, athlete: User, sets: Sequence[Filmed] = SETS, ago: timedelta = AGO, seed: int = 13
) -> UUID:
    """The workout, its results and the day's trend; returns the workout's id."""
    start = (timezone.now() - ago).replace(microsecond=0)
    workout = workout_start(
        athlete=athlete, workout_id=uuid4(), started_at=start, time_zone=athlete.time_zone
    )
    clock = start + FIRST_AFTER
    for index, one in enumerate(sets):
        sequence = filmed(one.take, np.random.default_rng([seed, index]))
        clock = _set(athlete, workout.id, one, sequence, clock) + REST
    workout_finish(athlete=athlete, workout_id=workout.id, ended_at=clock - REST)
    trends.refresh(athlete.pk, [workout.day])
    return workout.id


def is_filmed(athlete: User) -> bool:
    """Whether anything of this athlete has ever been seen."""
    return WorkoutSet.objects.filter(workout__athlete=athlete, clips_received__gt=0).exists()


def _set(
    athlete: User, workout_id: UUID, one: Filmed, sequence: Frames, start: datetime
) -> datetime:
    """Stores and analyses one set; returns when it ended."""
    stored = set_start(
        athlete=athlete,
        set_id=uuid4(),
        workout_id=workout_id,
        exercise=one.take.exercise,
        source=WorkoutSet.Source.CAMERA,
        started_at=start,
        **one.target,
    )
    clips = _clips(sequence)
    for index, clip in enumerate(clips):
        clip_store(athlete=athlete, set_id=stored.id, index=index, clip=clip)
    end = start + timedelta(milliseconds=sequence.duration_ms)
    set_finish(athlete=athlete, set_id=stored.id, clip_count=len(clips), ended_at=end)
    set_describe(athlete=athlete, set_id=stored.id, **one.details)
    analysis.analyze_set(stored.id)  # now, so that the first look finds it
    return end


def _clips(sequence: Frames) -> list[Clip]:
    parts = (
        sequence.between(at, at + CLIP_MS) for at in range(0, sequence.duration_ms + 1, CLIP_MS)
    )
    return [Clip(ESTIMATOR, WIDTH_PX, HEIGHT_PX, part.t_ms, part.poses) for part in parts]
