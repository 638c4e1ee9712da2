"""Exercises and programmes leave as tables and come back; what is wrong is said before."""

import json
from typing import Any

import pytest
from tablib import Dataset

from accounts.models import User
from coach.models import Programme
from coach.resources import ProgrammeResource
from coach.services.programmes import programmes_load
from sessions.admin.resources import ExerciseResource
from sessions.models import Exercise
from sessions.services.catalogue import catalogue_load


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    catalogue_load()


def brought(resource: Any, rows: list[dict[str, Any]]) -> Any:
    data = Dataset(headers=list(rows[0]))
    for row in rows:
        data.append(list(row.values()))
    return resource.import_data(data, dry_run=False, use_transactions=True)


def test_words_of_an_exercise_come_back_and_nothing_else() -> None:
    row = {"slug": "squat", "name": "Plié", "kind": "hold", "view": "any",
           "description": "Down and up.", "is_active": "0"}  # fmt: skip
    assert not brought(ExerciseResource(), [row]).has_errors()
    squat = Exercise.objects.get(slug="squat")
    assert (squat.description, squat.is_active) == ("Down and up.", False)
    assert (squat.name, squat.kind) == ("Squat", "reps")
    assert squat.history.count() == 2


def test_an_exercise_that_nobody_knows_is_refused() -> None:
    row = {"slug": "yodel", "name": "", "kind": "", "view": "", "description": "", "is_active": "1"}
    found = brought(ExerciseResource(), [row])
    assert found.has_errors()
    assert "no exercise 'yodel'" in str(found.row_errors()[0][1][0].error)
    assert not Exercise.objects.filter(slug="yodel").exists()


def test_programmes_go_out_and_in_with_their_days() -> None:
    programmes_load()
    told = ProgrammeResource().export()
    before = {row["slug"]: json.loads(row["days"]) for row in told.dict}
    Programme.objects.all().delete()
    found = ProgrammeResource().import_data(told, dry_run=False, use_transactions=True)
    assert not found.has_errors()
    after = {row["slug"]: json.loads(row["days"]) for row in ProgrammeResource().export().dict}
    assert after == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"days": '[{"items": [{"exercise": "yodel", "sets": 3}]}]'}, "There is no such exercise."),
        ({"days": '[{"items": [{"exercise": "squat", "sets": "many"}]}]'}, "days: "),
        ({"days": "[]"}, "days: expected a list of 1 to"),
        ({"days": "{}"}, "days: expected a list of 1 to"),
        ({"days": "no"}, "days: is not JSON"),
        ({"slug": ""}, "slug: is missing"),
    ],
)
def test_a_programme_that_is_wrong_is_named_and_changes_nothing(
    change: dict[str, str], told: str
) -> None:
    programmes_load()
    before = ProgrammeResource().export().dict
    found = brought(ProgrammeResource(), [{**before[0], "title": "Another", **change}])
    assert found.has_errors()
    assert told in str(found.row_errors()[0][1][0].error)
    assert ProgrammeResource().export().dict == before


def test_a_save_that_changes_nothing_leaves_no_history() -> None:
    user = User.objects.create_user("ada@example.org")
    user.save(update_fields=["last_login"])
    catalogue_load()
    assert user.history.count() == 1
    assert Exercise.objects.get(slug="squat").history.count() == 1
