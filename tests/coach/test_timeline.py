"""The athlete's workouts as a coach goes through them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from coach.models import Message, Thread
from coach.services.links import grant_link
from sessions.models import Correction, Finding, Rep, WorkoutSession
from tests.coach.builders import a_plan, a_workout, do, planned_rows, squats
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def tom(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("tom@example.org", is_coach=True))


def entries(tom: Athlete, ada: Athlete, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tom.get(f"athletes/{ada.user.id}/timeline{query}")["results"]
    return found


def grant(ada: Athlete, tom: Athlete, *scopes: str) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=scopes)


def say(tom: Athlete, workout: WorkoutSession, author: User, **columns: Any) -> None:
    at = datetime(2026, 3, 3, tzinfo=UTC)
    thread = Thread.objects.create(
        athlete=workout.athlete, coach=tom.user, set=workout.sets.get(), created_at=at,
        last_at=at, **columns,
    )  # fmt: skip
    Message.objects.create(thread=thread, author=author, text="Deeper", created_at=at)


def test_an_entry_says_what_there_is_to_see(ada: Athlete, tom: Athlete) -> None:
    grant(ada, tom, "results", "plan", "comments")
    [row, *_] = planned_rows(a_plan(ada.user))
    do(row, *squats(8, 8, 4))
    workout = WorkoutSession.objects.get()
    WorkoutSession.objects.update(pain_level=4, pain_area="knee")
    first = workout.sets.order_by("index")[0]
    bad, settled = (a_rep(first, index) for index in range(2))
    said = Correction.objects.create(
        set=first, kind="not_a_rep", start_ms=settled.start_ms, end_ms=settled.end_ms
    )
    Rep.objects.filter(pk=settled.pk).update(correction=said)
    for rep in (bad, bad, settled):
        a_finding(rep)
    [entry] = entries(tom, ada)
    assert entry["workout"]["rep_count"] == 20
    assert entry["pain"] == {"level": 4, "area": "knee"}
    assert (entry["planned"]["percent"], entry["planned"]["bucket"]) == (83, "green")
    assert (entry["flagged"], entry["corrections"]) == (1, 1)
    assert entry["comments"] == {"messages": 0, "unread": 0}


def a_rep(of: Any, index: int) -> Rep:
    start_ms = 2000 * index
    return Rep.objects.create(
        set=of, index=index, start_ms=start_ms, turn_ms=start_ms + 500, end_ms=start_ms + 1500,
        down_s=0.5, pause_s=0, up_s=1, confidence=0.9,
    )  # fmt: skip


def a_finding(rep: Rep) -> None:
    Finding.objects.create(
        set=rep.set, rep=rep, fault="depth", joint="knee", phase="bottom", measured=30, limit=20,
        unit="deg", severity=0.5, start_ms=rep.start_ms, end_ms=rep.end_ms,
    )  # fmt: skip


def test_what_was_not_granted_is_not_there(ada: Athlete, tom: Athlete) -> None:
    grant(ada, tom, "results")
    [row, *_] = planned_rows(a_plan(ada.user))
    do(row, *squats(8, 8, 8))
    [entry] = entries(tom, ada)
    assert (entry["planned"], entry["comments"]) == (None, None)
    grant(ada, tom, "plan", "comments")
    assert tom.call("GET", f"athletes/{ada.user.id}/timeline").status_code == 404


def test_comments_are_those_of_the_two(ada: Athlete, tom: Athlete) -> None:
    kim = Athlete(User.objects.create_user("kim@example.org", is_coach=True))
    grant(ada, tom, "results", "comments")
    workout = a_workout(ada.user, DAY, *squats(8))
    say(tom, workout, ada.user)
    say(tom, workout, ada.user, coach_read_at=datetime(2026, 3, 4, tzinfo=UTC))
    say(tom, workout, tom.user)
    say(kim, workout, kim.user)
    assert [entry["comments"] for entry in entries(tom, ada)] == [{"messages": 3, "unread": 1}]


def test_page_by_page_the_newest_first(ada: Athlete, tom: Athlete) -> None:
    grant(ada, tom, "results")
    rows = [a_workout(ada.user, DAY + timedelta(days=n), *squats(8)) for n in range(3)]
    page = tom.get(f"athletes/{ada.user.id}/timeline?limit=2")
    assert ids(page["results"]) == [str(rows[2].id), str(rows[1].id)]
    assert ids(entries(tom, ada, f"?before={page['next_before']}")) == [str(rows[0].id)]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["workout"]["id"] for one in found]


def test_more_workouts_are_not_more_queries(
    ada: Athlete, tom: Athlete, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    grant(ada, tom, "results", "plan", "comments")
    for row in planned_rows(a_plan(ada.user, weeks=4)):
        do(row, *squats(8, 8, 8))
    with django_assert_max_num_queries(20):
        assert len(entries(tom, ada)) == 8
