"""What takes up room: by kind of data, and for whom. Added up at most every ten minutes."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Manager, Sum
from django.db.models.functions import Length

from accounts.models import User
from sessions.models import (
    Attempt,
    Clip,
    Finding,
    ImportPart,
    ModelFile,
    OwnExercise,
    Rep,
    SetResult,
    TrendDay,
    WorkoutSet,
)

MOST_ATHLETES: Final = 20
_KEPT_S: Final = 600


@dataclass(frozen=True, slots=True)
class Kept:
    """bytes: None where only the number of rows is known."""

    what: str
    rows: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """Of one athlete. share: of what all athletes have, in percent."""

    pk: Any
    email: str
    sets: int
    clips: int
    bytes: int
    share: float


def kinds() -> list[Kept]:
    return cache.get_or_set("storage.kinds", _kinds, _KEPT_S) or []


def database_bytes() -> int:
    return int(cache.get_or_set("storage.database_bytes", _database_bytes, _KEPT_S) or 0)


def athletes() -> list[Stored]:
    """Those with most keypoints."""
    return cache.get_or_set("storage.athletes", _athletes, _KEPT_S) or []


def _kinds() -> list[Kept]:
    results = sum(model.objects.count() for model in (Rep, Attempt, Finding, TrendDay, WorkoutSet))
    return [
        _payloads(
            "Keypoints", Clip.objects.aggregate(rows=Count("pk"), size=Sum(Length("payload")))
        ),
        Kept("Results: sets, repetitions, attempts, findings, trends", results, None),
        Kept("Results of other versions", SetResult.objects.count(), None),
        _payloads("Files of imports", _sizes(ImportPart.objects, "payload")),
        _payloads("Own exercises", _sizes(OwnExercise.objects, "reference")),
        _payloads(
            "Versions of the discriminator",
            ModelFile.objects.aggregate(rows=Count("pk"), size=Sum("size")),
        ),
        Kept("The whole database", 0, _database_bytes()),
    ]


def _sizes(rows: Manager[Any], payload: str) -> dict[str, Any]:
    """Neither SQLite nor PostgreSQL reads the payload to know its length."""
    return rows.aggregate(rows=Count("pk"), size=Sum(Length(payload)))


def _payloads(what: str, found: dict[str, Any]) -> Kept:
    return Kept(what, found["rows"], found["size"] or 0)


def _athletes() -> list[Stored]:
    owner = "set__workout__athlete"
    rows = list(
        Clip.objects.values(owner)
        .annotate(bytes=Sum(Length("payload")), clips=Count("pk"), sets=Count("set", distinct=True))
        .order_by("-bytes")
    )
    total = sum(row["bytes"] for row in rows) or 1
    people = User.objects.in_bulk([row[owner] for row in rows[:MOST_ATHLETES]])
    return [
        Stored(
            pk=row[owner],
            email=people[row[owner]].email,
            sets=row["sets"],
            clips=row["clips"],
            bytes=row["bytes"],
            share=100 * row["bytes"] / total,
        )
        for row in rows[:MOST_ATHLETES]
    ]


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])
