"""Who is answered what, everywhere: docs/access.md against the running code."""

from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse

from tests.config.access.asking import ask, loaded_world
from tests.config.access.calls import CALLS, Call
from tests.config.access.endpoints import endpoints, names_in
from tests.config.access.table import Answers, as_row, read_table
from tests.config.access.world import (
    ACTORS,
    ADMIN,
    ANONYMOUS,
    ATHLETE,
    ENDED,
    OTHER,
    STRANGER,
    World,
)
from tests.sockets import socket

NOBODY = (ANONYMOUS, OTHER, STRANGER, ENDED, ADMIN)
UNKEPT = (
    "/api/athletes",
    "/api/coach",
    "/api/invit",
    "/api/access-log",
    "/api/groups",
    "/api/notifications",
)
TABLE = read_table()
CALLED = [one for one in endpoints() if not one.startswith("WS ")]
SOCKETS = [one for one in endpoints() if one.startswith("WS ")]


@pytest.fixture
def world(db: None) -> World:
    return loaded_world()


def call(world: World, endpoint: str, actor: str) -> Any:
    return ask(world.clients[actor], endpoint, world.ids_for(actor))


def names_of(endpoint: str) -> list[str]:
    """Of the rows that its path needs."""
    renamed = CALLS.get(endpoint, Call()).ids
    return [renamed.get(name, name) for name in names_in(endpoint)]


def test_every_endpoint_has_a_row_and_every_row_an_endpoint() -> None:
    known = set(endpoints())
    assert sorted(known - TABLE.keys()) == [], "no row in docs/access.md"
    assert sorted(TABLE.keys() - known) == [], "a row in docs/access.md without an endpoint"


def test_calls_are_of_endpoints() -> None:
    assert sorted(CALLS.keys() - set(endpoints())) == []


@pytest.mark.parametrize("part", range(4))
def test_everybody_is_answered_as_the_table_says(world: World, part: int) -> None:
    wrong = []
    for endpoint in CALLED[part::4]:
        told: Answers = {}
        if missing := {*names_of(endpoint)} - world.ids_for(ATHLETE).keys():
            wrong.append(f"{endpoint}: tests/config/access/world.py has no {missing}")
            continue
        for actor in ACTORS:
            answer, text = call(world, endpoint, actor)
            told[actor] = str(answer.status_code)
            wrong += [f"{endpoint}: {why}" for why in _wrong(world, actor, answer, text, endpoint)]
        if told != TABLE.get(endpoint):
            wrong.append(as_row(endpoint, told))
    assert not wrong, "\n" + "\n".join(wrong)


def _wrong(world: World, actor: str, answer: Any, text: str, endpoint: str) -> Iterator[str]:
    """Whatever the status: nobody who may not is told of the athlete, and no copy is kept."""
    if actor in NOBODY:
        yield from (f"{actor} is told {one}" for one in world.secrets if one in text)
    unkept = answer.headers.get("Cache-Control") == "no-store" and "X-No-Copy" in answer.headers
    if endpoint.split()[1].startswith(UNKEPT) and answer.status_code == 200 and not unkept:
        yield f"{actor} may keep a copy"
    if answer.status_code >= 500:
        yield f"{actor}: {text[:200]}"


def test_every_write_is_taken_from_somebody() -> None:
    """A call that everybody is refused shows nothing."""
    refused = [
        endpoint
        for endpoint, told in TABLE.items()
        if not endpoint.startswith("WS ") and not any(told[one].startswith("2") for one in ACTORS)
    ]
    assert refused == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("endpoint", SOCKETS)
async def test_sockets_open_to_whom_the_table_says(transactional_db: None, endpoint: str) -> None:
    world = await sync_to_async(loaded_world)()
    told: Answers = {}
    for actor in ACTORS:
        path = endpoint.split(" ", 1)[1].format(**world.ids_for(actor))
        async with socket(path, world.clients[actor]) as page:
            opened = await page.open()
            told[actor] = await _state(page, opened)
    assert told == TABLE.get(endpoint), as_row(endpoint, told)


async def _state(page: Any, opened: str) -> str:
    """“open”, or the code with which it is closed at once."""
    if opened == "websocket.close":
        return "closed"
    if await page.is_silent():
        return "open"
    event = await page.receive()
    return str(event["code"]) if event["type"] == "websocket.close" else "open"


@pytest.mark.django_db
def test_behind_the_door_of_the_admin_is_nothing_for_others(world: World) -> None:
    for actor in ACTORS[:-1]:
        client: Client = world.clients[actor]
        for where in (reverse("admin:index"), reverse("admin:accounts_user_changelist")):
            assert client.get(where).status_code == 302, (actor, where)
