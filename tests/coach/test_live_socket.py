"""A coach sees an athlete train for as long as it is granted, and no moment longer."""

from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from coach.live import MOST_WATCHED
from coach.models import Access, CoachLink
from coach.services.links import end_link, grant_link
from tests.coach.watching import LIVE, both, coaching, later, saying, training
from tests.sockets import socket
from tests.workouts.builders import Athlete
from tests.workouts.test_training_socket import seen

pytestmark = pytest.mark.django_db(transaction=True)

REDIS = pytest.param("redis", marks=pytest.mark.engines)


@pytest.fixture
def link(ada: Athlete, tom: Athlete) -> CoachLink:
    return grant_link(athlete=ada.user, coach=tom.user, scopes=["live"])


@pytest.fixture(params=["memory", REDIS])
def layer(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Both ways in which processes tell each other."""
    if request.param == "redis":
        config = {"hosts": [request.getfixturevalue("redis_url")]}
        backend = "channels_redis.core.RedisChannelLayer"
        settings.CHANNEL_LAYERS = {"default": {"BACKEND": backend, "CONFIG": config}}


@pytest.mark.usefixtures("link", "layer")
async def test_a_coach_sees_who_trains_and_what_they_do(ada: Athlete, tom: Athlete) -> None:
    async with training(ada) as mine, coaching(tom) as theirs:
        told = await theirs.hear()
        assert told["athletes"] == [{"id": str(ada.user.id), "name": "ada@example.org"}]
        here = {"type": "presence", "athlete": str(ada.user.id), "here": True}
        assert await theirs.hear() == here
        assert not await Access.objects.aexists()  # who is there is not what they do
        await theirs.say({"type": "watch", "athlete": str(ada.user.id)})
        assert (await mine.hear())["watchers"] == [{"id": str(tom.user.id), "name": "Tom"}]
        assert (await theirs.hear())["type"] == "watching"
        look = await Access.objects.aget()
        assert (look.what, look.coach_id, look.athlete_id) == ("live", tom.user.id, ada.user.id)
        await mine.say(seen(reps=7))
        frames = await theirs.hear()
        assert (frames["type"], frames["reps"], len(frames["keypoints"])) == ("live", 7, 4 * 51)
        await theirs.say({"type": "unwatch", "athlete": str(ada.user.id)})
        assert (await mine.hear())["watchers"] == []
        await mine.say(seen())
        assert await theirs.is_silent()


@pytest.mark.usefixtures("link")
async def test_presence_follows_the_athlete(ada: Athlete, tom: Athlete) -> None:
    async with coaching(tom) as theirs:
        await theirs.hear("athletes")
        await theirs.say({"type": "watch", "athlete": str(ada.user.id)})
        async with training(ada) as mine:
            assert (await theirs.hear())["here"] is True
            assert (await theirs.hear())["type"] == "watching"
            assert (await mine.hear())["watchers"] != []
        assert (await theirs.hear())["here"] is False
        async with training(ada):
            assert (await theirs.hear("presence"))["here"] is True
            assert (await theirs.hear())["type"] == "watching"
    assert await Access.objects.acount() == 1  # one watch, one look


@pytest.mark.usefixtures("link")
async def test_of_two_open_pages_the_newest_is_seen_and_the_other_when_it_is_gone(
    ada: Athlete, tom: Athlete
) -> None:
    async with both(ada, tom) as (mine, theirs):
        async with training(ada) as second:
            await theirs.hear("watching")
            await second.hear("watchers")
            await mine.say(seen(reps=1))
            await second.say(seen(reps=2))
            counts = {(await theirs.hear("live"))["reps"]}
            assert len(counts) == 1
        # What comes before the coach's socket knows of the end is not passed on.
        async with saying(mine, seen(reps=1)):
            while (await theirs.hear("live"))["reps"] != 1:
                pass


@pytest.mark.usefixtures("layer")
@pytest.mark.parametrize("how", ["ended", "narrowed", "deactivated"])
async def test_a_grant_that_ends_takes_the_picture_away_at_once(
    ada: Athlete, tom: Athlete, link: CoachLink, how: str
) -> None:
    def end() -> None:
        if how == "ended":
            end_link(link=link, acting=ada.user)
        elif how == "narrowed":
            grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
        else:
            tom.user.is_active = False
            tom.user.save(update_fields=["is_active"])

    async with both(ada, tom) as (mine, theirs):
        await later(end)()
        if how == "deactivated":
            assert (await theirs.closed())[0] == 4401
        else:
            ended = {"type": "ended", "athlete": str(ada.user.id), "reason": "grant"}
            assert await theirs.hear() == ended
            assert (await theirs.hear())["athletes"] == []
        assert (await mine.hear("watchers"))["watchers"] == []
        await mine.say(seen())
        assert await theirs.is_silent()


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(("how", "code"), [("signed out", 4401), ("no coach", 4403)])
async def test_who_is_no_longer_that_coach_sees_nothing(
    ada: Athlete, tom: Athlete, how: str, code: int
) -> None:
    def end() -> None:
        if how == "signed out":
            tom.client.logout()
        else:
            tom.user.is_coach = False
            tom.user.save(update_fields=["is_coach"])

    async with both(ada, tom) as (mine, theirs):
        await later(end)()
        assert (await theirs.closed())[0] == code
        assert (await mine.hear("watchers"))["watchers"] == []


async def test_a_grant_with_an_end_ends_by_itself(ada: Athlete, tom: Athlete) -> None:
    ends_at = timezone.now() + timedelta(seconds=1.5)
    await later(grant_link)(athlete=ada.user, coach=tom.user, scopes=["live"], ends_at=ends_at)
    async with both(ada, tom) as (mine, theirs):
        assert (await theirs.hear("ended"))["reason"] == "grant"
        assert timezone.now() - ends_at < timedelta(seconds=1)
        assert (await mine.hear("watchers"))["watchers"] == []


@pytest.mark.usefixtures("link")
async def test_an_athlete_ends_being_watched_for_this_workout(ada: Athlete, tom: Athlete) -> None:
    async with both(ada, tom) as (mine, theirs):
        await mine.say({"type": "private", "private": True})
        ended = {"type": "ended", "athlete": str(ada.user.id), "reason": "athlete"}
        assert await theirs.hear() == ended
        assert (await theirs.hear())["here"] is False
        await theirs.say({"type": "watch", "athlete": str(ada.user.id)})
        assert await theirs.hear() == ended
        assert (await mine.hear())["watchers"] == []
        assert await mine.is_silent()


async def test_a_new_grant_opens_in_a_page_that_is_open(ada: Athlete, tom: Athlete) -> None:
    async with training(ada), coaching(tom) as theirs:
        assert (await theirs.hear())["athletes"] == []
        await theirs.say({"type": "watch", "athlete": str(ada.user.id)})
        assert (await theirs.hear())["reason"] == "grant"
        await later(grant_link)(athlete=ada.user, coach=tom.user, scopes=["live"])
        assert len((await theirs.hear())["athletes"]) == 1
        assert (await theirs.hear())["here"] is True


@pytest.mark.usefixtures("link")
async def test_others_are_as_if_they_did_not_exist(
    ada: Athlete, eve: Athlete, tom: Athlete
) -> None:
    async with training(eve) as hers, coaching(tom) as theirs:
        assert [one["id"] for one in (await theirs.hear())["athletes"]] == [str(ada.user.id)]
        told = []
        for athlete in (str(eve.user.id), str(uuid4())):
            await theirs.say({"type": "watch", "athlete": athlete})
            told.append(await theirs.hear() | {"athlete": None})
        assert told[0] == told[1]
        assert await hers.is_silent()
    assert not await Access.objects.aexists()


@pytest.mark.parametrize("who", ["nobody", "an athlete"])
async def test_a_live_view_is_for_coaches(ada: Athlete, who: str) -> None:
    async with socket(LIVE, ada.client if who == "an athlete" else None) as page:
        await page.open()
        assert (await page.closed())[0] == (4403 if who == "an athlete" else 4401)


@pytest.mark.usefixtures("layer", "link")
async def test_a_cue_is_shown_to_the_athlete_and_the_coach_is_told(
    ada: Athlete, tom: Athlete
) -> None:
    async with both(ada, tom) as (mine, theirs):
        cue_id = str(uuid4())
        cue = {"type": "cue", "athlete": str(ada.user.id), "id": cue_id}
        await theirs.say(cue | {"text": "  Chest up  "})
        heard = await mine.hear("cue")
        assert (heard["text"], heard["ready"], heard["coach"]["name"]) == ("Chest up", None, "Tom")
        await mine.say({"type": "shown", "id": cue_id})
        status = {"type": "cue.status", "id": cue_id, "status": "shown", "reason": None}
        assert await theirs.hear() == status
        for ready in ("good", "deeper", "breathe"):
            await theirs.say(cue | {"id": str(uuid4()), "ready": ready})
        assert [(await mine.hear("cue"))["ready"] for _ in "12"] == ["good", "deeper"]
        assert (await theirs.hear())["reason"] == "too_often"


@pytest.mark.usefixtures("link")
async def test_a_cue_to_somebody_who_is_not_watched_is_not_delivered(
    ada: Athlete, tom: Athlete
) -> None:
    async with training(ada) as mine, coaching(tom) as theirs:
        await theirs.hear("presence")
        cue = {"type": "cue", "athlete": str(ada.user.id), "id": str(uuid4()), "text": "Hello"}
        await theirs.say(cue)
        told = await theirs.hear()
        assert (told["status"], told["reason"]) == ("not_shown", "not_here")
        assert await mine.is_silent()


async def test_a_class_has_an_end(tom: Athlete) -> None:
    def granted() -> list[str]:
        people = [User.objects.create_user(f"a{i}@example.org") for i in range(MOST_WATCHED + 1)]
        for one in people:
            grant_link(athlete=one, coach=tom.user, scopes=["live"])
        return [str(one.id) for one in people]

    people = await later(granted)()
    async with coaching(tom) as theirs:
        assert len((await theirs.hear())["athletes"]) == MOST_WATCHED + 1
        for athlete in people:
            await theirs.say({"type": "watch", "athlete": athlete})
        ended = {"type": "ended", "athlete": people[-1], "reason": "limit"}
        assert await theirs.hear() == ended


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(
    ("message", "code", "words"),
    [
        ({"type": "watch", "athlete": "ada"}, 4400, "athlete: 'ada' should be a UUID"),
        ({"type": "watch"}, 4400, "athlete: None"),
        ({"type": "cue", "athlete": str(uuid4()), "id": str(uuid4())}, 4400, "one of the two"),
        ({"type": "cue", "athlete": str(uuid4()), "id": str(uuid4()), "text": "x" * 121}, 4400,
         "text of 1 to 120"),
        ({"type": "cue", "athlete": str(uuid4()), "id": str(uuid4()), "ready": "shout"}, 4400,
         "ready: 'shout'"),
        ({"type": "cue", "text": "x" * 3_000}, 4413, "At most 2048"),
    ],
)  # fmt: skip
async def test_what_is_wrong_closes_the_live_view_with_the_field(
    tom: Athlete, message: Any, code: int, words: str
) -> None:
    async with coaching(tom) as page:
        await page.say(message)
        told = await page.closed()
        assert told[0] == code
        assert words in told[1]


@pytest.mark.usefixtures("link")
async def test_what_is_lost_is_asked_for_again(
    ada: Athlete, tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nudge may be lost; the clock is not."""
    monkeypatch.setattr("coach.consumers.grants.WATCH_RENEWAL_S", 0.1)
    async with AsyncExitStack() as stack:
        _, theirs = await stack.enter_async_context(both(ada, tom))
        await CoachLink.objects.aupdate(ended_at=timezone.now())
        assert (await theirs.hear("ended"))["reason"] == "grant"


@pytest.mark.usefixtures("link")
async def test_who_still_watches_says_so_and_stays(
    ada: Athlete, tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.consumers.grants.WATCH_RENEWAL_S", 0.1)
    monkeypatch.setattr("sessions.consumers.training.WATCH_LEASE_S", 0.5)
    async with both(ada, tom) as (mine, theirs):
        for _ in range(4):
            assert await mine.is_silent(0.3)
            await mine.say(seen())
            await theirs.hear("live")
