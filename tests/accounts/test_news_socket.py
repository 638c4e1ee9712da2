"""The socket of a person: a nudge that something is new for them, and for nobody else."""

import pytest
from asgiref.sync import sync_to_async

from accounts.notifications import Kind, notify
from accounts.notifications.channel import group_name
from accounts.services import user_create
from tests.sockets import socket
from tests.workouts.builders import Athlete

ME = "/ws/me"


@pytest.fixture
def ada(transactional_db: None) -> Athlete:
    return Athlete(user_create(email="ada@example.org", password="three calm otters"))


@pytest.fixture
def eve(transactional_db: None) -> Athlete:
    return Athlete(user_create(email="eve@example.org", password="three calm otters"))


async def test_an_open_page_hears_of_its_own_news_alone(ada: Athlete, eve: Athlete) -> None:
    async with socket(ME, ada.client) as page, socket(ME, eve.client) as other:
        assert await page.open() == await other.open() == "websocket.accept"
        await sync_to_async(notify)(user=ada.user, kind=Kind.COMMENT, data={"by": "Tom"}, url="/1")
        assert await page.hear() == {"type": "notifications.changed", "unread": 1}
        assert await other.is_silent()


@pytest.mark.django_db(transaction=True)
async def test_nobody_else_gets_in() -> None:
    async with socket(ME) as page:
        await page.open()
        assert (await page.closed())[0] == 4403


async def test_another_origin_does_not_get_in(ada: Athlete) -> None:
    async with socket(ME, ada.client, origin="https://elsewhere.example") as page:
        assert await page.open() == "websocket.close"


def test_groups_are_named_by_person(ada: Athlete) -> None:
    assert group_name(ada.user.pk) == f"user.{ada.user.pk}"
