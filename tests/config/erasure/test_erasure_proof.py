"""Who is erased is nowhere any more: not in a table, a key, a message, a file or a line of a log.

The same search finds each word before, so that it would find what was left.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from redis import Redis

from models.clip import CONTENT_TYPE, encode
from tests.config.backup.running import Env, manage, on_postgres, on_sqlite, told
from tests.config.erasure.life import ADDRESSES, PASSWORD
from tests.config.erasure.scan import Found, in_files, in_postgres, in_redis, in_sqlite
from tests.engines import free_port
from tests.live import Visitor, process, wait_until_ready
from tests.workouts.builders import START, clips, squats

LIFE = "tests.config.erasure.life"
QUEUES = ("celery", "trends", "batch")


@contextmanager
def running(env: Env, logs: Path) -> Iterator[str]:
    """Web, and a worker where there is a broker; what they print goes into the folder logs."""
    port = free_port()
    commands = {"web": ["manage.py", "serve", "--port", str(port)]}
    if "REDIS_URL" in env:
        commands["worker"] = ["-m", "celery", "-A", "config.celery:app", "worker", "-c", "1",
                              "-l", "INFO", "-Q", ",".join(QUEUES)]  # fmt: skip
    with ExitStack() as stack:
        for name, command in commands.items():
            stack.enter_context(process(command, env, logs / f"{name}.log"))
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"


def visit(url: str) -> None:
    """Both sign in; they train, export and look around."""
    for address in ADDRESSES.values():
        visitor = Visitor(url)
        visitor.call(
            "POST", "/_allauth/browser/v1/auth/login", {"email": address, "password": "no"}
        )
        login = {"email": address, "password": PASSWORD}
        answer = visitor.call("POST", "/_allauth/browser/v1/auth/login", login)
        assert answer.status in (200, 401), answer.body  # 401: a second factor is asked for
        if answer.status == 401:
            continue
        workout, one, at = uuid4(), uuid4(), START.isoformat()
        body = {"workout": str(workout), "exercise": "squat", "source": "camera", "started_at": at}
        visitor.call("PUT", f"/api/workouts/{workout}", {"started_at": at, "time_zone": "UTC"})
        visitor.call("PUT", f"/api/sets/{one}", body)
        for index, clip in enumerate(clips(squats(2))):
            path = f"/api/sets/{one}/clips/{index}"
            visitor.call("PUT", path, encode(clip), content_type=CONTENT_TYPE)
        for path in ("export", "home", "me", "athletes", "notifications", f"sets/{one}/frames"):
            visitor.call("GET", f"/api/{path}")
        visitor.call("GET", f"/api/athletes/{uuid4()}")


def settle(env: Env) -> None:
    """Until the worker has done what was queued."""
    if "REDIS_URL" not in env:
        time.sleep(2)
        return
    deadline = time.monotonic() + 60
    with Redis.from_url(env["REDIS_URL"]) as redis:
        while any(map(redis.llen, QUEUES)) or redis.hlen("unacked"):
            assert time.monotonic() < deadline
            time.sleep(0.2)


def scanned(env: Env, words: list[str]) -> Found:
    url = env.get("DATABASE_URL")
    if url is None:
        return in_sqlite(Path(env["DATA_DIR"]) / "posecoach.sqlite3", words)
    return in_postgres(url, words)


def prove(env: Env, folder: Path) -> None:
    logs, temporary = folder / "logs", folder / "tmp"
    logs.mkdir()
    temporary.mkdir()
    env |= {"TMPDIR": str(temporary), "LOG_LEVEL": "INFO", "EMAIL_URL": "dummymail://"}
    manage("setup", "--no-demo", env=env)
    people = told(LIFE, "begin", env=env)
    words = [word for of_one in people.values() for word in of_one]
    outside = [Path(env["DATA_DIR"]), temporary, logs]
    with running(env, logs) as url:
        visit(url)
        settle(env)
        before = scanned(env, words)
        missed = set(words) - set(before)
        # PostgreSQL writes an id with hyphens alone, and only SQLite without.
        assert all(len(word) == 32 for word in missed), "the search would not find what is left"
        assert not missed or "DATABASE_URL" in env
        assert sum(map(len, before.values())) > 40
        if "REDIS_URL" in env:
            with Redis.from_url(env["REDIS_URL"]) as redis:  # what a crashed socket leaves
                redis.zadd(f"asgi:group:coach.{words[4]}", {"specific.abc!x": 1})
            assert in_redis(env["REDIS_URL"], words)
        else:
            assert in_files([outside[0]], words)
        left = told(LIFE, "erase", env=env)
        assert "the-other-athlete@example.org" in left
        settle(env)
    assert scanned(env, words) == {}
    if "REDIS_URL" in env:
        assert in_redis(env["REDIS_URL"], words) == {}
    assert in_files(outside, words) == {}
    assert (logs / "web.log").stat().st_size > 0


@pytest.mark.engines
def test_on_postgresql_and_redis(postgres_url: str, redis_url: str, tmp_path: Path) -> None:
    env = on_postgres(postgres_url, tmp_path / "data")
    prove(env | {"REDIS_URL": redis_url.replace("/0", "/7")}, tmp_path)


def test_on_sqlite_down_to_the_bytes_of_its_file(tmp_path: Path) -> None:
    prove(on_sqlite(tmp_path / "data"), tmp_path)
