"""What a coach's live view makes of pages that died, and of what reaches it too late."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer
from django.utils import timezone

from accounts.models import User
from coach.models import Access, CoachLink
from coach.services.links import grant_link
from sessions.channel import presence_group, training_group
from tests.coach.watching import both, coaching, later, training
from tests.sockets import Socket
from tests.workouts.builders import Athlete
from tests.workouts.test_training_socket import seen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(ada: Athlete, tom: Athlete) -> CoachLink:
    return grant_link(athlete=ada.user, coach=tom.user, scopes=["live"])


class Page:
    """A training page as coaches' sockets see one; it says only what a test has it say."""

    def __init__(self, athlete: Athlete) -> None:
        self.id = athlete.user.id
        self.layer: Any = get_channel_layer()

    async def open(self) -> None:
        self.channel = await self.layer.new_channel()
        await self.layer.group_add(training_group(self.id), self.channel)

    async def hear(self, kind: str) -> Any:
        """The next message of this type."""
        while (event := await self.layer.receive(self.channel))["type"] != kind:
            pass
        return event

    async def tell(self, to: str, kind: str, page: str = "p1") -> None:
        await self.layer.send(to, {"type": kind, "athlete": str(self.id), "page": page})

    async def tell_all(self, kind: str, page: str = "p1") -> None:
        event = {"type": kind, "athlete": str(self.id), "page": page}
        await self.layer.group_send(presence_group(self.id), event)


@asynccontextmanager
async def met(ada: Athlete, tom: Athlete) -> AsyncIterator[tuple[Page, Socket, str]]:
    """The page, the coach's socket and its channel; the coach knows that the athlete trains."""
    page = Page(ada)
    await page.open()
    async with coaching(tom) as theirs:
        await theirs.hear("athletes")
        channel = (await page.hear("presence.asked"))["reply"]
        await page.tell(channel, "athlete.still_here")
        assert (await theirs.hear())["here"] is True
        yield page, theirs, channel


def watch(athlete: Athlete) -> dict[str, str]:
    return {"type": "watch", "athlete": str(athlete.user.id)}


@pytest.mark.usefixtures("link")
async def test_a_page_that_died_without_a_word_is_gone_after_its_lease(
    ada: Athlete, tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.consumers.grants.WATCH_RENEWAL_S", 0.1)
    monkeypatch.setattr("coach.consumers.live.WATCH_LEASE_S", 0.3)
    async with met(ada, tom) as (page, theirs, _channel):
        assert (await page.hear("presence.asked"))["type"], "asked again while it may be there"
        gone = {"type": "presence", "athlete": str(ada.user.id), "here": False}
        assert await theirs.hear() == gone


@pytest.mark.usefixtures("link")
async def test_the_end_of_a_page_that_nobody_knew_says_nothing(ada: Athlete, tom: Athlete) -> None:
    async with met(ada, tom) as (page, theirs, _channel):
        await page.tell_all("athlete.gone", "another")
        await page.tell_all("athlete.gone")
        assert (await theirs.hear())["here"] is False
        await page.tell_all("athlete.still_here")
        assert (await theirs.hear())["here"] is True, "and nothing was said twice"


async def test_what_comes_after_the_end_of_a_grant_is_not_passed_on(
    ada: Athlete, tom: Athlete, link: CoachLink
) -> None:
    """Nor taken for a look: the nudge of the end was lost, and a message found it."""
    async with met(ada, tom) as (page, theirs, channel):
        ends_at = timezone.now()
        await CoachLink.objects.aupdate(ends_at=ends_at, ended_at=ends_at)
        await theirs.say(watch(ada))
        assert (await theirs.hear())["athletes"] == []
        assert (await theirs.hear())["reason"] == "grant"
        for kind in ("athlete.still_here", "athlete.here", "watch.begun"):
            await page.tell(channel, kind)
        await theirs.say(watch(ada))
        assert (await theirs.hear())["reason"] == "grant"
    assert not await Access.objects.aexists()


@pytest.mark.usefixtures("link")
async def test_answers_to_who_does_not_watch_are_no_look(ada: Athlete, tom: Athlete) -> None:
    async with met(ada, tom) as (page, theirs, channel):
        for kind in ("watch.begun", "watch.refused"):
            await page.tell(channel, kind)
        await theirs.say({"type": "unwatch", "athlete": str(ada.user.id)})
        await page.tell_all("athlete.gone")
        assert (await theirs.hear())["here"] is False, "and nothing came before"
    assert not await Access.objects.aexists()


@pytest.mark.usefixtures("link")
async def test_who_watches_and_asks_again_is_asked_for_again_and_is_one_look(
    ada: Athlete, tom: Athlete
) -> None:
    async with met(ada, tom) as (page, theirs, channel):
        for _ in range(2):
            await theirs.say(watch(ada))
            assert (await page.hear("watch.begin"))["watcher"] == channel
            await page.tell(channel, "watch.begun")
        assert (await theirs.hear())["type"] == "watching"
        await theirs.say({"type": "unwatch", "athlete": str(ada.user.id)})
        await page.hear("watch.end")
        await page.tell_all("athlete.gone")
        assert (await theirs.hear())["here"] is False, "it was said once that they watch"
    assert await Access.objects.acount() == 1


@pytest.mark.usefixtures("link")
async def test_a_watch_is_of_who_may_still_ask(ada: Athlete, tom: Athlete) -> None:
    """No signal has told the socket that its owner is no coach any more."""
    async with training(ada) as mine, coaching(tom) as theirs:
        await theirs.hear("presence")
        await User.objects.filter(pk=tom.user.pk).aupdate(is_coach=False)
        await theirs.say(watch(ada))
        assert (await theirs.closed())[0] == 4403
        assert await mine.is_silent()


async def test_one_athlete_ends_it_and_the_other_is_still_seen(
    ada: Athlete, eve: Athlete, tom: Athlete, link: CoachLink
) -> None:
    await later(grant_link)(athlete=eve.user, coach=tom.user, scopes=["live"])
    async with both(ada, tom) as (mine, theirs):
        await CoachLink.objects.filter(athlete=eve.user).aupdate(ended_at=timezone.now())
        cue = {"type": "cue", "athlete": str(ada.user.id), "id": str(uuid4()), "text": "Up"}
        await theirs.say(cue)
        told = await theirs.hear()
        assert [one["id"] for one in told["athletes"]] == [str(ada.user.id)]
        assert (await mine.hear("cue"))["text"] == "Up"
        await mine.say(seen(reps=9))
        assert (await theirs.hear())["reps"] == 9, "nothing was said of who was not watched"
