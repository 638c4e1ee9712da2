"""What a set takes in: clips one at a time or many at once, by the same rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from rest_framework.exceptions import APIException, NotFound

from accounts.models import User
from models.clip import Clip as ClipData
from models.clip import encode
from models.clip_store import pack
from sessions.errors import Conflict
from sessions.models import Clip, WorkoutSet
from sessions.services.locks import NO_SET
from sessions.services.queue import enqueue_analysis

Refusal = ValidationError | APIException
Place = tuple[UUID, int]  # set and index
READ_OF_SET: Final = (
    "id", "workout__athlete_id", "revision", "clips_received", "clip_count", "ended_at",
    "abandoned",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredClip:
    index: int
    frames: int
    duplicate: bool


@dataclass(frozen=True)
class NewClip:
    """A clip on its way into a set of the athlete's."""

    athlete_id: UUID
    set_id: UUID
    index: int
    clip: ClipData

    @cached_property
    def payload(self) -> bytes:
        return pack(self.clip)

    @cached_property
    def sha256(self) -> str:
        return sha256(self.payload).hexdigest()

    @property
    def start_ms(self) -> int:
        return int(self.clip.t_ms[0])

    @property
    def end_ms(self) -> int:
        return int(self.clip.t_ms[-1])


def clip_store(*, athlete: User, set_id: UUID, index: int, clip: ClipData) -> StoredClip:
    """Keeps a clip of the set. The same clip again is a duplicate and changes nothing.

    Raises ValidationError, NotFound, Conflict for another clip under a taken index or for one more
    clip in a set that is finished and complete.
    """
    [outcome] = clips_store([NewClip(athlete.pk, set_id, index, clip)])
    if isinstance(outcome, StoredClip):
        return outcome
    raise outcome


def clips_store(
    given: Sequence[NewClip],
    *,
    skip_locked: bool = False,
    enqueue: Callable[..., None] = enqueue_analysis,
) -> list[StoredClip | Refusal]:
    """Keeps clips of any athletes in one transaction, as if each had come alone, in this order.

    Returns what became of each; one that is refused spoils no other.
    skip_locked: sets that somebody else is writing are as if they were not there, where the
    database can tell; otherwise they are waited for. enqueue: is handed the ids of the sets that
    have something new, inside the transaction.
    """
    for one in given:
        one.payload  # noqa: B018 (packed before any row is locked)
    with transaction.atomic():
        intake = _Intake(
            sets={one.id: one for one in _locked({one.set_id for one in given}, skip_locked)},
            stored=_stored(given),
        )
        outcomes = [intake.take(one) for one in given]
        if changed := intake.write():
            enqueue(*changed)
    return outcomes


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """What is asked of a clip that is there already."""

    index: int
    start_ms: int
    end_ms: int
    frames: int
    sha256: str


class _Intake:
    """Locked sets and the clips around the new ones, as they are after each that was taken."""

    def __init__(self, sets: dict[UUID, WorkoutSet], stored: dict[Place, _Neighbour]) -> None:
        self._sets, self._stored = sets, stored
        self._abandoned = {one.id for one in sets.values() if one.abandoned}
        self._rows: list[Clip] = []

    def take(self, new: NewClip) -> StoredClip | Refusal:
        try:
            return self._take(new)
        except (ValidationError, APIException) as refusal:
            return refusal

    def _take(self, new: NewClip) -> StoredClip:
        workout_set = self._sets.get(new.set_id)
        if workout_set is None or workout_set.workout.athlete_id != new.athlete_id:
            raise NotFound(NO_SET)
        if there := self._stored.get((new.set_id, new.index)):
            return _duplicate(there, new)
        workout_set.reopen()
        _check_room(workout_set, new.index)
        _check_between(
            new,
            self._stored.get((new.set_id, new.index - 1)),
            self._stored.get((new.set_id, new.index + 1)),
        )
        row = _row(workout_set, new)
        # The locked set makes the foreign key and the uniqueness sure; no query is spent on them.
        row.clean_fields(exclude=("set",))
        self._rows.append(row)
        workout_set.revision += 1
        workout_set.clips_received += 1
        self._stored[new.set_id, new.index] = _Neighbour(
            new.index, row.start_ms, row.end_ms, row.frames, row.sha256
        )
        return StoredClip(new.index, row.frames, duplicate=False)

    def write(self) -> list[UUID]:
        """Everything that was taken, in as few statements as there are kinds of it.

        Returns the sets that it belongs to.
        """
        if not self._rows:
            return []
        Clip.objects.bulk_create(self._rows)
        counts = Counter(row.set_id for row in self._rows)
        if reopened := self._abandoned & counts.keys():
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
        return list(counts)


def _locked(set_ids: set[UUID], skip_locked: bool) -> Iterable[WorkoutSet]:
    """In the order of their ids, so that two batches never wait for each other in a circle."""
    alive = WorkoutSet.objects.alive().filter(id__in=set_ids).select_related("workout")
    return (
        alive.only(*READ_OF_SET)
        .order_by("id")
        .select_for_update(of=("self",), skip_locked=skip_locked)
    )


def _stored(given: Sequence[NewClip]) -> dict[Place, _Neighbour]:
    """The clips at the places of the new ones, and right before and after them.

    Read after the sets were locked: nobody adds one meanwhile.
    """
    places = {(one.set_id, one.index + step) for one in given for step in (-1, 0, 1)}
    as_stored = Clip._meta.get_field("set").get_db_prep_value
    marks = ", ".join(["(%s, %s)"] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT set_id, "index", start_ms, end_ms, frames, sha256 FROM workouts_clip '  # noqa: S608
            f'WHERE (set_id, "index") IN (VALUES {marks})',
            [part for set_id, index in places for part in (as_stored(set_id, connection), index)],
        )
        return {
            (set_id if isinstance(set_id, UUID) else UUID(set_id), index): _Neighbour(index, *rest)
            for set_id, index, *rest in cursor.fetchall()
        }


def _row(workout_set: WorkoutSet, new: NewClip) -> Clip:
    return Clip(
        set_id=workout_set.id,
        index=new.index,
        estimator=new.clip.estimator,
        width_px=new.clip.width_px,
        height_px=new.clip.height_px,
        start_ms=new.start_ms,
        end_ms=new.end_ms,
        frames=len(new.clip.t_ms),
        payload=new.payload,
        sha256=new.sha256,
        set_revision=workout_set.revision + 1,
    )


def _by_count(counts: Counter[UUID]) -> Iterator[tuple[int, list[UUID]]]:
    """The sets that got one clip, then those that got two, and so on."""
    for count, found in groupby(sorted(counts, key=counts.__getitem__), counts.__getitem__):
        yield count, list(found)


def _duplicate(there: _Neighbour, new: NewClip) -> StoredClip:
    """An older server has kept the bytes of the wire."""
    if there.sha256 not in (new.sha256, sha256(encode(new.clip)).hexdigest()):
        raise Conflict(f"Another clip is already stored as number {there.index}.")
    return StoredClip(there.index, there.frames, duplicate=True)


def _check_room(workout_set: WorkoutSet, index: int) -> None:
    if workout_set.is_complete:
        raise Conflict("This set is finished and complete.")
    if workout_set.clip_count is not None and index >= workout_set.clip_count:
        raise ValidationError(
            {
                "index": f"This set was finished with {workout_set.clip_count} clips, 0 to "
                f"{workout_set.clip_count - 1}; got {index}."
            }
        )


def _check_between(new: NewClip, before: _Neighbour | None, after: _Neighbour | None) -> None:
    if before is not None and new.start_ms < before.end_ms:
        raise ValidationError(
            {
                "start_ms": f"Expected {before.end_ms} or later, where clip {before.index} ends; "
                f"got {new.start_ms}."
            }
        )
    if after is not None and new.end_ms > after.start_ms:
        raise ValidationError(
            {
                "start_ms": f"Clip {after.index} starts at {after.start_ms}; "
                f"this one has to end by then and ends at {new.end_ms}."
            }
        )
