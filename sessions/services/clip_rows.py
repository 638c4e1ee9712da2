"""Clips and sets between memory and database: read, locked and written many at once.

Rows of the models would take longer to make than the database takes to store them. What the models
check elsewhere is sure here: by the locked sets, by `models.clip` and by `sessions.services.clips`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain, groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.consents.selectors import withdrawal
from accounts.models import Consent
from models.clip import Clip as ClipData
from models.clip import Wire, encode
from models.clip_store import pack
from sessions.models import WorkoutSet

Place = tuple[UUID, int]  # set and index
READ_OF_SET: Final = ("revision", "clips_received", "clip_count", "ended_at", "abandoned")
COLUMNS: Final = {
    "set_id": "uuid", "index": "int4", "estimator": "varchar", "width_px": "int4",
    "height_px": "int4", "start_ms": "int4", "end_ms": "int4", "frames": "int4",
    "payload": "bytea", "sha256": "varchar", "set_revision": "int4", "received_at": "timestamptz",
}  # fmt: skip
INTO: Final = 'workouts_clip ("' + '", "'.join(COLUMNS) + '")'
STORED: Final = 'SELECT set_id, "index", start_ms, end_ms, frames, sha256 FROM workouts_clip '


@dataclass(frozen=True)
class NewClip:
    """A clip on its way into a set of the athlete's."""

    athlete_id: UUID
    set_id: UUID
    index: int
    clip: ClipData | Wire

    @cached_property
    def payload(self) -> bytes:
        return pack(self.clip)

    @cached_property
    def sha256(self) -> str:
        return sha256(self.payload).hexdigest()

    @property
    def sha256_of_wire(self) -> str:
        clip = self.clip
        return sha256(clip.data if isinstance(clip, Wire) else encode(clip)).hexdigest()

    @property
    def frames(self) -> int:
        return len(self.clip.t_ms)

    @property
    def start_ms(self) -> int:
        return int(self.clip.t_ms[0])

    @property
    def end_ms(self) -> int:
        return int(self.clip.t_ms[-1])


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What is asked of a clip that is there already."""

    index: int
    start_ms: int
    end_ms: int
    frames: int
    sha256: str


def locked_sets(set_ids: set[UUID], skip_locked: bool) -> Iterable[Any]:
    """Sets with `athlete_id`, and `unwanted` where the athlete has withdrawn the consent to storing
    movements; in the order of their ids, so that two batches never wait for each other in a circle.
    """
    alive = WorkoutSet.objects.alive().filter(id__in=set_ids)
    return (
        alive.annotate(
            athlete_id=F("workout__athlete_id"),
            unwanted=withdrawal(Consent.Document.MOVEMENT, of="workout__athlete_id"),
        )
        .only("id", *READ_OF_SET)
        .order_by("id")
        .select_for_update(of=("self",), skip_locked=skip_locked)
    )


def stored_at(places: Collection[Place]) -> dict[Place, Neighbour]:
    """The clips at these places. Read once the sets are locked: nobody adds one meanwhile."""
    if not places:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                STORED + 'JOIN unnest(%s::uuid[], %s::int[]) AS asked (set_id, "index") '
                'USING (set_id, "index")',
                [[set_id for set_id, _ in places], [index for _, index in places]],
            )
        else:
            marks = ", ".join(["(%s, %s)"] * len(places))
            cursor.execute(
                STORED + f'WHERE (set_id, "index") IN (VALUES {marks})',
                [part for set_id, index in places for part in (_as_stored(set_id), index)],
            )
        return {
            (set_id if isinstance(set_id, UUID) else UUID(set_id), index): Neighbour(index, *rest)
            for set_id, index, *rest in cursor.fetchall()
        }


def insert(taken: Sequence[tuple[NewClip, int]]) -> None:
    """New clips, each with the revision that its set has come to."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = (
        (
            _as_stored(new.set_id), new.index, new.clip.estimator, new.clip.width_px,
            new.clip.height_px, new.start_ms, new.end_ms, new.frames, new.payload, new.sha256,
            revision, now,
        )
        for new, revision in taken
    )  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY goes past Django, which would tell psycopg's errors as its own.
            copying = cursor.copy(f"COPY {INTO} FROM STDIN (FORMAT BINARY)")
            with connection.wrap_database_errors, copying as copy:
                copy.set_types(list(COLUMNS.values()))
                for row in rows:
                    copy.write_row(row)
        else:
            row_marks = f"({', '.join(['%s'] * len(COLUMNS))})"
            marks = ", ".join([row_marks] * len(taken))
            cursor.execute(
                f"INSERT INTO {INTO} VALUES {marks}",  # noqa: S608
                list(chain.from_iterable(rows)),
            )


def count_in(counts: Counter[UUID], reopened: Collection[UUID]) -> None:
    """Tells the sets how many clips have come; opens again those that the server had finished."""
    if reopened:
        WorkoutSet.objects.filter(id__in=reopened).update(
            ended_at=None, clip_count=None, abandoned=False
        )
    now = timezone.now()
    for count, set_ids in _by_count(counts):
        WorkoutSet.objects.filter(id__in=set_ids).update(
            revision=F("revision") + count,
            clips_received=F("clips_received") + count,
            failures=0,
            changed_at=now,
        )


def _by_count(counts: Counter[UUID]) -> Iterator[tuple[int, list[UUID]]]:
    """The sets that got one clip, then those that got two, and so on."""
    for count, found in groupby(sorted(counts, key=counts.__getitem__), counts.__getitem__):
        yield count, list(found)


def _as_stored(set_id: UUID) -> Any:
    return set_id if connection.features.has_native_uuid_field else set_id.hex
