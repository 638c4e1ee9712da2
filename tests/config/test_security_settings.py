"""Settings and answers that docs/security.md promises and no other test asks for."""

import json
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import global_settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from sessions.services.catalogue import catalogue_load
from tests.browser import AUTH, PASSWORD, Browser
from tests.live import ROOT, environment
from tests.proven import prove
from tests.sockets import socket

SHOW = """
import json
from django.conf import settings as s
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SESSION_COOKIE_HTTPONLY",
         "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN",
         "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"]
print(json.dumps({name: getattr(s, name) for name in names}))
"""
YEAR_S = 365 * 24 * 60 * 60
# Addresses that anybody may keep: not of a person, or named after their content.
KEPT = ("/api/schema",)


def shown(**env: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env=environment({"DJANGO_SETTINGS_MODULE": "config.settings", **env}), check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def ada(db: None) -> Browser:
    User.objects.create_user("ada@example.org", PASSWORD)
    browser = Browser()
    assert browser.sign_in().status_code == 200
    return browser


def test_on_https_cookies_are_of_this_host_alone(tmp_path: Any) -> None:
    told = shown(PUBLIC_URL="https://coach.example.org", DATA_DIR=str(tmp_path))
    assert told["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert told["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_HTTPONLY"]
    assert told["SESSION_COOKIE_SAMESITE"] == told["CSRF_COOKIE_SAMESITE"] == "Lax"
    # What the prefix asks for; with anything else browsers take no cookie at all.
    assert told["SESSION_COOKIE_PATH"] == "/"
    assert told["SESSION_COOKIE_DOMAIN"] is told["CSRF_COOKIE_DOMAIN"] is None
    at_home = shown(DATA_DIR=str(tmp_path))
    assert at_home["SESSION_COOKIE_NAME"] == "sessionid"


def test_on_https_browsers_refuse_http_for_a_year(tmp_path: Any) -> None:
    env = {"PUBLIC_URL": "https://coach.example.org", "DATA_DIR": str(tmp_path)}
    assert shown(**env)["SECURE_HSTS_SECONDS"] >= YEAR_S
    assert not shown(**env)["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert shown(**env, SECURE_HSTS_INCLUDE_SUBDOMAINS="1")["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_no_other_origin_is_let_read(ada: Browser) -> None:
    for path in ("/", "/api/me", f"{AUTH}/auth/session", "/api/nothing"):
        answer = ada.client.get(path, headers={"Origin": "https://elsewhere.example"})
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "PUT"}
    asked = ada.client.options("/api/me", headers=preflight)
    assert not [name for name in asked.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/api/me", "/api/home", "/api/tokens", "/api/nothing"])
def test_personal_answers_are_kept_by_no_cache(ada: Browser, path: str) -> None:
    catalogue_load()
    for browser in (ada.client, Client()):
        assert browser.get(path)["Cache-Control"] == "no-store"
    session = ada.get(f"{AUTH}/auth/session")["Cache-Control"]
    assert "no-store" in session


@pytest.mark.django_db(transaction=True)
async def test_a_socket_from_another_origin_is_refused() -> None:
    async with socket("/ws/me", Client(), origin="https://elsewhere.example") as page:
        assert await page.open() == "websocket.close"


@pytest.mark.django_db
def test_trace_is_no_method() -> None:
    for path in ("/api/me", "/", "/healthz", "/admin/"):
        assert Client().generic("TRACE", path).status_code in {302, 401, 405}, path


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["Spaces and Ümläute 训练 inside", "long " * 20 + "end"])
def test_a_password_is_taken_as_it_is_and_long(password: str) -> None:
    account = {"email": "new@example.org", "password": password}
    assert Browser().call("POST", f"{AUTH}/auth/signup", account).status_code == 200
    for wrong in (password.upper(), password[:64], password.replace(" ", "")):
        if wrong != password:
            cache.clear()
            assert Browser().sign_in("new@example.org", wrong).status_code == 400
    cache.clear()
    assert Browser().sign_in("new@example.org", password).status_code == 200


def test_passwords_are_hashed_slowly(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    hashed = make_password("three calm otters")
    assert identify_hasher(hashed).algorithm == "pbkdf2_sha256"
    assert int(hashed.split("$")[1]) >= 600_000


def test_signing_in_changes_the_session(ada: Browser) -> None:
    before = ada.client.cookies["sessionid"].value
    ada.sign_out()
    ada.sign_in()
    assert ada.client.cookies["sessionid"].value != before


def test_another_address_is_asked_for_again(ada: Browser) -> None:
    user = User.objects.get()
    asked = {"email": "new@example.org"}
    prove(ada.client, user, ago_s=301)
    refused = ada.call("POST", f"{AUTH}/account/email", asked)
    assert refused.status_code == 401
    assert not EmailAddress.objects.filter(email="new@example.org").exists()
    prove(ada.client, user)
    assert ada.call("POST", f"{AUTH}/account/email", asked).status_code == 200


def test_the_whole_export_asks_who_is_there(ada: Browser) -> None:
    user = User.objects.get()
    prove(ada.client, user, ago_s=301)
    refused = ada.get("/api/export")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "reauthentication_required"
    answer = ada.call("POST", f"{AUTH}/auth/reauthenticate", {"password": PASSWORD})
    assert answer.status_code == 200
    assert ada.get("/api/export?ask=true").status_code == 204
    whole = ada.get("/api/export")
    assert b"".join(whole).startswith(b"PK")


def test_a_weak_secret_key_is_told(tmp_path: Any) -> None:
    env = environment({"DATA_DIR": str(tmp_path), "SECRET_KEY": "short"})
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--tag", "security"], cwd=ROOT, env=env,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "security.W009" in done.stderr
