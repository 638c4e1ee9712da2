"""Open sets counted many at once: as an analysis would, whoever else is in the batch."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from models import following as of_models
from models.registry import load
from sessions import analysis, door, following
from sessions.models import Rep, WorkoutSet
from sessions.waiting import DUE, TAIL, WHOLE, lists
from tests.workouts.builders import FPS, Athlete, clips, squats, standing
from tests.workouts.conftest import Queue

TEN = list(clips(squats(10)))
NETWORK = load()


@pytest.fixture(autouse=True)
def nobody_waits() -> Iterator[None]:
    yield
    following._kept.clear()


def row(set_id: UUID) -> WorkoutSet:
    return WorkoutSet.objects.get(pk=set_id)


def followed(athlete: Athlete, set_id: UUID, sent: list[Any], first: int = 0) -> list[int]:
    """Clips one by one; the count after each."""
    counts = []
    for index, clip in enumerate(sent, first):
        athlete.send(set_id, index, clip)
        rest = following.follow([set_id], NETWORK)
        assert rest == following.Rest([], [set_id])
        counts.append(row(set_id).rep_count)
    return counts


def test_repetitions_are_counted_as_they_come(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    counts = followed(athlete, set_id, TEN)
    assert counts == sorted(counts)
    assert abs(counts[-1] - 10) <= 1
    one = row(set_id)
    assert one.analyzed_revision == one.revision
    assert one.rep_count == one.final_rep_count == one.reps.count()
    assert one.attempt_count == one.attempts.count()
    moved_ms = sum(rep.end_ms - rep.start_ms for rep in one.reps.all())
    assert one.active_s == pytest.approx(moved_ms / 1000)
    assert list(one.reps.values_list("index", flat=True)) == list(range(one.rep_count))
    assert one.analyzed_to_ms == int(TEN[-1].t_ms[-1])


def test_whoever_loses_the_follower_goes_on_from_the_rows(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    followed(athlete, set_id, TEN[:6])
    following._kept.clear()
    counts = followed(athlete, set_id, TEN[6:], first=6)
    assert abs(counts[-1] - 10) <= 1
    assert row(set_id).reps.count() == counts[-1]


def test_another_worker_that_was_faster_is_believed(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    for index, clip in enumerate(TEN):
        athlete.send(set_id, index, clip)
    real = of_models.look

    def overtaken(*asked: Any) -> Any:
        analysis.analyze_set(set_id)
        return real(*asked)

    monkeypatch.setattr(following, "look", overtaken)
    following.follow([set_id], NETWORK)
    assert row(set_id).rep_count == Rep.objects.filter(set=set_id).count() == 10


def test_what_cannot_be_followed_is_left_to_the_analysis(athlete: Athlete, queue: Queue) -> None:
    workout = athlete.start_workout()
    plank = athlete.start_set(workout, "plank")
    late = athlete.start_set(workout)
    done = athlete.start_set(workout)
    athlete.send(plank, 0, TEN[0])
    for index in (0, 2):
        athlete.send(late, index, TEN[index])
    following.follow([late], NETWORK)
    athlete.send(late, 1, TEN[1])
    athlete.finish(done, athlete.send_all(done, squats(3)))
    rest = following.follow([plank, late, done], NETWORK)
    assert (set(rest.whole), rest.tails) == ({plank, late, done}, [])


def test_the_door_counts_the_batch_then_reads_thoroughly(athlete: Athlete, queue: Queue) -> None:
    workout = athlete.start_workout()
    open_set, done = athlete.start_set(workout), athlete.start_set(workout)
    athlete.send_all(open_set, squats(5))
    athlete.finish(done, athlete.send_all(done, squats(4)))
    queue.waiting.clear()
    answered = door.answer()
    while answered.is_more:
        answered = door.answer()
    assert row(open_set).rep_count == 5
    assert row(done).rep_count == 4
    assert [lists().take(name, 9) for name in (DUE, WHOLE, TAIL)] == [[], [], []]


def test_what_is_remembered_is_bounded(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_FRAMES", 20 * FPS)
    for _ in range(3):
        set_id = athlete.start_set(athlete.start_workout())
        athlete.send_all(set_id, standing(12 * FPS))
        following.follow([set_id], NETWORK)
    assert list(following._kept) == [set_id]


@pytest.mark.engines
def test_on_postgres_too(on_postgres: None, queue: Queue) -> None:
    from accounts.models import User

    athlete = Athlete(User.objects.create_user("ada@example.org"))
    set_id = athlete.start_set(athlete.start_workout())
    assert abs(followed(athlete, set_id, TEN)[-1] - 10) <= 1
