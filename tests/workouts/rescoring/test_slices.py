"""A re-score in slices: what stops it, what breaks in it, and how it goes on."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from sessions import rescoring
from sessions.models import ModelVersion, Rescore, SetResult, WorkoutSet
from sessions.services.rescores import (
    rescore_adopt,
    rescore_go_on,
    rescore_stop,
)
from sessions.tasks import sweep
from tests.workouts.builders import Athlete
from tests.workouts.conftest import Queue
from tests.workouts.rescoring.history import OTHER, SHIPPED, order


def test_a_slice_that_was_cut_off_goes_on(
    trained: list[WorkoutSet],
    version: ModelVersion,
    admin: User,
    queue: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rescore = order(version, admin)
    queue.waiting.clear()
    Rescore.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    assert rescoring.overdue() == [rescore.pk]
    real, scored = rescoring.answer_by, []

    def killed_at_the_second(*args: Any) -> Any:
        scored.append(args[0].pk)
        if len(scored) == 2:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(rescoring, "answer_by", killed_at_the_second)
    with pytest.raises(SystemExit):
        rescoring.advance(rescore.pk)
    assert SetResult.objects.count() == 1
    assert rescoring.advance(rescore.pk) is False
    rescore.refresh_from_db()
    assert (rescore.state, rescore.done, len(scored)) == ("scored", 3, 4)


def test_a_set_that_cannot_be_read_ends_nothing(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    trained[1].clips.update(payload=b"broken")
    rescore = order(version, admin)
    queue.run()
    rescore.refresh_from_db()
    assert (rescore.state, rescore.done, rescore.failed) == ("scored", 3, 1)
    rescore_adopt(rescore.pk)
    queue.run()
    trained[1].refresh_from_db()
    assert (trained[1].model_version, trained[1].rep_count) == (SHIPPED, 3)


def test_it_can_be_stopped_and_goes_on(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    rescore = order(version, admin)
    rescore_stop(rescore.pk)
    queue.run()
    assert not SetResult.objects.exists()
    with pytest.raises(ValidationError, match="stopped"):
        rescore_adopt(rescore.pk)
    rescore_go_on(rescore.pk)
    queue.run()
    assert SetResult.objects.count() == 3


def test_what_breaks_in_the_middle_is_told_and_can_be_tried_again(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rescore = order(version, admin)
    with monkeypatch.context() as broken:
        broken.setattr(rescoring, "_let_live_sets_pass", lambda: _raise(OSError("disk")))
        with pytest.raises(OSError, match="disk"):
            queue.run()
    rescore.refresh_from_db()
    assert (rescore.state, rescore.error) == ("failed", "OSError: disk")
    rescore_go_on(rescore.pk)
    queue.run()
    rescore.refresh_from_db()
    assert (rescore.state, rescore.error, rescore.done) == ("scored", "", 3)


def _raise(error: Exception) -> None:
    raise error


def test_stopped_in_the_middle_it_ends_after_the_set_at_hand(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rescore = order(version, admin)
    monkeypatch.setattr(rescoring, "_let_live_sets_pass", lambda: rescore_stop(rescore.pk))
    queue.run()
    assert SetResult.objects.filter(model_version=OTHER).count() == 1
    assert Rescore.objects.get().state == "stopped"


def test_slices_follow_one_another_and_a_lost_one_is_found(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    order(version, admin)
    queue.waiting.clear()
    Rescore.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    clock = iter(range(10_000))
    monkeypatch.setattr(rescoring, "time", SimpleNamespace(monotonic=clock.__next__))
    monkeypatch.setattr(rescoring, "SLICE_S", 1.5)
    monkeypatch.setattr(rescoring, "_let_live_sets_pass", lambda: None)
    sweep()
    assert queue.run().count("advance_rescore") >= 3
    assert Rescore.objects.get().state == "scored"


def test_whoever_trains_now_goes_first_for_a_while(
    athlete: Athlete, trained: list[WorkoutSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    clock = iter(range(100))
    told = SimpleNamespace(monotonic=clock.__next__, sleep=slept.append)
    monkeypatch.setattr(rescoring, "time", told)
    monkeypatch.setattr(rescoring, "YIELD_S", 2.5)
    rescoring._let_live_sets_pass()
    assert slept == [], "nobody trains"
    WorkoutSet.objects.filter(pk=trained[0].pk).update(revision=99)
    rescoring._let_live_sets_pass()
    assert len(slept) == 2


def test_a_result_of_fewer_clips_than_there_are_now_is_not_made_the_result(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    rescore = order(version, admin)
    queue.run()
    SetResult.objects.filter(set=trained[0], model_version=OTHER).update(revision=1)
    assert rescoring._adopt(rescore, trained[0]) is False
    trained[0].refresh_from_db()
    assert trained[0].model_version == SHIPPED
