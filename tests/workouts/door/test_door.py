"""Who is let in, what is answered, and what the door hands on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils import timezone

from accounts.models import Consent, User
from models.clip import encode
from sessions.models import WorkoutSet
from tests.workouts.visiting import GOOD, Counted, Visitor, new_athlete, new_set, stored

pytestmark = [
    pytest.mark.engines,
    pytest.mark.usefixtures("on_postgres"),
]


async def test_django_answers_the_first_clip_and_the_door_the_others_alike(
    visitor: Visitor, set_id: UUID
) -> None:
    django = Counted(visitor.door)
    first = await visitor.send(set_id, 0)
    second = await visitor.send(set_id, 1)
    again = await visitor.send(set_id, 1)
    assert django.calls == 1
    assert [first[0], second[0], again[0]] == [202, 202, 202]
    for _, headers, _ in (first, second):
        headers.pop("x-request-id", None)  # of each its own
    assert first[1] == second[1]
    assert second[2] == {"index": 1, "frames": 30, "duplicate": False}
    assert again[2] == {"index": 1, "frames": 30, "duplicate": True}
    assert await stored(set_id) == [0, 1]


@pytest.mark.parametrize(
    ("index", "body", "status"),
    [
        (0, encode(GOOD[5]), 409),
        (2, encode(GOOD[0]), 400),
        (2, b"PCCL", 400),
        (2, b"", 400),
        (14_400, encode(GOOD[5]), 400),
    ],
)
async def test_what_is_refused_is_refused_by_django(
    visitor: Visitor, set_id: UUID, index: int, body: bytes, status: int
) -> None:
    for i in (0, 1):
        await visitor.send(set_id, i)
    by_door = await visitor.send(set_id, index, body)
    by_django = await visitor.send(set_id, index, body, app=visitor.door._django)
    for _, headers, told in (by_door, by_django):
        headers.pop("x-request-id", None)
        told["error"].pop("reference", None)
    assert by_door == by_django
    assert by_door[0] == status
    assert (await visitor.send(set_id, 2))[0] == 202


async def test_another_persons_set_is_not_there(visitor: Visitor, set_id: UUID) -> None:
    eve = Visitor(visitor.door, await sync_to_async(new_athlete)("eve@example.org"))
    own = await sync_to_async(new_set)(eve.athlete)
    assert (await eve.send(own, 0))[0] == 202
    assert (await eve.send(set_id, 0))[0] == 404
    assert (await eve.send(uuid4(), 0))[0] == 404
    assert await stored(set_id) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"x-csrftoken": "d" * 32}, 403),
        ({"cookie": "sessionid=unknown"}, 401),
        ({"content-type": "text/plain"}, 415),
        ({"authorization": "Bearer pc_unknown"}, 401),
    ],
)
async def test_no_pass_is_worth_anything_with_other_headers(
    visitor: Visitor, set_id: UUID, headers: dict[str, str], status: int
) -> None:
    assert (await visitor.send(set_id, 0))[0] == 202
    assert (await visitor.send(set_id, 1, **headers))[0] == status
    assert await stored(set_id) == [0]


async def test_a_consent_that_was_taken_back_is_noticed_with_the_next_clip(
    visitor: Visitor, set_id: UUID
) -> None:
    for i in (0, 1):
        assert (await visitor.send(set_id, i))[0] == 202
    now = timezone.now()
    await Consent.objects.acreate(
        user=visitor.athlete.user, document="movement", version="1", agreed_at=now, ended_at=now
    )
    status, _, told = await visitor.send(set_id, 2)
    assert (status, told["error"]["code"]) == (403, "consent_withdrawn")
    assert await stored(set_id) == [0, 1]


@pytest.mark.parametrize("end", ["signed out", "locked out", "new password"])
async def test_a_session_that_has_ended_ends_at_the_door_at_once(
    visitor: Visitor, set_id: UUID, end: str
) -> None:
    assert (await visitor.send(set_id, 0))[0] == 202
    assert (await visitor.send(set_id, 1))[0] == 202

    @sync_to_async
    def ends() -> None:
        if end == "signed out":
            Session.objects.all().delete()
        elif end == "locked out":
            User.objects.update(is_active=False)
        else:
            user = User.objects.get()
            user.set_password("another one")
            user.save()

    await ends()
    assert (await visitor.send(set_id, 2))[0] == 401
    assert await stored(set_id) == [0, 1]


async def test_many_at_once_doubled_and_out_of_order(visitor: Visitor, set_id: UUID) -> None:
    await visitor.send(set_id, 0)
    order = [3, 1, 7, 2, 2, 9, 4, 1, 8, 5, 6, 3]
    told = await asyncio.gather(*(visitor.send(set_id, i) for i in order))
    assert {one[0] for one in told} == {202}
    assert sum(not one[2]["duplicate"] for one in told) == 9
    assert await stored(set_id) == list(range(10))
    row = await WorkoutSet.objects.aget(id=set_id)
    assert row.revision == row.clips_received == 10


async def test_a_set_finished_in_the_same_moment_keeps_what_was_acknowledged(
    visitor: Visitor, set_id: UUID
) -> None:
    await visitor.send(set_id, 0)
    finish = sync_to_async(visitor.athlete.finish, thread_sensitive=False)
    told = await asyncio.gather(
        *(visitor.send(set_id, i) for i in (1, 2)), finish(set_id, 3), visitor.send(set_id, 3)
    )
    acknowledged = [0, *(one[2]["index"] for one in (*told[:2], told[3]) if one[0] == 202)]
    assert await stored(set_id) == sorted(acknowledged)
    assert told[3][0] in {202, 400, 409}
    assert (told[2].status_code == 200) is (3 not in acknowledged)


async def test_a_set_that_is_locked_delays_nobody_else(visitor: Visitor, set_id: UUID) -> None:
    other = await sync_to_async(new_set)(visitor.athlete)
    for one in (set_id, other):
        await visitor.send(one, 0)
    with ThreadPoolExecutor(1) as pool:

        def lock() -> None:
            connection.set_autocommit(False)
            connection.cursor().execute(
                "SELECT 1 FROM workouts_workoutset WHERE id = %s FOR UPDATE", [set_id]
            )

        def release() -> None:
            connection.rollback()
            connections.close_all()

        await asyncio.wrap_future(pool.submit(lock))
        held = asyncio.create_task(visitor.send(set_id, 1))
        assert (await visitor.send(other, 1))[0] == 202
        assert not held.done()
        await asyncio.wrap_future(pool.submit(release))
        assert (await held)[0] == 202
