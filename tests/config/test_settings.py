"""The environment decides; each case is a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live import ROOT, environment

SHOW = """
import json
from config import settings as s
names = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "EMBEDDED", "DEMO",
         "SECRET_KEY", "CELERY_BROKER_URL", "CHANNEL_LAYERS", "CACHES", "DATABASES", "DEBUG"]
print(json.dumps({name: getattr(s, name) for name in names}, default=str))
"""
SERVER = {"DATABASE_URL": "postgresql://u:p@db/posecoach", "SECRET_KEY": "s" * 50}


@pytest.fixture
def show(tmp_path: Path) -> Any:
    def _show(**env: str) -> dict[str, Any]:
        done = run(SHOW, {"DATA_DIR": str(tmp_path), **env})
        assert done.returncode == 0, done.stderr
        settings: dict[str, Any] = json.loads(done.stdout)
        return settings

    return _show


def run(code: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(env),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_nothing_set_is_one_process_on_sqlite(show: Any, tmp_path: Path) -> None:
    settings = show()
    assert settings["EMBEDDED"]
    assert settings["DEMO"]
    assert not settings["DEBUG"]
    database = settings["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "posecoach.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert settings["CELERY_BROKER_URL"].startswith("memory:")
    assert settings["CHANNEL_LAYERS"]["default"]["BACKEND"] == "config.layers.EmbeddedChannelLayer"


def test_the_secret_key_is_made_once_and_kept_private(show: Any, tmp_path: Path) -> None:
    first = show()["SECRET_KEY"]
    assert len(first) >= 50
    assert show()["SECRET_KEY"] == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert show(SECRET_KEY="given")["SECRET_KEY"] == "given"


def test_two_addresses_switch_to_the_real_engines(show: Any) -> None:
    settings = show(REDIS_URL="redis://cache:6379/1", **SERVER)
    assert not settings["EMBEDDED"]
    assert not settings["DEMO"]
    database = settings["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"]) == ("django.db.backends.postgresql", "db")
    assert settings["CELERY_BROKER_URL"] == "redis://cache:6379/1"
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://cache:6379/1"
    assert settings["CHANNEL_LAYERS"]["default"]["CONFIG"]["hosts"] == ["redis://cache:6379/1"]


def test_a_real_server_needs_a_secret_key(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path), "DATABASE_URL": SERVER["DATABASE_URL"]}
    done = run(SHOW, env)
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr


def test_the_public_address_sets_hosts_origins_and_cookies(show: Any) -> None:
    settings = show(PUBLIC_URL="https://coach.example.org:8443/")
    assert settings["ALLOWED_HOSTS"][0] == "coach.example.org"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://coach.example.org:8443"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert not settings["DEMO"]


def test_hosts_and_origins_can_be_set_by_hand(show: Any) -> None:
    settings = show(ALLOWED_HOSTS="a.example,b.example", CSRF_TRUSTED_ORIGINS="https://a.example")
    assert settings["ALLOWED_HOSTS"][:2] == ["a.example", "b.example"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://a.example"]


def test_a_pool_is_shared_by_the_requests_of_a_process(show: Any) -> None:
    assert "pool" not in show(**SERVER)["DATABASES"]["default"].get("OPTIONS", {})
    found = show(**SERVER, DATABASE_POOL="7", CONN_MAX_AGE="60")["DATABASES"]["default"]
    assert found["OPTIONS"]["pool"]["max_size"] == 7
    assert found["CONN_MAX_AGE"] == 0  # Django refuses the two together
