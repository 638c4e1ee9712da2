"""What an open page is told of a set: as the serializer says it, in few questions."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from sessions.consumers.states import told_of
from sessions.models import Finding, WorkoutSet
from sessions.selectors.pages import sets_for_pages
from sessions.serializers.quick import teller
from sessions.serializers.sets import RepSerializer, SetAnalyzedSerializer
from sessions.services.sets import set_start
from sessions.services.workouts import workout_start
from tests.workouts.builders import START, Athlete, squats
from tests.workouts.conftest import Queue
from tests.workouts.corrections import say


@pytest.fixture
def counted(athlete: Athlete, queue: Queue) -> UUID:
    """A set with repetitions, an attempt, a finding and words."""
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(4)))
    queue.run()
    row = WorkoutSet.objects.get(pk=set_id)
    span = {"start_ms": 7000, "end_ms": 7900, "model_version": "1"}
    row.attempts.create(reason="too_small", **span)
    row.attempts.create(reason="too_fast", start_ms=100, end_ms=200, model_version="1")
    for rep in (row.reps.first(), None):
        Finding.objects.create(
            set=row, rep=rep, fault="depth", measured=1, limit=2, unit="deg", severity=0.5, **span
        )
    assert say(athlete, row, kind="count", rep_count=9).status_code == 200
    return set_id


def told(set_ids: list[UUID], *athletes: Athlete) -> dict[UUID, Any]:
    pairs = [(one, athlete.user.pk) for one in set_ids for athlete in athletes]
    return {set_id: orjson.loads(text) for (set_id, _), text in told_of(pairs).items()}


def test_the_quick_way_says_what_the_serializer_says(athlete: Athlete, counted: UUID) -> None:
    empty = athlete.start_set(athlete.start_workout(), None)
    found = sets_for_pages([counted, empty], [athlete.user.pk])
    assert len(found) == 2
    serializer = SetAnalyzedSerializer()
    tell = teller(serializer)
    for one in found:
        assert tell(one) == serializer.to_representation(one)


def test_the_newest_rows_and_all_words_are_told(athlete: Athlete, counted: UUID) -> None:
    one = told([counted], athlete)[counted]
    assert (one["type"], one["last_rep"]["index"]) == ("set.analyzed", 3)
    assert one["last_attempt"]["reason"] == "too_small"
    assert [word["rep_count"] for word in one["set"]["corrections"]] == [9]
    assert {finding["rep"] for finding in one["set"]["findings"]} == {0, None}


def test_what_is_long_ago_is_no_news(athlete: Athlete, counted: UUID) -> None:
    WorkoutSet.objects.filter(pk=counted).update(analyzed_to_ms=200_000)
    one = told([counted], athlete)[counted]
    assert (one["last_rep"], one["last_attempt"]) == (None, None)


def test_only_own_sets_that_are_alive_are_told(
    athlete: Athlete, stranger: Athlete, counted: UUID
) -> None:
    gone = athlete.start_set(athlete.start_workout())
    assert athlete.call("DELETE", f"sets/{gone}").status_code == 204
    workout = athlete.start_workout()
    of_gone_workout = athlete.start_set(workout)
    assert athlete.call("DELETE", f"workouts/{workout}").status_code == 204
    others = stranger.start_set(stranger.start_workout())
    everything = [counted, gone, of_gone_workout, others, uuid4()]
    assert set(told(everything, athlete)) == {counted}
    assert set(told(everything, stranger)) == {others}
    assert told([], athlete) == {}


def test_many_plain_sets_are_three_questions(athlete: Athlete) -> None:
    workout = athlete.start_workout()
    sets = [athlete.start_set(workout) for _ in range(5)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert set(told(sets, athlete)) == set(sets)
    assert len(asked) == 3


def test_only_serializers_of_one_row_are_quick() -> None:
    with pytest.raises(TypeError, match="expected a Serializer, got ListSerializer"):
        teller(RepSerializer(many=True))


@pytest.mark.engines
def test_on_postgresql_too(on_postgres: None) -> None:
    user = User.objects.create_user("ada@example.org")
    workout = workout_start(athlete=user, workout_id=uuid4(), started_at=START, time_zone="UTC")
    row = set_start(
        athlete=user, set_id=uuid4(), workout_id=workout.id, exercise="squat",
        source="camera", started_at=START,
    )  # fmt: skip
    span = {"end_ms": 900, "model_version": "1"}
    row.attempts.create(reason="too_small", start_ms=100, **span)
    row.attempts.create(reason="too_fast", start_ms=200, **span)
    row.corrections.create(kind="count", rep_count=9, author=user)
    [one] = sets_for_pages([row.pk, uuid4()], [user.pk])
    serializer = SetAnalyzedSerializer()
    assert teller(serializer)(one) == serializer.to_representation(one)
    assert (one.athlete_id, one.last_rep, one.last_attempt.reason) == (user.pk, None, "too_fast")
    assert [word.rep_count for word in one.live_corrections] == [9]
