"""Corrections that are refused, and the rule of the final count against plain words."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.finals import FINAL_FIELDS, settle
from sessions.models import Attempt, Correction, WorkoutSet
from sessions.services import corrections
from tests.workouts.builders import Athlete, add_set, errors
from tests.workouts.corrections import say, undo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "count"}, "rep_count"),
        ({"kind": "count", "rep_count": -1}, "rep_count"),
        ({"kind": "count", "rep_count": 10_001}, "rep_count"),
        ({"kind": "count", "rep_count": 3, "start_ms": 0}, "start_ms"),
        ({"kind": "exercise", "exercise": "yoga"}, "exercise"),
        ({"kind": "exercise"}, "exercise"),
        ({"kind": "not_a_rep", "start_ms": 15_500}, "start_ms"),
        ({"kind": "not_a_rep"}, "start_ms"),
        ({"kind": "is_a_rep", "start_ms": 0}, "start_ms"),
        ({"kind": "better"}, "kind"),
        ({}, "kind"),
    ],
)
def test_a_refusal_names_the_field(
    athlete: Athlete, five: WorkoutSet, said: dict[str, Any], field: str
) -> None:
    answer = say(athlete, five, **said)
    assert answer.status_code == 400
    assert field in errors(answer)
    assert not Correction.objects.exists()


def test_a_set_that_goes_on_is_not_corrected(athlete: Athlete) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    row = WorkoutSet.objects.get(id=set_id)
    answer = say(athlete, row, kind="count", rep_count=3)
    assert (answer.status_code, Correction.objects.count()) == (409, 0)


def test_there_is_an_end_to_corrections(
    athlete: Athlete, five: WorkoutSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "MOST", 2)
    kept = uuid4()
    for correction in (kept, uuid4()):
        assert say(athlete, five, correction, kind="count", rep_count=7).status_code == 200
    assert undo(athlete, five, kept).status_code == 200
    assert say(athlete, five, kind="count", rep_count=3).status_code == 409
    assert say(athlete, five, kept, kind="count", rep_count=7).status_code == 200
    assert athlete.get(f"sets/{five.id}")["final_rep_count"] == 7


def test_anybody_elses_set_and_correction_are_not_there(
    athlete: Athlete, stranger: Athlete, five: WorkoutSet
) -> None:
    correction = uuid4()
    say(athlete, five, correction, kind="count", rep_count=7)
    assert say(stranger, five, kind="count", rep_count=1).status_code == 404
    assert undo(stranger, five, correction).status_code == 404
    own = add_set(stranger.user, reps=1)
    assert say(stranger, own, correction, kind="count", rep_count=7).status_code == 404
    assert undo(stranger, own, correction).status_code == 404
    assert undo(athlete, five, uuid4()).status_code == 404
    assert athlete.get(f"sets/{five.id}")["final_rep_count"] == 7


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("count"), st.integers(0, 12)),
            st.tuples(st.just("not_a_rep"), st.integers(0, 4)),
            st.tuples(st.just("is_a_rep"), st.just(0)),
            st.tuples(st.just("undo"), st.integers(0, 7)),
        ),
        max_size=8,
    )
)
def test_the_stored_count_is_the_one_that_the_rule_gives(
    athlete: Athlete, steps: list[tuple[str, int]]
) -> None:
    """Against the rule told to somebody: go through what was said, in order."""
    row = add_set(athlete.user, reps=5)
    Attempt.objects.create(
        set=row, start_ms=16_000, end_ms=18_000, reason="too_small", model_version="v1"
    )
    live: list[tuple[UUID, str, int]] = []
    for what, value in steps:
        correction = uuid4()
        if what == "count":
            say(athlete, row, correction, kind=what, rep_count=value)
        elif what == "not_a_rep":
            say(athlete, row, correction, kind=what, start_ms=3000 * value)
        elif what == "is_a_rep":
            say(athlete, row, correction, kind=what, start_ms=16_000)
        elif live:
            undo(athlete, row, live.pop(value % len(live))[0])
        if what != "undo":
            live.append((correction, what, value))
    count, seen = 5, set[tuple[str, int]]()
    for _, what, value in live:
        if what == "count":
            count, seen = value, set()
        elif (what, value) not in seen:
            seen.add((what, value))
            count += 1 if what == "is_a_rep" else -1
    stored = WorkoutSet.objects.get(id=row.id)
    assert stored.final_rep_count == max(0, count)
    fresh = WorkoutSet.objects.get(id=row.id)
    settle(fresh)
    assert [getattr(fresh, name) for name in FINAL_FIELDS] == [
        getattr(stored, name) for name in FINAL_FIELDS
    ]
