"""Checks that ask what is running: weights, broker, clocks, disk, the clock's own runs.

Part of `manage.py check --deploy`, and never of a start: a server must come up while its broker
does not.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, connection
from django.utils import timezone
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.factors.required import staff_without_factor
from config.checks import error, warning
from models.registry import RegistryError, load
from sessions.models import ModelVersion, TaskRun

SWEEP: Final = "sessions.tasks.sweep"
_SILENT: Final = timedelta(minutes=5)
_SKEW: Final = timedelta(seconds=5)
_LEAST_FREE: Final = 0.05  # of a disk
_LEAST_FREE_BYTES: Final = 512 * 1024 * 1024
ASKED: Final = (
    "PUBLIC_URL and the address in your browser", "HTTPS", "weights", "broker", "beat",
    "clocks of database and broker", "mail", "disk", "translations", "second factors of the staff",
)  # fmt: skip


@register(Tags.compatibility, deploy=True)
def weights(**_: Any) -> Iterator[CheckMessage]:
    """The weights of the code, and the version that an admin has promoted."""
    try:
        load()
    except RegistryError as problem:
        yield error("E006", f"The weights cannot be used: {problem}", "Restore models/weights/.")
    try:
        promoted = ModelVersion.objects.running().first()
    except DatabaseError:
        return
    if promoted is not None and not promoted.fits:
        yield warning(
            "W007",
            f"{promoted} is promoted and does not fit this code: the code's own weights count.",
            "Promote another version in /admin/workouts/modelversion/.",
        )


@register(Tags.compatibility, deploy=True)
def broker(**_: Any) -> Iterator[CheckMessage]:
    """Whether Redis answers, and whether its clock is ours."""
    if settings.EMBEDDED:
        return
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, retry=Retry(NoBackoff(), 0)
        ) as redis:
            seconds, micros = redis.time()
    except RedisError as problem:
        yield error(
            "E007",
            f"The broker cannot be reached ({problem}): sets are stored and not counted.",
            "Set REDIS_URL to a Redis that runs, such as redis://redis:6379/0",
        )
        return
    yield from _skewed("broker", datetime.fromtimestamp(seconds + micros / 1e6, UTC))


@register(Tags.compatibility, deploy=True)
def database_clock(**_: Any) -> Iterator[CheckMessage]:
    """A database server has a clock of its own."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield from _skewed("database", cursor.fetchone()[0])
    except DatabaseError as problem:
        yield error(
            "E008", f"The database cannot be reached ({problem}).", "Set DATABASE_URL to it."
        )


@register(Tags.compatibility, deploy=True)
def disk(**_: Any) -> Iterator[CheckMessage]:
    """Where database and copies of weights lie, as far as this process sees it."""
    found = shutil.disk_usage(_existing(Path(settings.DATA_DIR)))
    if found.free < max(_LEAST_FREE_BYTES, _LEAST_FREE * found.total):
        yield warning(
            "W008",
            f"The disk of DATA_DIR has {found.free // 2**20} MB left of {found.total // 2**20}.",
            "Free some room, set DATA_DIR to another disk, or have athletes' keypoints removed "
            "earlier (profile, “Your data”).",
        )


@register(Tags.security, deploy=True)
def staff_factors(**_: Any) -> Iterator[CheckMessage]:
    """On the open network, a password alone is little for whoever may change everything."""
    if not settings.SECURE_BROWSER_HTTPS:
        return
    try:
        lacking = staff_without_factor().count()
    except DatabaseError:
        return
    if lacking:
        yield warning(
            "W010",
            f"{lacking} of the staff can sign in with a password alone.",
            "Have them set up a second factor at /security; MFA_REQUIRED=staff insists on it.",
        )


def beat_runs() -> list[CheckMessage]:
    """Whether the clock asks for work. Not for the command line: a server may not be up yet."""
    last = TaskRun.objects.filter(name=SWEEP).order_by("-started_at").first()
    if last is not None and last.started_at > timezone.now() - _SILENT:
        return []
    since = f"for {timezone.now() - last.started_at}".split(".")[0] if last else "so far"
    return [
        error(
            "E009",
            f"No sweep has run {since}: what a crash has left is not found again.",
            "Start beat and worker (`docker compose up --detach beat worker batch`), or `serve` "
            "without REDIS_URL.",
        )
    ]


def facts() -> list[tuple[str, str]]:
    """What one asks first when something is odd."""
    promoted = ModelVersion.objects.running().first()
    found = shutil.disk_usage(_existing(Path(settings.DATA_DIR)))
    return [
        ("Address", settings.PUBLIC_URL or "not set"),
        ("Database", f"{connection.vendor}"),
        ("Broker", "in this process" if settings.EMBEDDED else "Redis"),
        ("Counting with", str(promoted or "the version of this release")),
        ("Disk of DATA_DIR", f"{found.free / 2**30:.1f} of {found.total / 2**30:.1f} GB free"),
        ("Time here", f"{timezone.now():%Y-%m-%d %H:%M:%S} UTC"),
    ]


def _skewed(whose: str, its: datetime) -> Iterator[CheckMessage]:
    apart = abs(timezone.now() - its)
    if apart > _SKEW:
        yield warning(
            "W009",
            f"The clocks of server and {whose} are {apart.total_seconds():.0f} s apart: work may "
            "seem younger or older than it is.",
            "Let all machines take their time from the network (NTP).",
        )


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
