"""The images' steps without an engine: installs, builds and starts as Dockerfile and compose say.

Slow (minutes) and in need of the package registries, hence only with POSECOACH_REHEARSE=1
(`make rehearse`). What it cannot prove stands in docs/deployment.md.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.deployment.dockerfile import read_compose, read_dockerfile
from tests.deployment.image import Image
from tests.engines import free_port, wait_for_port
from tests.live import PASSWORD, Visitor

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "p" * 24}

needs_caddy = pytest.mark.skipif(shutil.which("caddy") is None, reason="no Caddy on this machine")
pytestmark = [
    pytest.mark.skipif("POSECOACH_REHEARSE" not in os.environ, reason="slow: make rehearse"),
    pytest.mark.timeout(1500),
]


class Deployment:
    """The services of the compose file as processes of this machine, on real engines."""

    def __init__(self, image: Image, engines: dict[str, str], log_folder: Path) -> None:
        self.image = image
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.services = read_compose(
            ROOT / "docker-compose.yml", {**SECRETS, "PUBLIC_URL": self.url}
        )["services"]
        image.outside = {name: engines[name] for name in ("DATABASE_URL", "REDIS_URL")}
        self.log_folder = log_folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def environment(self, name: str) -> dict[str, str]:
        values: dict[str, str] = self.services[name]["environment"]
        return values

    def command(self, words: list[str]) -> list[str]:
        replaced = {"0.0.0.0": "127.0.0.1", "8000": str(self.port)}
        return [replaced.get(w, w.replace(":8000", f":{self.port}")) for w in words]

    def log(self, name: str) -> str:
        return (self.log_folder / name).read_text()

    def start(self, name: str) -> None:
        command = self.command(self.services[name]["command"])
        environment = self.environment(name)
        self.running[name] = self.image.start(command, environment, self.log_folder / name)

    def is_healthy(self, name: str) -> bool:
        kind, *words = self.services[name]["healthcheck"]["test"]
        command = self.command(words)
        try:
            self.image.run(
                ["sh", "-c", *command] if kind == "CMD-SHELL" else command, self.environment(name)
            )
        except AssertionError:
            return False
        return True

    def stop(self, name: str) -> int:
        process = self.running.pop(name)
        process.terminate()
        return process.wait(30)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    built = Image(tmp_path_factory.mktemp("image"), ROOT)
    for folder in ("tmp", "data"):
        (built.tree / folder).mkdir()
    built.build(read_dockerfile(ROOT / "Dockerfile"))
    return built


@pytest.fixture(scope="module")
def deployment(
    image: Image, engine_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    stack = Deployment(image, engine_env, tmp_path_factory.mktemp("logs"))
    setup = stack.services["setup"]
    print(image.run(setup["command"], stack.environment("setup")))
    with ExitStack() as ends:
        for name in ("web", "worker", "batch", "beat"):
            stack.start(name)
            ends.callback(lambda name=name: name in stack.running and stack.stop(name))
        wait_for_port(stack.port)
        yield stack


def wait_until(answer: Any, timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not answer():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)


def test_only_the_user_is_left_out(image: Image) -> None:
    assert len(image.left_out) == 1


def test_the_image_holds_no_tensorflow(image: Image) -> None:
    assert "tensorflow" not in image.run(["python", "-m", "pip", "list"]).lower()


def test_every_service_becomes_healthy(deployment: Deployment) -> None:
    for name in ("web", "worker", "batch", "beat"):
        wait_until(lambda name=name: deployment.is_healthy(name))


def test_readyz_sees_database_broker_and_worker(deployment: Deployment) -> None:
    visitor = Visitor(deployment.url)
    wait_until(lambda: visitor.call("GET", "/readyz").json == {"status": "ok"})


def test_the_built_page_is_served(deployment: Deployment) -> None:
    page = Visitor(deployment.url).call("GET", "/")
    assert page.status == 200
    assert b'id="app"' in page.body


def test_a_person_can_sign_up_and_sees_the_catalogue(deployment: Deployment) -> None:
    visitor = Visitor(deployment.url)
    assert visitor.sign_up("ada@example.org").status == 200
    assert visitor.call("GET", "/api/me").json["email"] == "ada@example.org"
    assert "squat" in {entry["slug"] for entry in visitor.call("GET", "/api/exercises").json}


def test_beat_asks_for_the_sweep_and_the_worker_does_it(deployment: Deployment) -> None:
    wait_until(lambda: "sessions.tasks.sweep" in deployment.log("beat"), timeout_s=90)
    wait_until(lambda: "sweep" in deployment.log("worker"), timeout_s=90)


@needs_caddy
@pytest.mark.parametrize("tls", ["internal", "coach@example.org"])
def test_caddy_accepts_both_kinds_of_certificate(tls: str, tmp_path: Path) -> None:
    upstream = {"UPSTREAM_NAME": "web", "UPSTREAM_PORT": "8000"}
    settings = {"PUBLIC_URL": "https://coach.test", "TLS": tls, **upstream}
    result = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", ROOT / "deploy/Caddyfile"],
        env={**os.environ, "HOME": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr


@needs_caddy
def test_a_person_can_sign_up_through_https(
    image: Image, deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cookies are for HTTPS only, and writes are taken from the proxy's address alone."""
    web_port, tls_port, plain_port = free_port(), free_port(), free_port()
    public_url = f"https://localhost:{tls_port}"
    command = ["python", "manage.py", "serve", "--port", str(web_port)]
    environment = {**deployment.environment("web"), "PUBLIC_URL": public_url}
    config = tmp_path / "Caddyfile"
    ports = f"admin off\nhttp_port {plain_port}\nhttps_port {tls_port}\nskip_install_trust"
    config.write_text(f"{{\n{ports}\n}}\n{(ROOT / 'deploy/Caddyfile').read_text()}")
    upstream = {"UPSTREAM_NAME": "localhost", "UPSTREAM_PORT": str(web_port)}
    proxy_settings = {"PUBLIC_URL": public_url, **upstream}
    with ExitStack() as ends:
        web = image.start(command, environment, tmp_path / "web.log")
        ends.callback(web.wait, 20)
        ends.callback(web.terminate)
        proxy = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", config],
            env={**os.environ, "TLS": "internal", "XDG_DATA_HOME": str(tmp_path), **proxy_settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends.callback(proxy.wait, 20)
        ends.callback(proxy.terminate)
        wait_for_port(web_port)
        wait_for_port(tls_port)
        root = tmp_path / "caddy/pki/authorities/local/root.crt"
        wait_until(root.exists)
        monkeypatch.setenv("SSL_CERT_FILE", str(root))
        visitor = Visitor(public_url)
        person = {"email": "tove@example.org", "password": PASSWORD}
        path = "/_allauth/browser/v1/auth/signup"
        refused = visitor.call("POST", path, person, headers={"Origin": "https://evil.test"})
        taken = visitor.call("POST", path, person, headers={"Origin": public_url})
        assert (refused.status, taken.status) == (403, 200)
        assert visitor.call("GET", "/api/me").json["email"] == "tove@example.org"
        assert all(cookie.secure for cookie in visitor.cookies)


def test_each_process_ends_cleanly_when_asked(deployment: Deployment) -> None:
    for name in ("beat", "batch", "worker", "web"):
        assert deployment.stop(name) == 0, deployment.log(name)[-2000:]
