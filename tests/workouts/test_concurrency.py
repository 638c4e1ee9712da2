"""Two workers at one set, on real PostgreSQL: row locks, not luck."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from accounts.models import User
from models import discriminator
from models.registry import Network
from models.results import Analysis
from models.sequence import Sequence
from sessions import analysis, trends
from sessions.models import Rep, TrendDay, WorkoutSet
from sessions.services.clips import clip_store
from sessions.services.corrections import correction_put
from sessions.services.sets import set_finish, set_start
from sessions.services.workouts import workout_start
from tests.workouts.builders import START, clips, squats

pytestmark = pytest.mark.engines


@pytest.fixture
def stored(on_postgres: None) -> WorkoutSet:
    """A finished set of three squats that nobody has analysed."""
    user = User.objects.create_user("ada@example.org")
    workout = workout_start(athlete=user, workout_id=uuid4(), started_at=START, time_zone="UTC")
    row = set_start(
        athlete=user, set_id=uuid4(), workout_id=workout.id, exercise="squat",
        source="camera", started_at=START,
    )  # fmt: skip
    sent = list(clips(squats(3)))
    for index, clip in enumerate(sent):
        clip_store(athlete=user, set_id=row.id, index=index, clip=clip)
    return set_finish(athlete=user, set_id=row.id, clip_count=len(sent), ended_at=START)


def at_once(times: int, do: Any, *args: Any) -> list[Any]:
    """Results of do(*args) in as many threads, each with its own connection."""

    def run() -> Any:
        try:
            return do(*args)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(times) as pool:
        return [one.result() for one in [pool.submit(run) for _ in range(times)]]


def test_two_workers_at_once_leave_one_result(
    stored: WorkoutSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2)
    real = discriminator.analyze

    def both_have_read(
        sequence: Sequence, exercise: str | None, network: Network, is_open: bool
    ) -> Analysis:
        together.wait(20)
        return real(sequence, exercise, network, is_open=is_open)

    monkeypatch.setattr(discriminator, "analyze", both_have_read)
    due = at_once(2, analysis.analyze_set, stored.id)
    assert sorted(one is None for one in due) == [False, True]
    stored.refresh_from_db()
    assert (stored.rep_count, Rep.objects.count()) == (3, 3)
    assert stored.analyzed_revision == stored.revision


def test_refreshing_a_trend_at_once_leaves_one_row(stored: WorkoutSet) -> None:
    analysis.analyze_set(stored.id)
    athlete_id = stored.workout.athlete_id
    at_once(4, trends.refresh, athlete_id, [stored.workout.day])
    assert TrendDay.objects.get().reps == 3


def test_corrections_at_once_are_all_counted_and_each_once(stored: WorkoutSet) -> None:
    analysis.analyze_set(stored.id)
    user = stored.workout.athlete
    starts = list(stored.reps.values_list("start_ms", flat=True))
    left = iter([(uuid4(), start_ms) for start_ms in starts for _ in range(2)])
    again = uuid4()
    lock = threading.Lock()

    def say() -> None:
        with lock:
            correction_id, start_ms = next(left)
        for _ in range(2):
            correction_put(
                author=user, athlete=user, set_id=stored.id, correction_id=correction_id,
                kind="not_a_rep", start_ms=start_ms,
            )  # fmt: skip
        correction_put(
            author=user, athlete=user, set_id=stored.id, correction_id=again, kind="exercise",
            exercise="lunge",
        )  # fmt: skip

    at_once(6, say)
    analysis.analyze_set(stored.id)
    stored.refresh_from_db()
    assert stored.corrections.count() == 7
    assert (stored.rep_count, stored.final_rep_count) == (3, 0)
    assert (stored.exercise, stored.final_exercise) == ("squat", "lunge")


def test_clips_sent_at_once_are_all_counted(stored: WorkoutSet) -> None:
    user = stored.workout.athlete
    row = set_start(
        athlete=user, set_id=uuid4(), workout_id=stored.workout_id, exercise=None,
        source="camera", started_at=START,
    )  # fmt: skip
    sent = list(clips(squats(8)))
    left = iter(enumerate(sent))
    lock = threading.Lock()

    def send_next() -> None:
        while True:
            with lock:
                index, clip = next(left, (None, None))
            if index is None or clip is None:
                return
            clip_store(athlete=user, set_id=row.id, index=index, clip=clip)

    at_once(4, send_next)
    row.refresh_from_db()
    assert row.clips_received == row.revision == row.clips.count() == len(sent)


def test_sets_started_at_once_have_their_own_index(stored: WorkoutSet) -> None:
    user = stored.workout.athlete

    def start() -> int:
        return set_start(
            athlete=user, set_id=uuid4(), workout_id=stored.workout_id, exercise=None,
            source="camera", started_at=START,
        ).index  # fmt: skip

    assert sorted(at_once(4, start)) == [1, 2, 3, 4]
