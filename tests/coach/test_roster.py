"""The morning list: what of whom a coach sees, in which order, in how many queries."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Access, AthleteGroup, AthleteStatus, CoachLink, Scope
from coach.selectors.roster import roster_entry
from coach.services.links import end_link, grant_link

NOW = timezone.now()
OLD = NOW - timedelta(days=60)
PAIN: dict[str, Any] = {
    "code": "pain", "scope": "results", "tone": "attention",
    "figures": {"level": 5, "area": "knee", "days": 1},
    "target": {
        "kind": "workout", "workout": str(uuid4()), "set": None, "rep": None, "t_ms": None,
        "planned": None,
    },
}  # fmt: skip
MISSED = PAIN | {"code": "missed", "scope": "plan", "figures": {"workouts": 2}}
RESTING = PAIN | {"code": "resting", "tone": "note", "figures": {"days": 4}}
WEEK = [
    {"day": f"2026-03-0{n + 2}", "planned": 1, "done": 1, "trained": 1, "percent": 100}
    for n in range(7)
]


@pytest.fixture
def coach(db: None) -> User:
    return User.objects.create_user("coach@example.org", is_coach=True)


@pytest.fixture
def asked(coach: User, client: Client) -> Any:
    client.force_login(coach)

    def get(**query: Any) -> Any:
        answer = client.get("/api/athletes", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return get


def an_athlete(
    coach: User, name: str, *reasons: dict[str, Any], scopes: list[str] | None = None,
    is_new: bool = False, **columns: Any,
) -> User:  # fmt: skip
    user = User.objects.create_user(f"{name.lower()}@example.org", display_name=name)
    link = grant_link(athlete=user, coach=coach, scopes=scopes or Scope.values)
    if not is_new:
        CoachLink.objects.filter(pk=link.pk).update(granted_at=OLD)
    AthleteStatus.objects.create(
        athlete=user, day=NOW.date(), computed_at=NOW, reasons=list(reasons), week=WEEK,
        last_day=NOW.date(), workouts_28d=9, percent=80, **columns,
    )  # fmt: skip
    return user


def test_buckets_are_counted_and_the_worst_comes_first(coach: User, asked: Any) -> None:
    an_athlete(coach, "Anna")
    an_athlete(coach, "Bea", RESTING)
    an_athlete(coach, "Cem", MISSED)
    an_athlete(coach, "Dia", PAIN, MISSED)
    an_athlete(coach, "Eli", is_new=True)
    told = asked()
    assert [one["name"] for one in told["results"]] == ["Dia", "Cem", "Eli", "Anna", "Bea"]
    assert told["counts"] == {"all": 5, "attention": 2, "on_track": 1, "resting": 1, "new": 1}
    assert [one["name"] for one in asked(bucket="resting")["results"]] == ["Bea"]
    assert asked(bucket="resting")["counts"]["all"] == 5
    assert [one["name"] for one in asked(q="di")["results"]] == ["Dia"]
    assert asked(sort="-name")["results"][0]["name"] == "Eli"


def test_a_reason_of_what_is_not_granted_is_not_there(coach: User, asked: Any) -> None:
    an_athlete(coach, "Anna", PAIN, MISSED, scopes=["plan"])
    an_athlete(coach, "Bea", MISSED, scopes=["results"])
    an_athlete(coach, "Cem", PAIN, scopes=["comments"])
    anna, bea, cem = asked(sort="name")["results"]
    assert [one["code"] for one in anna["reasons"]] == ["missed"]
    assert (anna["last_day"], anna["workouts_28d"], anna["percent"]) == (None, None, 80)
    assert (anna["week"][0]["trained"], anna["week"][0]["bucket"]) == (None, "green")
    assert (bea["bucket"], bea["reasons"], bea["percent"]) == ("on_track", [], None)
    assert bea["week"][0] == {
        "day": "2026-03-02", "planned": None, "done": None, "trained": 1, "percent": None,
        "bucket": None,
    }  # fmt: skip
    assert (cem["bucket"], cem["reasons"]) == (None, [])


def test_a_plan_that_asks_is_no_rest(coach: User, asked: Any) -> None:
    due = RESTING | {"code": "due_today", "scope": "plan"}
    an_athlete(coach, "Anna", due, RESTING)
    an_athlete(coach, "Bea", due, RESTING, scopes=["results"])
    assert [one["bucket"] for one in asked(sort="name")["results"]] == ["on_track", "resting"]


def test_nobody_without_a_link_is_on_it_and_every_look_is_logged(coach: User, asked: Any) -> None:
    anna = an_athlete(coach, "Anna")
    bea = an_athlete(coach, "Bea")
    other = User.objects.create_user("other@example.org", is_coach=True)
    an_athlete(other, "Cem")
    end_link(link=CoachLink.objects.get(athlete=bea), acting=bea)
    assert [one["name"] for one in asked()["results"]] == ["Anna"]
    assert list(Access.objects.values_list("athlete", "what")) == [(anna.pk, "roster")]


@pytest.mark.parametrize("size", [3, 30])
def test_queries_do_not_grow_with_the_athletes(coach: User, asked: Any, size: int) -> None:
    group = AthleteGroup.objects.create(coach=coach, name="Mornings")
    for nth in range(size):
        group.athletes.add(an_athlete(coach, f"A{nth}", PAIN, MISSED))
    with CaptureQueriesContext(connection) as queries:
        assert len(asked()["results"]) == size
    assert len(queries) == 5, [one["sql"] for one in queries]  # who asks (2), list (2), log


def test_one_athlete(coach: User, asked: Any, client: Client) -> None:
    anna = an_athlete(coach, "Anna", PAIN, scopes=["results"])
    told = client.get(f"/api/athletes/{anna.pk}").json()
    assert told == asked()["results"][0]
    assert told["scopes"] == ["results"]
    assert client.get(f"/api/athletes/{uuid4()}").status_code == 404
    with pytest.raises(NotFound, match="no such athlete"):
        roster_entry(coach=coach, athlete_id=uuid4(), now=NOW)
    assert Access.objects.filter(what="overview").count() == 1


def test_pages(coach: User, asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.selectors.roster.PAGE", 2)
    for name in ("Anna", "Bea", "Cem"):
        an_athlete(coach, name)
    assert [one["name"] for one in asked(page=2)["results"]] == ["Cem"]
    assert asked(page=9)["page"] == asked(page=2)["pages"] == 2


def test_bad_questions_are_named(coach: User, client: Client) -> None:
    client.force_login(coach)
    for query, field in (("bucket=worse", "bucket"), ("sort=luck", "sort"), ("page=0", "page")):
        answer = client.get(f"/api/athletes?{query}")
        assert answer.status_code == 400
        assert answer.json()["error"]["fields"][0]["field"] == field
    assert client.get(f"/api/athletes?group={uuid4()}").status_code == 404


def put(client: Client, path: str, body: dict[str, Any], method: str = "put") -> Any:
    return getattr(client, method)(path, body, content_type="application/json")


def test_groups(coach: User, asked: Any, client: Client) -> None:
    anna, bea = an_athlete(coach, "Anna"), an_athlete(coach, "Bea")
    group = uuid4()
    assert put(client, f"/api/groups/{group}", {"name": "Mornings"}).status_code == 200
    assert put(client, f"/api/groups/{group}", {"name": "Early"}).json()["name"] == "Early"
    told = put(client, f"/api/groups/{group}/athletes", {"add": [anna.pk, bea.pk]}, "patch").json()
    assert (told["name"], set(told["athletes"])) == ("Early", {str(anna.pk), str(bea.pk)})
    put(client, f"/api/groups/{group}/athletes", {"remove": [bea.pk]}, "patch")
    assert [one["name"] for one in asked(group=group)["results"]] == ["Anna"]
    assert asked(group=group)["results"][0]["groups"] == [{"id": str(group), "name": "Early"}]
    put(client, f"/api/groups/{group}/athletes", {"add": [bea.pk]}, "patch")
    end_link(link=CoachLink.objects.get(athlete=bea), acting=bea)
    [told] = client.get("/api/groups").json()
    assert told["athletes"] == [str(anna.pk)], "a member whose link has ended is out of sight"
    again = put(client, f"/api/groups/{uuid4()}", {"name": "Early"})
    assert again.json()["error"]["fields"][0]["field"] == "name"
    assert client.delete(f"/api/groups/{group}").status_code == 204
    assert client.get("/api/groups").json() == []
    assert asked()["counts"]["all"] == 1


def test_groups_of_others_and_athletes_of_others_do_not_exist(coach: User, client: Client) -> None:
    client.force_login(coach)
    other = User.objects.create_user("other@example.org", is_coach=True)
    theirs = AthleteGroup.objects.create(coach=other, name="Theirs")
    mine = AthleteGroup.objects.create(coach=coach, name="Mine")
    stranger = an_athlete(other, "Cem")
    path = f"/api/groups/{theirs.id}"
    assert put(client, path, {"name": "Mine now"}).status_code == 404
    assert client.delete(path).status_code == 404
    assert put(client, f"{path}/athletes", {"add": []}, "patch").status_code == 404
    for unknown in (stranger.pk, uuid4()):
        answer = put(client, f"/api/groups/{mine.id}/athletes", {"add": [unknown]}, "patch")
        assert answer.status_code == 404
    assert not mine.athletes.exists()


def test_there_is_an_end_to_groups(
    coach: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(coach)
    monkeypatch.setattr("coach.services.groups.MOST_GROUPS", 1)
    assert put(client, f"/api/groups/{uuid4()}", {"name": "Early"}).status_code == 200
    assert put(client, f"/api/groups/{uuid4()}", {"name": "Late"}).status_code == 409
