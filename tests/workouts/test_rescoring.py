"""A stretch of history counted by another version: beside, in place of, and back again."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from models.registry import read_card
from sessions import rescoring
from sessions.comparing import compare
from sessions.models import ModelVersion, Rep, Rescore, SetResult, TrendDay, WorkoutSet
from sessions.services.rescores import (
    rescore_adopt,
    rescore_go_on,
    rescore_order,
    rescore_revert,
    rescore_stop,
)
from sessions.services.versions import version_register
from sessions.tasks import sweep
from tests.workouts.builders import START, Athlete, squats
from tests.workouts.conftest import Queue
from tests.workouts.versions import confused

SHIPPED = read_card().version
OTHER = "0.9-confused"


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(rescoring, "YIELD_S", 0.0)


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


@pytest.fixture
def version(admin: User) -> ModelVersion:
    return version_register(confused(OTHER), by=admin)[0]


def train(athlete: Athlete, days: int = 0, exercise: str | None = None) -> WorkoutSet:
    at = START + timedelta(days=days)
    set_id = athlete.start_set(athlete.start_workout(at), exercise, at)
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    return WorkoutSet.objects.get(id=set_id)


@pytest.fixture
def trained(athlete: Athlete, queue: Queue) -> list[WorkoutSet]:
    sets = [train(athlete, days) for days in range(3)]
    queue.run()
    for one in sets:
        one.refresh_from_db()
    return sets


def order(version: ModelVersion, by: User, **more: Any) -> Rescore:
    days = {"since": START.date(), "until": START.date() + timedelta(days=9)}
    return rescore_order(version=version, by=by, **{**days, **more})


def result_of(row: WorkoutSet) -> dict[str, Any]:
    """All that an athlete sees of a set."""
    row.refresh_from_db()
    columns = ("rep_count", "exercise", "final_exercise", "final_rep_count", "model_version",
               "confidence", "visible", "active_s", "rom_deg", "attempt_count")  # fmt: skip
    reps = row.reps.values_list("index", "start_ms", "turn_ms", "end_ms", "rom_deg", "down_s")
    found = row.findings.order_by("start_ms", "fault").values_list(
        "fault", "rep__index", "measured"
    )
    return {**{name: getattr(row, name) for name in columns}, "reps": list(reps), "f": list(found)}


def test_scoring_writes_beside_what_counts(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    before = [result_of(row) for row in trained]
    rescore = order(version, admin)
    queue.run()
    rescore.refresh_from_db()
    assert (rescore.state, rescore.total, rescore.done) == ("scored", 3, 3)
    assert [result_of(row) for row in trained] == before
    for kept in SetResult.objects.filter(model_version=OTHER):
        assert kept.rep_count == 3
        assert kept.exercise not in ("", "squat")


def test_adopting_and_back_again_leaves_what_was(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    before = [result_of(row) for row in trained]
    rescore = order(version, admin)
    queue.run()
    rescore_adopt(rescore.pk)
    queue.run()
    rescore.refresh_from_db()
    assert (rescore.state, rescore.done) == ("adopted", 3)
    for row in trained:
        row.refresh_from_db()
        assert row.model_version == OTHER
        assert row.exercise == row.final_exercise != "squat"
        assert {rep.model_version for rep in row.reps.all()} == {OTHER}
        assert {one.model_version for one in row.results.all()} == {OTHER, SHIPPED}
    rescore_revert(rescore.pk)
    queue.run()
    rescore.refresh_from_db()
    assert rescore.state == "scored"
    assert [result_of(row) for row in trained] == before


def test_trends_keep_the_versions_apart(
    athlete: Athlete, version: ModelVersion, admin: User, queue: Queue
) -> None:
    for days in range(3):
        train(athlete, days, "squat")
    queue.run()
    rescore = order(version, admin, since=START.date(), until=START.date())
    queue.run()
    rescore_adopt(rescore.pk)
    queue.run()
    found = TrendDay.objects.order_by("day").values_list("model_version", flat=True)
    assert list(found) == [OTHER, SHIPPED, SHIPPED]


def test_what_was_said_stands_above_every_version(
    athlete: Athlete, trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    row = trained[0]
    correction = f"sets/{row.pk}/corrections/{'0' * 7}1-0000-4000-8000-000000000000"
    athlete.call("PUT", correction, {"kind": "count", "rep_count": 7})
    rescore = order(version, admin)
    queue.run()
    rescore_adopt(rescore.pk)
    queue.run()
    row.refresh_from_db()
    assert (row.rep_count, row.final_rep_count, row.model_version) == (3, 7, OTHER)
    rows = compare(rescore).changes
    assert {one.said for one in rows} == {7, None}


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


def test_only_the_athletes_and_days_that_were_named(
    athlete: Athlete, stranger: Athlete, version: ModelVersion, admin: User, queue: Queue
) -> None:
    own, others = train(athlete), train(stranger)
    late = train(athlete, days=20)
    queue.run()
    order(version, admin, athletes=[athlete.user])
    queue.run()
    assert SetResult.objects.get().set == own
    assert not others.results.exists()
    assert not late.results.exists()


def test_what_was_analysed_anew_since_is_not_taken_back(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    rescore = order(version, admin)
    queue.run()
    rescore_adopt(rescore.pk)
    queue.run()
    WorkoutSet.objects.filter(pk=trained[0].pk).update(model_version="newer")
    rescore_revert(rescore.pk)
    queue.run()
    trained[0].refresh_from_db()
    assert trained[0].model_version == "newer"
    assert Rep.objects.filter(set=trained[1]).first().model_version == SHIPPED  # type: ignore[union-attr]


def test_the_days_have_to_be_in_order(version: ModelVersion, admin: User) -> None:
    with pytest.raises(ValidationError, match="last day"):
        order(version, admin, since=date(2026, 3, 2), until=date(2026, 3, 1))


def test_the_comparison_says_what_changes(
    trained: list[WorkoutSet], version: ModelVersion, admin: User, queue: Queue
) -> None:
    rescore = order(version, admin)
    queue.run()
    SetResult.objects.filter(set=trained[0], model_version=OTHER).update(rep_count=5)
    _says_what_changes(rescore)
    rescore_adopt(rescore.pk)
    queue.run()
    _says_what_changes(rescore)


def _says_what_changes(rescore: Rescore) -> None:
    found = compare(rescore)
    (row,) = found.rows
    assert (row.exercise, row.sets, row.same, row.more, row.fewer) == ("squat", 3, 2, 1, 0)
    assert (row.before, row.after, row.renamed, found.changed) == (9, 11, 3, 3)
    assert (found.changes[0].before, found.changes[0].after) == (3, 5)


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


def test_a_version_for_other_code_is_not_ordered(version: ModelVersion, admin: User) -> None:
    version.features_version = "1"
    with pytest.raises(ValidationError, match="does not fit this code"):
        order(version, admin)
    assert not Rescore.objects.exists()
