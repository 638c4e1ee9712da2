"""Clips and sets between memory and database: read, locked and written many at once.

Rows of the models would take longer to make than the database takes to store them. What the models
check elsewhere is sure here: by the locked sets, by `models.clip` and by `sessions.services.clips`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain, groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.consents.selectors import withdrawal
from accounts.models import Consent
from accounts.statements import Statement, all_of, can_prepare, is_among, together
from models.clip import Clip as ClipData
from models.clip import Wire, encode
from models.clip_store import pack_all
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


class Packed(NamedTuple):
    payload: bytes
    sha256: str


@dataclass(frozen=True)
class NewClip:
    """A clip on its way into a set of the athlete's."""

    athlete_id: UUID
    set_id: UUID
    index: int
    clip: ClipData | Wire

    @cached_property
    def packed(self) -> "Packed":
        [packed] = _packed([self.clip])
        return packed

    @property
    def payload(self) -> bytes:
        return self.packed.payload

    @property
    def sha256(self) -> str:
        return self.packed.sha256

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


def pack_together(given: Iterable[NewClip]) -> None:
    """Those that are not packed yet, which costs less than one after the other."""
    fresh = [one for one in given if "packed" not in one.__dict__]
    for one, packed in zip(fresh, _packed([one.clip for one in fresh]), strict=True):
        one.__dict__["packed"] = packed  # where cached_property keeps it


def _packed(clips: Sequence[ClipData | Wire]) -> Iterator[Packed]:
    return (Packed(payload, sha256(payload).hexdigest()) for payload in pack_all(clips))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What is asked of a clip that is there already."""

    index: int
    start_ms: int
    end_ms: int
    frames: int
    sha256: str


def locked_with_neighbours(
    set_ids: set[UUID], places: Collection[Place], skip_locked: bool
) -> tuple[dict[UUID, Any], dict[Place, Neighbour]]:
    """Sets with `athlete_id`, and `unwanted` where the athlete has withdrawn the consent to storing
    movements; locked in the order of their ids, so that two batches never wait for each other in a
    circle. And the clips at these places, read once the sets are locked: nobody adds one meanwhile.
    """
    if can_prepare():
        asked = [set_id for set_id, _ in places], [index for _, index in places]
        with together():
            locking = LOCK[skip_locked].ask(list(set_ids))
            rows, stored = all_of(locking, STORED_AT.ask(*asked))
        names = [column.name for column in locking.description or ()]
        sets = [_as_set(dict(zip(names, row, strict=True))) for row in rows]
    else:
        sets = list(_locking(Q(id__in=set_ids), skip_locked))
        stored = _stored_at(places)
    found = {(_as_id(set_id), index): Neighbour(index, *rest) for set_id, index, *rest in stored}
    return {one.id: one for one in sets}, found


def _locking(which: Q | RawSQL, skip_locked: bool) -> QuerySet[WorkoutSet]:
    return (
        WorkoutSet.objects.alive()
        .filter(which)
        .annotate(
            athlete_id=F("workout__athlete_id"),
            unwanted=withdrawal(Consent.Document.MOVEMENT, of="workout__athlete_id"),
        )
        .only("id", *READ_OF_SET)
        .order_by("id")
        .select_for_update(of=("self",), skip_locked=skip_locked)
    )


STORED_AT: Final = Statement(
    STORED + 'JOIN unnest(%b::uuid[], %b::int[]) AS asked (set_id, "index") USING (set_id, "index")'
)
COUNT_IN: Final = Statement(
    "UPDATE workouts_workoutset AS stored SET revision = revision + came, failures = 0, "
    "clips_received = clips_received + came, changed_at = %s "
    "FROM unnest(%b::uuid[], %b::int[]) AS counted (set_id, came) WHERE id = set_id"
)
LOCK: Final = {
    skip_locked: Statement(partial(_locking, is_among("workouts_workoutset.id"), skip_locked))
    for skip_locked in (False, True)
}


def _as_set(values: dict[str, Any]) -> Any:
    annotated = {name: values.pop(name) for name in ("athlete_id", "unwanted")}
    found = WorkoutSet.from_db(connection.alias, [*values], [*values.values()])
    found.__dict__.update(annotated)
    return found


def _stored_at(places: Collection[Place]) -> list[Any]:
    if not places:
        return []
    marks = ", ".join(["(%s, %s)"] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(
            STORED + f'WHERE (set_id, "index") IN (VALUES {marks})',
            [part for set_id, index in places for part in (_as_stored(set_id), index)],
        )
        rows: list[Any] = cursor.fetchall()
        return rows


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
    if can_prepare():
        COUNT_IN.ask(now, list(counts), list(counts.values()))
        return
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


def _as_id(stored: Any) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)


def _as_stored(set_id: UUID) -> Any:
    return set_id if connection.features.has_native_uuid_field else set_id.hex
