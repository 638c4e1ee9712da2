"""A stretch of history counted by another version: beside, in place of, and back again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from sessions.comparing import compare
from sessions.models import ModelVersion, Rep, Rescore, SetResult, TrendDay, WorkoutSet
from sessions.services.rescores import (
    rescore_adopt,
    rescore_revert,
)
from tests.workouts.builders import START, Athlete
from tests.workouts.conftest import Queue
from tests.workouts.rescoring.history import OTHER, SHIPPED, order, result_of, train


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


def test_a_version_for_other_code_is_not_ordered(version: ModelVersion, admin: User) -> None:
    version.features_version = "1"
    with pytest.raises(ValidationError, match="does not fit this code"):
        order(version, admin)
    assert not Rescore.objects.exists()
