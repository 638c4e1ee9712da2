"""Settings that follow from others: address of the site, secret key, database, broker."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
MFA_CHOICES = ("none", "staff", "coaches")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

env = environ.Env()
if os.environ.get("READ_DOTENV", "1") != "0":
    environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))
DATABASE_URL: str = env.str("DATABASE_URL", default="")
REDIS_URL: str = env.str("REDIS_URL", default="")
PUBLIC_URL: str = env.str("PUBLIC_URL", default="").rstrip("/")


def secret_key() -> str:
    """SECRET_KEY of the environment; on SQLite, one made once and kept in the data folder.

    Raises ImproperlyConfigured on a real database server without SECRET_KEY: several processes
    have to share one key there.
    """
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    if DATABASE_URL and not DATABASE_URL.startswith("sqlite"):
        raise ImproperlyConfigured("SECRET_KEY is not set. Set it to a long random string.")
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(file, "w") as out:
        key = secrets.token_urlsafe(50)
        out.write(key)
    return key


def database() -> dict[str, Any]:
    """The default database: DATABASE_URL, or SQLite in the data folder.

    SQLite writes ahead and takes its write lock when a transaction begins, so that web and worker
    wait for each other instead of failing halfway. What is deleted is overwritten in the file.
    """
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    url = DATABASE_URL or f"sqlite:///{DATA_DIR / 'posecoach.sqlite3'}"
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA secure_delete=ON;",
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0)
        if most := env.int("DATABASE_POOL", default=0):
            # A pool's connections are kept anyway; a request waits for a free one, not for ever.
            settings["CONN_MAX_AGE"] = 0
            pool = {"min_size": 1, "max_size": most, "timeout": 10}
            settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "pool": pool}
    return settings


def allowed_hosts() -> list[str]:
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    if not hosts and PUBLIC_URL:
        hosts = [urlsplit(PUBLIC_URL).hostname or ""]
    return [*hosts, *(host for host in LOCAL_HOSTS if host not in hosts)]


def csrf_trusted_origins() -> list[str]:
    origins: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
    return origins or ([PUBLIC_URL] if PUBLIC_URL else [])


def demo() -> bool:
    """Whether `setup` makes the demo people, whose password is public: asked for, or on SQLite."""
    on_sqlite = not DATABASE_URL or DATABASE_URL.startswith("sqlite")
    return bool(env.bool("DEMO", default=on_sqlite and not PUBLIC_URL))


def mfa_required() -> str:
    """Who may only come in with a second factor. Raises ImproperlyConfigured for another word."""
    asked = str(env.str("MFA_REQUIRED", default="none")).lower()
    if asked not in MFA_CHOICES:
        raise ImproperlyConfigured(
            f"MFA_REQUIRED is {asked!r}. Choose one of: {', '.join(MFA_CHOICES)}."
        )
    return asked
