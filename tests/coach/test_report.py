"""A period on paper: sums, what was asked, what is worth a look; and the same days as a table."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from coach.models import Access, Message, Thread
from coach.services.links import grant_link
from sessions.models import WorkoutSession
from tests.coach.builders import MONDAY, a_plan, a_workout, do, planned_rows, squats
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db
WEEK = f"from={MONDAY}&to={MONDAY + timedelta(days=6)}"


@pytest.fixture
def tom(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("tom@example.org", is_coach=True))


def of(ada: Athlete, what: str = "report") -> str:
    return f"athletes/{ada.user.id}/{what}?{WEEK}"


def test_sums_are_of_these_days_and_of_as_many_before(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    for offset in (-8, -1, 0, 6, 7):
        a_workout(ada.user, MONDAY + timedelta(days=offset), *squats(8, 4, active_s=10))
    told = tom.get(of(ada))
    assert told["totals"] == {"workouts": 2, "days": 2, "sets": 4, "reps": 24, "active_s": 40}
    assert told["before"]["workouts"] == 1
    assert (told["since"], told["until"]) == ("2026-03-02", "2026-03-08")
    assert [look.what for look in Access.objects.all()] == ["report"]


def test_compliance_and_comments_only_as_granted(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    rows = planned_rows(a_plan(ada.user))
    do(rows[0], *squats(8, 8, 8))
    told = tom.get(of(ada))
    assert (told["compliance"], told["messages"]) == (None, None)
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "plan", "comments"])
    told = tom.get(of(ada))
    assert told["compliance"]["tally"]["done"] == 1
    assert told["compliance"]["tally"]["planned"] == 2
    assert [week["start"] for week in told["compliance"]["weeks"]] == [str(MONDAY)]
    assert told["messages"] == []
    assert ada.get(f"report?{WEEK}") == told


def test_a_coach_reads_their_own_threads_the_athlete_all(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "comments"])
    kim = User.objects.create_user("kim@example.org", is_coach=True)
    workout = a_workout(ada.user, MONDAY, *squats(8))
    at = datetime(2026, 3, 3, tzinfo=UTC)
    for coach in (tom.user, kim):
        thread = Thread.objects.create(
            athlete=ada.user, coach=coach, set=workout.sets.get(), created_at=at, last_at=at
        )
        text = f"From {coach.email[:3]}"
        Message.objects.create(thread=thread, author=coach, text=text, created_at=at)
    assert [one["text"] for one in tom.get(of(ada))["messages"]] == ["From tom"]
    both = {one["text"] for one in ada.get(f"report?{WEEK}")["messages"]}
    assert both == {"From tom", "From kim"}


def test_pain_records_and_corrected_sets_are_named(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    a_workout(ada.user, MONDAY - timedelta(days=20), *squats(6, rep_count=6))
    workout = a_workout(ada.user, MONDAY, *squats(8, 10, rep_count=8))
    WorkoutSession.objects.filter(pk=workout.pk).update(pain_level=6, pain_area="knee")
    told = tom.get(of(ada))
    [pain] = told["pain"]
    assert (pain["level"], pain["area"], pain["day"]) == (6, "knee", str(MONDAY))
    [record] = told["records"]
    assert (record["kind"], record["record"]["value"], record["record"]["previous"]) == (
        "most_reps", 10, 6,
    )  # fmt: skip
    [look] = told["worth_a_look"]
    assert (look["reps"], look["counted"]) == (10, 8)
    assert [flag["code"] for flag in look["flags"]] == ["corrected"]


def test_the_table_holds_these_days_and_no_formula(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    a_workout(ada.user, MONDAY - timedelta(days=1), *squats(5))
    a_workout(ada.user, MONDAY, *squats(8, note="=HYPERLINK(1)"))
    answer = tom.call("GET", of(ada, "report.csv"))
    assert answer["Cache-Control"] == "no-store"
    head, *rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("day,")
    assert len(rows) == 1
    assert rows[0].startswith("2026-03-02,")
    assert ",'=HYPERLINK(1)," in rows[0]
    own = ada.call("GET", f"report.csv?{WEEK}")
    assert b"".join(own.streaming_content).decode("utf-8-sig").splitlines()[1:] == rows


def test_more_workouts_are_not_more_queries(
    ada: Athlete, tom: Athlete, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "plan", "comments"])
    rows = planned_rows(a_plan(ada.user, weeks=6))
    path = f"athletes/{ada.user.id}/report?from={MONDAY}&to={MONDAY + timedelta(days=60)}"
    do(rows[0], *squats(8, 8, 4, rep_count=9))
    with CaptureQueriesContext(connection) as few:
        assert tom.get(path)["totals"]["workouts"] == 1
    for row in rows[1:]:
        do(row, *squats(8, 8, 4, rep_count=9))
    with django_assert_max_num_queries(len(few)):
        assert tom.get(path)["totals"]["workouts"] == 12


@pytest.mark.parametrize("what", ["report", "report.csv"])
def test_without_results_there_is_no_report(ada: Athlete, tom: Athlete, what: str) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["plan", "comments"])
    assert tom.call("GET", of(ada, what)).status_code == 404


@pytest.mark.parametrize("query", ["", "from=2026-03-08&to=2026-03-02", "from=x&to=2026-03-02"])
def test_a_refusal_names_the_day(ada: Athlete, query: str) -> None:
    answer: Any = ada.call("GET", f"report?{query}")
    assert answer.status_code == 400
    assert errors(answer).keys() & {"from", "to"}


def test_a_coach_reads_plan_and_compliance(ada: Athlete, tom: Athlete) -> None:
    a_plan(ada.user)
    paths = ("plans", f"planned?{WEEK}", "compliance?weeks=4")
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    for path in paths:
        assert tom.call("GET", f"athletes/{ada.user.id}/{path}").status_code == 404
    grant_link(athlete=ada.user, coach=tom.user, scopes=["plan"])
    for path in paths:
        assert tom.get(f"athletes/{ada.user.id}/{path}") == ada.get(path)
    assert date.fromisoformat(tom.get(f"athletes/{ada.user.id}/plans")[0]["starts_on"]) == MONDAY
