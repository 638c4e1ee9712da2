"""`manage.py check --deploy`: names the setting behind what goes wrong behind a proxy."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from config.catalogues import stale
from config.env import LOCAL_HOSTS

EXAMPLE = "PUBLIC_URL=https://coach.example.org"


@register(Tags.security)
def public_url(**_: Any) -> list[CheckMessage]:
    """Contradictions between PUBLIC_URL and what else is set. Checked at every start."""
    if not settings.PUBLIC_URL:
        return []
    url = urlsplit(settings.PUBLIC_URL)
    if url.scheme not in {"http", "https"} or not url.hostname:
        return [error("E001", "PUBLIC_URL has no scheme or no host.", f"Write it like {EXAMPLE}.")]
    return list(_contradictions(url))


def _contradictions(url: SplitResult) -> Iterator[CheckMessage]:
    host, origin = url.hostname or "", f"{url.scheme}://{url.netloc}"
    if url.path or url.query:
        yield error(
            "E002",
            f"PUBLIC_URL has a path: {url.path or url.query}",
            f"The page has to be at the root of its host: PUBLIC_URL={origin}",
        )
    if not _allowed(host):
        yield error(
            "E003",
            f"ALLOWED_HOSTS lacks {host}, the host of PUBLIC_URL: every request would be refused.",
            f"Add {host} to ALLOWED_HOSTS, or leave ALLOWED_HOSTS out: PUBLIC_URL sets it.",
        )
    if origin not in settings.CSRF_TRUSTED_ORIGINS:
        yield error(
            "E004",
            f"CSRF_TRUSTED_ORIGINS lacks {origin}: signing in through the proxy would give 403.",
            f"Add {origin} to CSRF_TRUSTED_ORIGINS, or leave it out: PUBLIC_URL sets it.",
        )
    if url.scheme == "http" and host not in LOCAL_HOSTS:
        yield warning(
            "W001",
            "PUBLIC_URL begins with http://. Browsers give the camera to HTTPS and localhost only.",
            f"Put a TLS proxy in front and set PUBLIC_URL=https://{url.netloc}",
        )


@register(Tags.translation)
def catalogues(**_: Any) -> list[CheckMessage]:
    """Without its compiled catalogues the server speaks English to everybody, and says nothing."""
    names = ", ".join(path.parts[-3] for path in stale())
    if not names:
        return []
    told = f"Mails and messages are not up to date in: {names}."
    return [warning("W006", told, "Run `python -m config.catalogues`.")]


@register(Tags.security, deploy=True)
def deployment(**_: Any) -> Iterator[CheckMessage]:
    """What is fine at home and not on a server."""
    foreign = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
    if not settings.PUBLIC_URL:
        named = f" although ALLOWED_HOSTS names {foreign[0]}" if foreign else ""
        yield warning(
            "W002",
            f"PUBLIC_URL is not set{named}: cookies are not marked secure, and links in mails "
            "begin with whatever address the request had.",
            f"Set the address that people type, for example {EXAMPLE}",
        )
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield warning(
            "W003",
            "EMAIL_URL is not set: password reset mails are printed to the log, not sent.",
            "Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
        )
    if settings.REDIS_URL and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield warning(
            "W004",
            "REDIS_URL is set and DATABASE_URL is not: web and worker would share a SQLite file.",
            "Set DATABASE_URL to a PostgreSQL server, or leave REDIS_URL out.",
        )
    if settings.DEMO:
        yield warning(
            "W005",
            "DEMO is on: `setup` makes accounts, one of them an admin, with a public password.",
            "Set DEMO=0 and disable the demo accounts.",
        )


def _allowed(host: str) -> bool:
    return any(
        pattern in {"*", host} or (pattern.startswith(".") and f".{host}".endswith(pattern))
        for pattern in settings.ALLOWED_HOSTS
    )


def error(number: str, text: str, hint: str) -> Error:
    return Error(text, hint=hint, id=f"posecoach.{number}")


def warning(number: str, text: str, hint: str) -> Warning:
    return Warning(text, hint=hint, id=f"posecoach.{number}")
