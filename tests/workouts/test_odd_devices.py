"""Two devices on one set, clocks that are wrong, and clips that come a week late."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from sessions.abandoned import finish_abandoned
from sessions.models import Clip, Rep, TrendDay, WorkoutSet
from tests.workouts.builders import START, Athlete, clips, set_body, squats
from tests.workouts.conftest import Queue

WEEK = timedelta(days=7)


def counted(set_id: object) -> tuple[object, ...]:
    """What a set comes to: count, movements, and the sum in the trend."""
    row = WorkoutSet.objects.get(pk=set_id)
    assert row.analyzed_revision == row.revision
    reps = tuple(Rep.objects.filter(set=row).order_by("start_ms").values_list("start_ms", "end_ms"))
    days = TrendDay.objects.filter(athlete=row.workout.athlete)
    return row.exercise, row.final_rep_count, reps, sum(days.values_list("reps", flat=True))


def on_time(athlete: Athlete, queue: Queue) -> tuple[object, ...]:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(4)))
    queue.run()
    found = counted(set_id)
    WorkoutSet.objects.filter(pk=set_id).delete()
    TrendDay.objects.all().delete()
    return found


def test_two_devices_finish_one_set_and_the_first_word_stands(
    athlete: Athlete, queue: Queue
) -> None:
    expected = on_time(athlete, queue)
    set_id = athlete.start_set(athlete.start_workout())
    parts = list(clips(squats(4)))
    for index, clip in enumerate(parts):  # each device sends what it has: all of it, twice
        assert athlete.send(set_id, index, clip).status_code == 202
    phone, laptop = START + timedelta(minutes=1), START + timedelta(minutes=1, seconds=2)
    assert athlete.finish(set_id, len(parts), phone).status_code == 200
    for index, clip in enumerate(parts):
        assert athlete.send(set_id, index, clip).json()["duplicate"] is True
    refused = athlete.finish(set_id, len(parts), laptop)
    assert refused.status_code == 409
    assert str(len(parts)) in refused.json()["error"]["message"]
    assert athlete.finish(set_id, len(parts), phone).status_code == 200
    queue.run()
    assert counted(set_id) == expected
    assert Clip.objects.filter(set=set_id).count() == len(parts)


def test_a_device_that_knows_fewer_clips_does_not_cut_the_set(
    athlete: Athlete, queue: Queue
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    count = athlete.send_all(set_id, squats(4))
    refused = athlete.finish(set_id, count - 1)
    assert refused.status_code == 400
    assert refused.json()["error"]["fields"][0]["field"] == "clip_count"
    assert WorkoutSet.objects.get(pk=set_id).ended_at is None
    assert athlete.finish(set_id, count).status_code == 200


def test_clips_of_a_week_ago_make_the_same_result(athlete: Athlete, queue: Queue) -> None:
    expected = on_time(athlete, queue)
    set_id = athlete.start_set(athlete.start_workout())
    parts = list(clips(squats(4)))
    athlete.send(set_id, 0, parts[0])
    queue.run()
    long_ago = timezone.now() - WEEK
    WorkoutSet.objects.filter(pk=set_id).update(changed_at=long_ago)
    Clip.objects.filter(set=set_id).update(received_at=long_ago)
    finish_abandoned()
    queue.run()
    assert WorkoutSet.objects.get(pk=set_id).abandoned
    for index in reversed(range(1, len(parts))):  # the phone is found again
        assert athlete.send(set_id, index, parts[index]).status_code == 202
        queue.run()
    assert athlete.finish(set_id, len(parts)).status_code == 200
    queue.run()
    assert counted(set_id) == expected


def test_a_clock_that_is_hours_wrong_loses_nothing_and_one_that_is_days_ahead_is_told(
    athlete: Athlete, queue: Queue
) -> None:
    now = timezone.now()
    for ahead in (timedelta(hours=20), timedelta(hours=-20), -365 * timedelta(days=1)):
        at = now + ahead
        set_id = athlete.start_set(athlete.start_workout(at), at=at)
        count = athlete.send_all(set_id, squats(2))
        assert athlete.finish(set_id, count, at + timedelta(minutes=1)).status_code == 200
        queue.run()
        assert WorkoutSet.objects.get(pk=set_id).final_rep_count == 2
    at = now + timedelta(days=2)
    body = {"started_at": at.isoformat(), "time_zone": "UTC"}
    refused = athlete.call("PUT", f"workouts/{uuid4()}", body)
    assert refused.status_code == 400
    assert "clock" in refused.json()["error"]["message"]


def test_a_clock_that_is_set_back_within_a_set_ends_it_where_it_began(athlete: Athlete) -> None:
    workout_id = athlete.start_workout()
    set_id = athlete.start_set(workout_id)
    count = athlete.send_all(set_id, squats(2))
    back = START - timedelta(hours=1)
    for _ in range(2):  # also when the answer was lost
        assert athlete.finish(set_id, count, back).status_code == 200
    assert WorkoutSet.objects.get(pk=set_id).ended_at == START
    ended = athlete.call("POST", f"workouts/{workout_id}/finish", {"ended_at": back.isoformat()})
    assert ended.status_code == 200
    assert ended.json()["ended_at"] == ended.json()["started_at"]


def test_a_set_may_start_before_its_workout_does(athlete: Athlete) -> None:
    """Two devices, two clocks: what is kept is what each said."""
    workout_id, set_id = athlete.start_workout(), uuid4()
    early = set_body(workout_id, "squat", START - timedelta(minutes=3))
    assert athlete.call("PUT", f"sets/{set_id}", early).status_code == 200
