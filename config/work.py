"""What waits, runs and has failed, as the rows say it; Redis knows what was not fetched yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from redis import Redis, RedisError

from accounts.models import Notification
from config.celery import app
from sessions.models import Import, Rescore, TaskRun, WorkoutSet
from sessions.models.imports import BUSY
from sessions.rescoring import UNDER_WAY
from sessions.services.again import given_up

STUCK_AFTER: Final = timedelta(minutes=2)
LISTED: Final = 50
_LATE: Final = 3.0  # times its interval, or a minute: then a task of the clock counts as silent


@dataclass(frozen=True, slots=True)
class Kind:
    """stuck: waits longer than a queue takes; the sweep has missed it or nothing works."""

    name: str
    waiting: int
    running: int
    stuck: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failure:
    """kind, key: as `config.jobs.AGAIN` wants them; empty where nothing can be tried again."""

    what: str
    at: datetime | None
    error: str
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    name: str
    task: str
    every: str
    last: TaskRun | None
    is_silent: bool


def queue_lengths() -> list[tuple[str, int | None]]:
    """Messages that no worker has fetched; None where the broker cannot be asked."""
    names = (settings.LIVE_QUEUE, settings.TRENDS_QUEUE, settings.BATCH_QUEUE)
    if settings.EMBEDDED:
        with app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            return [(name, channel._size(name)) for name in names]
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1) as redis:
            return [(name, int(redis.llen(name))) for name in names]
    except RedisError:
        return [(name, None) for name in names]


def kinds() -> list[Kind]:
    since = timezone.now() - STUCK_AFTER
    sets = WorkoutSet.objects.alive().unanalyzed()
    imports = Import.objects.filter(state__in=BUSY)
    rescores = Rescore.objects.filter(state__in=UNDER_WAY)
    stuck = sets.filter(changed_at__lt=since)
    unsent = Notification.objects.filter(sent_at=None)
    return [
        Kind("Sets", sets.count(), 0, stuck.count(), given_up().count()),
        Kind(
            "Imports",
            0,
            imports.count(),
            imports.filter(changed_at__lt=since).count(),
            Import.objects.filter(state=Import.State.REFUSED).count(),
        ),
        Kind(
            "Re-scores",
            rescores.filter(state=Rescore.State.WAITING).count(),
            rescores.exclude(state=Rescore.State.WAITING).count(),
            rescores.filter(touched_at__lt=since).count(),
            Rescore.objects.filter(state=Rescore.State.FAILED).count(),
        ),
        Kind("Notifications", unsent.count(), 0, unsent.filter(created_at__lt=since).count(), 0),
    ]


def failures() -> list[Failure]:
    """The newest of each kind."""
    return [*_sets(), *_imports(), *_rescores(), *_runs()]


def schedule() -> list[Timed]:
    """What the clock asks for, and when it last ran."""
    found = []
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        runs = TaskRun.objects.filter(name=entry["task"]).order_by("-started_at")
        last = runs.first()
        found.append(
            Timed(
                name=name.replace("_", " "),
                task=str(entry["task"]),
                every=_every(entry["schedule"]),
                last=last,
                is_silent=last is None or timezone.now() - last.started_at > _late(entry),
            )
        )
    return found


def _sets() -> list[Failure]:
    """Given up ones first, then those that have failed and are tried again."""
    failed = WorkoutSet.objects.alive().filter(
        Q(failures__gt=0), analyzed_revision__lt=F("revision")
    )
    return [
        Failure(f"Set {one.pk}", one.changed_at, one.last_error, "set", str(one.pk))
        for one in failed.order_by("-failures", "-changed_at")[:LISTED]
    ]


def _imports() -> list[Failure]:
    """A file that was refused is its owner's to mend; one that is silent can be sent on."""
    silent = Import.objects.filter(
        state__in=BUSY, changed_at__lt=timezone.now() - STUCK_AFTER
    ).order_by("-changed_at")[:LISTED]
    refused = Import.objects.filter(state=Import.State.REFUSED).order_by("-changed_at")[:LISTED]
    waits = "Nothing has happened since."
    return [
        *(Failure(f"Import {i.pk}", i.changed_at, waits, "import", str(i.pk)) for i in silent),
        *(Failure(f"Import {i.pk}", i.changed_at, i.message) for i in refused),
    ]


def _rescores() -> list[Failure]:
    failed = Rescore.objects.filter(state=Rescore.State.FAILED).select_related("version")
    return [
        Failure(f"Re-score {one}", one.ended_at, one.error, "rescore", str(one.pk))
        for one in failed[:LISTED]
    ]


def _runs() -> list[Failure]:
    bad = (TaskRun.Outcome.FAILED, TaskRun.Outcome.LOST)
    runs = TaskRun.objects.filter(outcome__in=bad).order_by("-started_at")[:LISTED]
    return [Failure(f"Task {one.name}", one.started_at, one.error) for one in runs]


def _every(schedule: Any) -> str:
    if not isinstance(schedule, float):
        minute = next(iter(schedule.minute))
        if len(schedule.hour) == 24:
            return f"every hour at :{minute:02}"
        return f"daily at {next(iter(schedule.hour)):02}:{minute:02} UTC"
    return f"every {schedule:.0f} s"


def _late(entry: Any) -> timedelta:
    schedule = entry["schedule"]
    if not isinstance(schedule, float):
        return timedelta(hours=3 if len(schedule.hour) == 24 else 48)
    return timedelta(seconds=max(60, _LATE * schedule))
