"""Keypoints go after the time that their athlete chose; what was counted stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sessions import retention
from sessions.models import Clip, WorkoutSet
from sessions.tasks import analyze_set, remove_old_keypoints
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue


def train(athlete: Athlete, days_ago: int) -> WorkoutSet:
    at = timezone.now() - timedelta(days=days_ago)
    set_id = athlete.start_set(athlete.start_workout(at), at=at)
    athlete.finish(set_id, athlete.send_all(set_id, squats(2)))
    return WorkoutSet.objects.get(id=set_id)


@pytest.fixture
def sets(athlete: Athlete, queue: Queue) -> tuple[WorkoutSet, WorkoutSet]:
    old, young = train(athlete, 40), train(athlete, 20)
    queue.run()
    return old, young


def keep(athlete: Athlete, days: int | None) -> Any:
    return athlete.call("PATCH", "me", {"keypoints_days": days})


def test_they_are_kept_for_good_unless_the_athlete_says_otherwise(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet]
) -> None:
    before = Clip.objects.count()
    assert athlete.get("me")["keypoints_days"] is None
    remove_old_keypoints()
    assert Clip.objects.count() == before


def test_old_ones_go_and_their_results_stay(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet]
) -> None:
    old, young = sets
    assert keep(athlete, 30).status_code == 200
    remove_old_keypoints()
    assert not old.clips.exists()
    assert young.clips.exists()
    told = athlete.get(f"sets/{old.pk}")
    assert (told["rep_count"], len(told["reps"])) == (2, 2)
    assert athlete.get(f"sets/{old.pk}/frames?from_ms=0")["t_ms"] == []


def test_a_set_without_keypoints_is_not_counted_anew(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet], queue: Queue
) -> None:
    old, _ = sets
    keep(athlete, 30)
    remove_old_keypoints()
    said = {"kind": "exercise", "exercise": "lunge"}
    url = f"sets/{old.pk}/corrections/00000000-0000-4000-8000-000000000001"
    assert athlete.call("PUT", url, said).status_code == 200
    queue.run()
    analyze_set(str(old.pk))
    old.refresh_from_db()
    assert (old.rep_count, old.final_exercise, old.state) == (2, "lunge", "done")


def test_what_is_not_counted_yet_waits(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet]
) -> None:
    old, _ = sets
    WorkoutSet.objects.filter(pk=old.pk).update(revision=99)
    keep(athlete, 30)
    remove_old_keypoints()
    assert old.clips.exists()


def test_slices_go_on_until_all_is_done(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(athlete, 10)
    monkeypatch.setattr(retention, "SLICE_S", -1.0)
    monkeypatch.setattr(retention, "_AT_ONCE", 1)
    assert retention.remove_old_keypoints() == athlete.user.pk
    assert retention.remove_old_keypoints() == athlete.user.pk
    assert retention.remove_old_keypoints() is None
    assert not Clip.objects.exists()


@pytest.mark.parametrize("days", [3, 3_651])
def test_less_than_a_week_and_more_than_ten_years_are_refused(athlete: Athlete, days: int) -> None:
    answer = keep(athlete, days)
    assert answer.status_code == 400
    assert answer.json()["error"]["fields"][0]["field"] == "keypoints_days"


def test_a_slice_goes_on_where_the_one_before_it_ended(
    athlete: Athlete, stranger: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (athlete, stranger):
        train(one, 40)
        keep(one, 30)
    queue.run()
    monkeypatch.setattr(retention, "SLICE_S", -1)  # each slice is over as soon as it has begun
    first, second = sorted(one.user.pk for one in (athlete, stranger))
    assert retention.remove_old_keypoints() == first  # it may have had more
    assert retention.remove_old_keypoints(first) == second
    assert Clip.objects.filter(set__workout__athlete=second).exists()
    assert retention.remove_old_keypoints(second) == second
    assert retention.remove_old_keypoints(second) is None
    assert not Clip.objects.exists()


def test_what_came_after_the_removal_is_removed_too(
    athlete: Athlete, sets: tuple[WorkoutSet, WorkoutSet]
) -> None:
    old, _ = sets
    keep(athlete, 30)
    remove_old_keypoints()
    kept = Clip.objects.filter(set=sets[1]).first()
    assert kept
    kept.pk, kept.set = None, old
    kept.save()
    WorkoutSet.objects.filter(pk=old.pk).update(changed_at=timezone.now())
    remove_old_keypoints()
    assert not old.clips.exists()
