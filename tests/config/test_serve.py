"""`manage.py serve` as a process: started, refused, stopped, started again."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError

from accounts.models import User
from config import demo
from config.management.commands import serve
from tests.engines import free_port
from tests.live import ROOT, Visitor, environment, manage, wait_until_ready

# A guard against hanging, not a measurement: grace times add up to under 5 s.
STOPS_WITHIN_S = 20


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    env = {"DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    manage("setup", env=env)
    return env


class Server:
    def __init__(self, env: dict[str, str], port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(env),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def stop(self, how: signal.Signals) -> str:
        """All it said until it was gone. Raises TimeoutExpired when it hangs."""
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=STOPS_WITHIN_S)
        return said


@pytest.fixture
def server(env: dict[str, str]) -> Iterator[Server]:
    server = Server(env, free_port())
    wait_until_ready(server.url)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_cleanly(server: Server, how: signal.Signals) -> None:
    css = Visitor(server.url).call("GET", "/static/admin/css/base.css")
    assert len(css.body) == int(css.headers["Content-Length"])
    said = server.stop(how)
    assert server.process.returncode == 0, said
    assert said.startswith("PoseCoach is at http://localhost:")
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said
    assert "Warning" not in said


def test_a_request_that_hangs_does_not_hold_it_up(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1]))) as slow:
        slow.sendall(b"PATCH /api/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        time.sleep(0.3)
        server.stop(signal.SIGTERM)
    assert server.process.returncode == 0


def test_what_was_stored_is_there_after_a_kill(server: Server, env: dict[str, str]) -> None:
    visitor = Visitor(server.url)
    assert visitor.sign_up("kept@example.org").status == 200
    server.stop(signal.SIGKILL)
    again = Server(env, int(server.url.rsplit(":", 1)[1]))
    wait_until_ready(again.url)
    assert visitor.call("GET", "/api/me").json["email"] == "kept@example.org"
    again.stop(signal.SIGTERM)


def test_a_port_in_use_gets_one_clear_line(server: Server, env: dict[str, str]) -> None:
    port = int(server.url.rsplit(":", 1)[1])
    second = Server(env, port)
    said, _ = second.process.communicate(timeout=30)
    assert second.process.returncode == 1
    (line,) = said.strip().splitlines()
    assert f"127.0.0.1:{port}: Address already in use" in line
    assert "--port" in line


def test_a_database_without_tables_gets_one_clear_line(tmp_path: Path) -> None:
    bare = Server({"DATA_DIR": str(tmp_path)}, free_port())
    said, _ = bare.process.communicate(timeout=30)
    assert bare.process.returncode == 1
    (line,) = said.strip().splitlines()
    assert "manage.py setup" in line


def test_setup_makes_people_who_can_sign_in_and_have_a_history(
    server: Server, env: dict[str, str]
) -> None:
    said = manage("setup", env=env)
    visitor = Visitor(server.url)
    account = {"email": "athlete@demo.example", "password": "posecoach-demo"}
    assert account["email"] in said
    assert account["password"] in said
    assert visitor.call("POST", "/_allauth/browser/v1/auth/login", account).status == 200
    workouts = visitor.call("GET", "/api/workouts?limit=50").json["results"]
    assert 12 <= len(workouts) <= 24
    assert visitor.call("GET", "/api/home").json["trend"]


def test_several_processes_need_a_broker_between_them() -> None:
    with pytest.raises(CommandError, match="expected 1 or more, got 0"):
        serve._check_processes(0)
    with pytest.raises(CommandError, match="set REDIS_URL"):
        serve._check_processes(2)
    serve._check_processes(1)


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "is_warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_demo_accounts_are_no_secret_on_an_open_address(
    host: str, is_warned: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    User.objects.create_user(f"mira@{demo.DOMAIN}")
    serve.Command()._tell(host, 8000)
    told = capsys.readouterr()
    assert "PoseCoach is at http://localhost:8000" in told.out
    assert ("public password" in told.err) is is_warned
