"""The product as it is run: its own processes, and a visitor who speaks HTTP to them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.commands import ROOT, run
from tests.engines import free_port

PASSWORD = "three calm otters"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Message

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """A browser without a page: cookies, and the CSRF token on every write."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.call("GET", "/")

    def call(
        self,
        method: str,
        path: str,
        data: Any = None,
        *,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
        timeout_s: float = 20,
    ) -> Answer:
        body = data if data is None or isinstance(data, bytes) else json.dumps(data).encode()
        request = Request(self.url + path, body, headers or {}, method=method)
        if body is not None:
            request.add_header("Content-Type", content_type)
        request.add_header("X-CSRFToken", self.cookie("csrftoken"))
        try:
            with self._opener.open(request, timeout=timeout_s) as response:
                return Answer(response.status, response.read(), response.headers)
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read(), error.headers)

    def cookie(self, name: str) -> str:
        return next((c.value or "" for c in self.cookies if c.name == name), "")

    def sign_up(self, email: str, **profile: str) -> Answer:
        account = {"email": email, "password": PASSWORD, **profile}
        return self.call("POST", "/_allauth/browser/v1/auth/signup", account)


ENGINES = pytest.param("engines", marks=pytest.mark.engines)


@pytest.fixture(scope="session", params=["embedded", ENGINES])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of the running product: one process on SQLite, or web and worker on the real engines."""
    env = {"DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    if request.param == "engines":
        env |= request.getfixturevalue("engine_env")
    with running(env) as url:
        yield url


@contextmanager
def running(
    env: dict[str, str], of_worker: dict[str, str] | None = None, output: Path | None = None
) -> Iterator[str]:
    """Sets up, starts the processes; stops them again.

    of_worker: what its environment has beside env; output: where all they print goes.
    """
    manage("setup", "--no-demo", env=env)
    port = free_port()
    commands = [(["manage.py", "serve", "--port", str(port)], env)]
    if "REDIS_URL" in env:
        worker = ["-m", "celery", "-A", "config.celery:app", "worker", "-c", "1"]
        worker += ["-Q", "celery,trends,batch"]
        commands.append((worker, env | (of_worker or {})))
    with ExitStack() as stack:
        for command, its_env in commands:
            stack.enter_context(process(command, its_env, output))
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url)
        yield url


def manage(*command: str, env: dict[str, str]) -> str:
    done = run("manage.py", *command, env=environment(env), timeout_s=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def process(
    command: list[str], env: dict[str, str], output: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    with ExitStack() as stack:
        into = stack.enter_context(output.open("ab")) if output else None
        started = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(env), stdout=into, stderr=into
        )
        try:
            yield started
        finally:
            started.terminate()
            started.wait(20)


def environment(env: dict[str, str]) -> dict[str, str]:
    """Ours without what a developer's own shell or .env would add."""
    ours = {"DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEY", "DEBUG", "DATA_DIR", "DEMO"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"READ_DOTENV": "0"} | env


def wait_until_ready(url: str, timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            answer = Visitor(url).call("GET", "/readyz")
            if answer.status == 200 and answer.json["status"] == "ok":
                return
        except URLError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError(f"{url} did not become ready")
        time.sleep(0.2)
