"""More than one of each: two web processes, two workers, one Redis and one PostgreSQL.

What compose starts with `--scale web=2 --scale worker=2`. Each process has an empty data folder of
its own, so that whatever has to be shared can only be shared through the two engines.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from websockets.asyncio.client import ClientConnection, connect

from models.clip import CONTENT_TYPE, encode
from tests.engines import free_port
from tests.live import Visitor, manage, process, wait_until_ready
from tests.workouts.builders import START, clips, set_body, squats

pytestmark = [pytest.mark.engines, pytest.mark.timeout(180)]
POOL = 4
CELERY = ["-m", "celery", "--app", "config.celery", "worker", "--concurrency", "1", "--loglevel"]


@dataclass(frozen=True)
class Site:
    first: str
    second: str
    database: str


@pytest.fixture(scope="module")
def site(engine_env: dict[str, str], tmp_path_factory: Any) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("many")
    ports = [free_port(), free_port()]
    commands = [["manage.py", "serve", "--port", str(port)] for port in ports]
    commands += [[*CELERY, "WARNING", "--hostname", f"celery@{name}"] for name in ("one", "two")]
    manage("setup", "--no-demo", env=engine_env | {"DATA_DIR": str(folder / "setup")})
    with ExitStack() as stack:
        for n, command in enumerate(commands):
            own = {"DATA_DIR": str(folder / str(n))}
            pool = {"DATABASE_POOL": str(POOL)} if "serve" in command else {}
            stack.enter_context(process(command, engine_env | own | pool))
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        for url in urls:
            wait_until_ready(url)
        yield Site(*urls, engine_env["DATABASE_URL"])


def person(site: Site) -> tuple[Visitor, Visitor]:
    """Signed up at the first; the same browser at the second."""
    at_first, at_second = Visitor(site.first), Visitor(site.second)
    assert at_first.sign_up(f"{uuid4().hex}@example.org").status == 200
    at_second.cookies.clear()
    for cookie in at_first.cookies:
        at_second.cookies.set_cookie(cookie)
    return at_first, at_second


def socket(visitor: Visitor, path: str) -> connect:
    cookies = "; ".join(f"{one.name}={one.value}" for one in visitor.cookies)
    url = visitor.url.replace("http", "ws")
    return connect(f"{url}{path}", additional_headers={"Cookie": cookies}, origin=visitor.url)


async def heard(open_socket: ClientConnection, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while (message := json.loads(await open_socket.recv()))["type"] != kind:
            pass
        told: dict[str, Any] = message
        return told


async def test_signed_in_at_one_sent_to_the_other_heard_at_the_first(site: Site) -> None:
    first, second = person(site)
    workout, own_set = uuid4(), uuid4()

    def train() -> None:
        start = {"started_at": START.isoformat(), "time_zone": "UTC"}
        assert first.call("PUT", f"/api/workouts/{workout}", start).status == 200
        body = set_body(workout, "squat")
        assert second.call("PUT", f"/api/sets/{own_set}", body).status == 200

    def send() -> None:
        sent = list(clips(squats(4)))
        for index, clip in enumerate(sent):
            visitor = (second, first)[index % 2]
            path = f"/api/sets/{own_set}/clips/{index}"
            answer = visitor.call("PUT", path, encode(clip), content_type=CONTENT_TYPE)
            assert answer.status == 202, answer.body
        end = {"clip_count": len(sent), "ended_at": (START + timedelta(seconds=20)).isoformat()}
        assert second.call("POST", f"/api/sets/{own_set}/finish", end).status == 200

    await asyncio.to_thread(train)
    async with socket(first, f"/ws/workouts/{workout}") as hears:
        await asyncio.to_thread(send)
        told = await heard(hears, "set.analyzed")
    assert told["set"]["id"] == str(own_set)


async def test_who_signs_out_at_one_is_out_at_the_other(site: Site) -> None:
    first, second = person(site)
    workout = uuid4()
    start = {"started_at": START.isoformat(), "time_zone": "UTC"}
    call = asyncio.to_thread
    assert (await call(first.call, "PUT", f"/api/workouts/{workout}", start)).status == 200
    assert (await call(second.call, "DELETE", "/_allauth/browser/v1/auth/session")).status == 401
    assert (await call(first.call, "GET", "/api/me")).status in {401, 403}


def test_what_is_limited_is_limited_at_all_together(site: Site) -> None:
    first, second = person(site)
    tried = [
        (first, second)[n % 2].call("GET", f"/api/invited/{'x' * 20}{n}").status for n in range(32)
    ]
    assert tried[:30] == [404] * 30
    assert set(tried[30:]) == {429}


def test_a_process_holds_no_more_connections_than_its_pool(site: Site) -> None:
    from concurrent.futures import ThreadPoolExecutor

    first, second = person(site)
    with ThreadPoolExecutor(24) as many:
        both = [(first, second)[n % 2] for n in range(120)]
        statuses = {one.status for one in many.map(lambda who: who.call("GET", "/api/home"), both)}
        with psycopg.connect(site.database) as own:
            row = own.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    assert statuses == {200}
    assert row is not None
    assert row[0] <= 2 * POOL + 2 * 3


def test_nothing_that_matters_lies_in_a_folder(site: Site, tmp_path_factory: Any) -> None:
    base: Path = tmp_path_factory.getbasetemp()
    found = {
        path.relative_to(folder).parts[0]
        for folder in base.glob("many*/*")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found <= {"weights"}  # copies of rows, made again wherever they are missed
