"""`check` names the setting that is wrong."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from config import checks
from config.checks import deployment, public_url

GOOD = {
    "PUBLIC_URL": "https://coach.example.org",
    "ALLOWED_HOSTS": ["coach.example.org", "localhost"],
    "CSRF_TRUSTED_ORIGINS": ["https://coach.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEMO": False,
    "REDIS_URL": "",
}


def found(settings: Settings, **changes: Any) -> dict[str, str]:
    for name, value in {**GOOD, **changes}.items():
        setattr(settings, name, value)
    messages = [*public_url(), *deployment()]
    return {str(m.id).removeprefix("posecoach."): f"{m.msg} {m.hint}" for m in messages}


def test_nothing_is_said_about_a_good_set_up(settings: Settings) -> None:
    assert found(settings) == {}


@pytest.mark.parametrize(
    ("changes", "number", "hint"),
    [
        ({"PUBLIC_URL": "coach.example.org"}, "E001", "PUBLIC_URL=https://"),
        ({"PUBLIC_URL": "https://coach.example.org/fit"}, "E002", "=https://coach.example.org"),
        ({"ALLOWED_HOSTS": ["other.example"]}, "E003", "Add coach.example.org to ALLOWED_HOSTS"),
        (
            {"CSRF_TRUSTED_ORIGINS": ["http://coach.example.org"]},
            "E004",
            "Add https://coach.example.org to CSRF_TRUSTED_ORIGINS",
        ),
        ({"PUBLIC_URL": "http://coach.example.org"}, "W001", "https://coach.example.org"),
        ({"PUBLIC_URL": ""}, "W002", "ALLOWED_HOSTS names coach.example.org"),
        (
            {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
            "W003",
            "Set EMAIL_URL",
        ),
        ({"REDIS_URL": "redis://cache"}, "W004", "DATABASE_URL"),
        ({"DEMO": True}, "W005", "Set DEMO=0"),
    ],
)
def test_the_wrong_setting_is_named(
    settings: Settings, changes: dict[str, Any], number: str, hint: str
) -> None:
    if number == "W004" and not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("runs on a real database server")
    assert hint in found(settings, **changes)[number]


def test_catalogues_that_are_behind_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.catalogues() == []
    behind = [Path(f"locale/{name}/LC_MESSAGES/django.po") for name in ("de", "es")]
    monkeypatch.setattr(checks, "stale", lambda: behind)
    (found,) = checks.catalogues()
    assert (found.id, "in: de, es." in found.msg) == ("posecoach.W006", True)
    assert "python -m config.catalogues" in str(found.hint)


@pytest.mark.parametrize("hosts", [["*"], [".example.org"]])
def test_patterns_of_hosts_are_understood(settings: Settings, hosts: list[str]) -> None:
    assert "E003" not in found(settings, ALLOWED_HOSTS=hosts)
