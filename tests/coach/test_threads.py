"""Comments on a set: between the two, as long as the grant holds."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Notification, User
from coach.models import Message, Thread
from coach.services import threads as service
from coach.services.links import end_link, grant_link
from sessions.models import WorkoutSet
from tests.workouts.builders import Athlete, add_set, errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(ada: Athlete, tom: Athlete) -> WorkoutSet:
    """Five repetitions of 3 s, which Tom may see and write about."""
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "replay", "comments"])
    return add_set(ada.user, reps=5)


class Side:
    """One of the two, at the threads of a set."""

    def __init__(self, who: Athlete, workout_set: WorkoutSet, athlete: User | None = None) -> None:
        self.who = who
        prefix = f"athletes/{athlete.id}/" if athlete else ""
        self.inbox = f"{prefix}threads"
        self.base = f"{prefix}sets/{workout_set.id}/threads"

    def threads(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.who.get(self.base)["threads"]
        return found

    def begin(self, text: str = "Knees", thread: UUID | None = None, **given: Any) -> Any:
        message = {"id": str(given.pop("message", uuid4())), "text": text}
        path = f"{self.base}/{thread or uuid4()}"
        return self.who.call("PUT", path, {"message": message, **given})

    def say(self, thread: str, text: str, message: UUID | None = None) -> Any:
        return self.who.call(
            "PUT", f"{self.base}/{thread}/messages/{message or uuid4()}", {"text": text}
        )

    def read(self, thread: str, until: str) -> Any:
        return self.who.call("POST", f"{self.base}/{thread}/read", {"until": until})


@pytest.fixture
def coach(tom: Athlete, ada: Athlete, five: WorkoutSet) -> Side:
    return Side(tom, five, ada.user)


@pytest.fixture
def athlete(ada: Athlete, five: WorkoutSet) -> Side:
    return Side(ada, five)


def test_a_comment_on_a_moment_reaches_the_athlete(
    coach: Side, athlete: Side, ada: Athlete, five: WorkoutSet
) -> None:
    told = coach.begin("Knees out here", t_ms=4200, rep_start_ms=3000).json()
    [seen] = athlete.threads()
    assert (seen["t_ms"], seen["rep_start_ms"], seen["unread"]) == (4200, 3000, 1)
    [message] = seen["messages"]
    assert (message["text"], message["author"], message["mine"]) == ("Knees out here", "Tom", False)
    [news] = Notification.objects.filter(user=ada.user)
    assert (news.kind, news.data) == ("comment", {"by": "Tom", "exercise": "squat"})
    assert news.url == f"/workouts/{five.workout_id}/sets/{five.id}?t=4200&thread={told['id']}"


def test_an_answer_leads_the_coach_to_their_own_page(
    coach: Side, athlete: Side, tom: Athlete, ada: Athlete, five: WorkoutSet
) -> None:
    thread = coach.begin().json()["id"]
    assert athlete.say(thread, "Thank you").json()["message_count"] == 2
    [news] = Notification.objects.filter(user=tom.user)
    assert news.url == (
        f"/coach/athletes/{ada.user.id}/workouts/{five.workout_id}/sets/{five.id}?thread={thread}"
    )
    [seen] = coach.threads()
    assert (seen["unread"], seen["other"]) == (1, "ada@example.org")


def test_an_athlete_begins_with_a_coach_of_theirs(athlete: Side, tom: Athlete) -> None:
    assert athlete.who.get(athlete.base)["coaches"] == [{"id": str(tom.user.id), "name": "Tom"}]
    told = athlete.begin("Was this deep enough", coach=str(tom.user.id)).json()
    assert told["coach"]["name"] == "Tom"
    assert "coach" in errors(athlete.begin("To nobody"))


@pytest.mark.parametrize("whose", ["a user", "nobody"])
def test_a_stranger_is_not_told_from_nobody(athlete: Side, eve: Athlete, whose: str) -> None:
    to = eve.user.id if whose == "a user" else uuid4()
    refused = athlete.begin(coach=str(to))
    assert refused.status_code == 400
    assert errors(refused) == {"coach": "None of your coaches who read comments has this id."}


def test_the_same_may_be_sent_again(coach: Side) -> None:
    thread, message = uuid4(), uuid4()
    first = coach.begin("Knees", thread, message=message, t_ms=10)
    again = coach.begin("Knees", thread, message=message, t_ms=10)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)
    assert coach.begin("Knees", thread, message=message, t_ms=20).status_code == 409
    assert coach.begin("Hips", thread, message=message, t_ms=10).status_code == 409


def test_only_the_author_edits_and_deletes(coach: Side, athlete: Side) -> None:
    told = coach.begin().json()
    path = f"{{}}/{told['id']}/messages/{told['messages'][0]['id']}"
    theirs, own = path.format(athlete.base), path.format(coach.base)
    assert athlete.who.call("PATCH", theirs, {"text": "Mine"}).status_code == 404
    assert athlete.who.call("DELETE", theirs).status_code == 404
    edited = coach.who.call("PATCH", own, {"text": "Hips"}).json()["messages"][0]
    assert edited["text"] == "Hips"
    assert edited["edited_at"] is not None


def test_what_is_deleted_is_gone_for_both_and_comes_back(
    coach: Side, athlete: Side, ada: Athlete
) -> None:
    told = coach.begin().json()
    path = f"{coach.base}/{told['id']}/messages/{told['messages'][0]['id']}"
    assert coach.who.call("DELETE", path).json()["messages"] == []
    assert athlete.threads() == coach.threads() == []
    assert not Notification.objects.filter(user=ada.user, read_at=None).exists()
    assert coach.who.call("POST", f"{path}/restore").status_code == 200
    assert len(athlete.threads()) == 1


def test_too_late_an_undo_is_refused(coach: Side) -> None:
    told = coach.begin().json()
    path = f"{coach.base}/{told['id']}/messages/{told['messages'][0]['id']}"
    Message.objects.update(deleted_at=datetime.now(UTC) - timedelta(days=31))
    assert coach.who.call("POST", f"{path}/restore").status_code == 400


def test_reading_is_told_to_the_other_and_never_goes_back(
    coach: Side, athlete: Side, ada: Athlete
) -> None:
    told = coach.begin().json()
    thread, said_at = told["id"], told["messages"][0]["created_at"]
    assert told["seen_at"] is None
    assert athlete.read(thread, said_at).json()["unread"] == 0
    assert coach.threads()[0]["seen_at"] == said_at
    assert not Notification.objects.filter(user=ada.user, read_at=None).exists()
    athlete.read(thread, "2020-01-01T00:00:00Z")
    assert coach.threads()[0]["seen_at"] == said_at


def test_what_comes_after_the_last_look_is_new(coach: Side, athlete: Side) -> None:
    told = coach.begin().json()
    athlete.read(told["id"], told["messages"][0]["created_at"])
    coach.say(told["id"], "And the back")
    assert athlete.threads()[0]["unread"] == 1
    assert athlete.who.get("threads?unread=1")["unread"] == 1


def test_nobody_reads_ahead_of_time(coach: Side, athlete: Side) -> None:
    told = coach.begin().json()
    athlete.read(told["id"], "2999-01-01T00:00:00Z")
    coach.say(told["id"], "More")
    assert athlete.threads()[0]["unread"] == 1


def test_an_inbox_has_the_newest_message_of_each_page_by_page(coach: Side, athlete: Side) -> None:
    threads = [coach.begin(f"Comment {i}", t_ms=i).json()["id"] for i in range(3)]
    coach.say(threads[0], "Newest")
    first = athlete.who.get("threads?limit=2")
    assert [one["id"] for one in first["results"]] == [threads[0], threads[2]]
    assert [one["text"] for one in first["results"][0]["messages"]] == ["Newest"]
    assert (first["results"][0]["message_count"], first["unread"]) == (2, 3)
    rest = athlete.who.get(f"threads?limit=2&before={first['next_before']}")
    assert [one["id"] for one in rest["results"]] == [threads[1]]
    assert rest["next_before"] is None
    assert len(coach.who.get(coach.inbox)["results"]) == 3


def test_another_coach_of_the_athlete_does_not_see_it(
    coach: Side, ada: Athlete, five: WorkoutSet
) -> None:
    told = coach.begin().json()
    kim = Athlete(User.objects.create_user("kim@example.org", is_coach=True))
    grant_link(athlete=ada.user, coach=kim.user, scopes=["comments"])
    other = Side(kim, five, ada.user)
    assert other.threads() == kim.get(other.inbox)["results"] == []
    assert other.say(told["id"], "Hello").status_code == 404
    assert other.begin("Hello", UUID(told["id"])).status_code == 404


@pytest.mark.parametrize("how", ["ended", "narrowed"])
def test_after_the_grant_the_coach_has_nothing_and_the_athlete_reads_on(
    coach: Side, athlete: Side, ada: Athlete, tom: Athlete, how: str
) -> None:
    thread = coach.begin().json()["id"]
    if how == "ended":
        end_link(link=ada.user.links_as_athlete.get(), acting=ada.user)
    else:
        grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    for path in (coach.base, coach.inbox):
        assert tom.call("GET", path).status_code == 404
    assert coach.say(thread, "Still here").status_code == 404
    assert coach.begin("Still here").status_code == 404
    [kept] = athlete.threads()
    assert kept["open"] is False
    assert athlete.say(thread, "Hello").status_code == 409
    assert athlete.begin("Hello", coach=str(tom.user.id)).status_code == 409


def test_of_a_deleted_set_there_are_no_threads(
    coach: Side, athlete: Side, ada: Athlete, five: WorkoutSet
) -> None:
    thread = coach.begin().json()["id"]
    ada.call("DELETE", f"sets/{five.id}")
    assert athlete.who.get("threads")["results"] == []
    assert coach.say(thread, "Hello").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "message.text"),
        ({"text": "x" * 2001}, "message.text"),
        ({"rep_start_ms": 3000}, "t_ms"),
        ({"t_ms": -1}, "t_ms"),
    ],
)
def test_a_wrong_field_is_named(coach: Side, given: dict[str, Any], field: str) -> None:
    refused = coach.begin(**given)
    assert refused.status_code == 400
    assert field in errors(refused)


def test_there_are_limits(coach: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_A_MINUTE", 2)
    monkeypatch.setattr(service, "MOST_THREADS", 1)
    thread = coach.begin().json()["id"]
    assert coach.begin().status_code == 409
    assert coach.say(thread, "Two").status_code == 200
    refused = coach.say(thread, "Three")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    Message.objects.update(created_at=datetime.now(UTC) - timedelta(hours=1))
    monkeypatch.setattr(service, "MOST_MESSAGES", 2)
    assert coach.say(thread, "Three").status_code == 409


def test_an_inbox_costs_the_same_for_one_and_for_many(
    coach: Side, athlete: Side, django_assert_num_queries: Any
) -> None:
    for i in range(8):
        coach.begin(t_ms=i)
    with django_assert_num_queries(6):
        athlete.who.get("threads")


def test_asking_twice_changes_nothing_more(coach: Side) -> None:
    told = coach.begin().json()
    path = f"{coach.base}/{told['id']}/messages/{told['messages'][0]['id']}"
    assert coach.who.call("PATCH", path, {"text": "Knees"}).status_code == 200
    assert Message.objects.get().edited_at is None, "it says what it said"
    assert coach.who.call("POST", f"{path}/restore").status_code == 200
    coach.who.call("DELETE", path)
    deleted = Message.objects.get().deleted_at
    assert coach.who.call("DELETE", path).status_code == 200
    assert Message.objects.get().deleted_at == deleted
    assert coach.who.call("PATCH", path, {"text": "Hips"}).status_code == 404


def test_a_message_is_of_one_thread(coach: Side) -> None:
    first, other = coach.begin().json(), coach.begin().json()
    assert coach.say(other["id"], "Knees", first["messages"][0]["id"]).status_code == 404


def test_what_comes_while_one_reads_is_still_to_be_read(coach: Side, athlete: Side) -> None:
    told = coach.begin().json()
    first = told["messages"][0]["created_at"]
    coach.say(told["id"], "And the hips")
    athlete.read(told["id"], first)
    unread = Notification.objects.filter(user=athlete.who.user, read_at=None)
    assert unread.count() == 1
    athlete.read(told["id"], "2999-01-01T00:00:00Z")
    assert not unread.exists()


def test_a_page_of_the_inbox_begins_behind_a_thread_that_is_there(coach: Side) -> None:
    coach.begin()
    assert "before" in errors(coach.who.call("GET", f"{coach.inbox}?before={uuid4()}"))
