"""What a crash, a lost broker, a closed page or a broken model leaves, and who finds it."""

import pytest
from django.utils import timezone

from models import discriminator
from models.results import Analysis
from sessions import abandoned, analysis, tasks
from sessions.models import WorkoutSet
from sessions.models.sets import GIVE_UP_AFTER
from tests.workouts.builders import Athlete, clips, squats
from tests.workouts.conftest import Queue

FIVE = list(clips(squats(5)))


def test_a_set_that_cannot_be_analysed_is_given_up_kindly(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Analysis:
        raise RuntimeError("no weights")

    set_id = athlete.start_set(athlete.start_workout())
    athlete.send(set_id, 0, FIVE[0])
    athlete.finish(set_id, 1)
    with monkeypatch.context() as patch:
        patch.setattr(discriminator, "analyze", broken)
        for _ in range(GIVE_UP_AFTER):
            with pytest.raises(RuntimeError):
                tasks.analyze_set.run(str(set_id))
    told = athlete.get(f"sets/{set_id}")
    assert (told["state"], told["message"]) == (
        "done",
        "I could not read this set. Your recording is kept.",
    )
    assert analysis.overdue() == []


def test_sweep_finds_what_a_crash_left_undone(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    count = athlete.send_all(set_id, squats(3))
    athlete.finish(set_id, count)
    queue.waiting.clear()  # the broker is lost with everything in it

    tasks.sweep.run()
    assert queue.waiting == []  # too young: still in the queue, for all that is known
    WorkoutSet.objects.update(changed_at=timezone.now() - 2 * analysis.SETTLED_AFTER)
    tasks.sweep.run()
    task, args = queue.waiting.pop()
    task.run(*args)
    queue.waiting.clear()  # and lost again, before the trend was made

    assert athlete.get(f"sets/{set_id}")["rep_count"] == 3
    assert athlete.get("trends?period=all")["series"] == []
    tasks.sweep_trends.run()
    assert queue.run() == ["refresh_trend"]
    assert athlete.get("trends?period=all")["series"][0]["points"][0]["reps"] == 3
    tasks.sweep.run()
    tasks.sweep_trends.run()
    assert queue.waiting == []


def test_a_set_that_nobody_finished_is_finished_and_reopened_by_what_comes(
    athlete: Athlete, queue: Queue
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    for index, clip in enumerate(FIVE[:4]):
        athlete.send(set_id, index, clip)
    tasks.sweep.run()
    assert athlete.get(f"sets/{set_id}")["state"] == "open"

    WorkoutSet.objects.update(changed_at=timezone.now() - abandoned.AFTER)
    tasks.sweep.run()
    queue.run()
    told = athlete.get(f"sets/{set_id}")
    assert (told["state"], told["clip_count"]) == ("done", 4)
    assert athlete.get("trends?period=all")["series"][0]["points"][0]["sets"] == 1

    for index, clip in enumerate(FIVE[4:], start=4):
        assert athlete.send(set_id, index, clip).status_code == 202
    assert athlete.get(f"sets/{set_id}")["state"] == "open"
    assert athlete.finish(set_id, len(FIVE)).status_code == 200
    queue.run()
    told = athlete.get(f"sets/{set_id}")
    assert (told["state"], told["rep_count"], told["missing_clips"]) == ("done", 5, [])
