"""What a set takes in: clips one at a time or many at once, by the same rules."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework.exceptions import APIException, NotFound

from accounts.models import User
from models.clip import Clip as ClipData
from sessions.errors import Conflict, ConsentWithdrawn
from sessions.models import MAX_CLIPS, Clip, WorkoutSet
from sessions.services.clip_rows import (
    Neighbour,
    NewClip,
    Place,
    count_in,
    insert,
    locked_with_neighbours,
    pack_together,
)
from sessions.services.locks import NO_SET
from sessions.services.queue import enqueue_analysis

Refusal = ValidationError | APIException


@dataclass(frozen=True, slots=True)
class StoredClip:
    index: int
    frames: int
    duplicate: bool


def clip_store(*, athlete: User, set_id: UUID, index: int, clip: ClipData) -> StoredClip:
    """Keeps a clip of the set. The same clip again is a duplicate and changes nothing.

    Raises ValidationError, NotFound, Conflict for another clip under a taken index or for one more
    clip in a set that is finished and complete, ConsentWithdrawn.
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
    pack_together(given)  # before any row is locked
    places = {(one.set_id, index) for one in given for index in _around(one.index)}
    with transaction.atomic():
        set_ids = {one.set_id for one in given}
        intake = _Intake(*locked_with_neighbours(set_ids, places, skip_locked))
        outcomes = [intake.take(one) for one in given]
        if changed := intake.write():
            enqueue(*changed)
    return outcomes


class _Intake:
    """Locked sets and the clips around the new ones, as they are after each that was taken."""

    def __init__(self, sets: dict[UUID, Any], stored: dict[Place, Neighbour]) -> None:
        self._sets, self._stored = sets, stored
        self._abandoned = {one.id for one in sets.values() if one.abandoned}
        self._taken: list[tuple[NewClip, int]] = []  # with its set's revision

    def take(self, new: NewClip) -> StoredClip | Refusal:
        try:
            return self._take(new)
        except (ValidationError, APIException) as refusal:
            return refusal

    def _take(self, new: NewClip) -> StoredClip:
        workout_set = self._sets.get(new.set_id)
        if workout_set is None or workout_set.athlete_id != new.athlete_id:
            raise NotFound(NO_SET)
        if there := self._stored.get((new.set_id, new.index)):
            return _duplicate(there, new)
        if workout_set.unwanted:
            raise ConsentWithdrawn
        workout_set.reopen()
        _check_room(workout_set, new.index)
        _check_between(
            new,
            self._stored.get((new.set_id, new.index - 1)),
            self._stored.get((new.set_id, new.index + 1)),
        )
        _check_index(new.index)
        workout_set.revision += 1
        workout_set.clips_received += 1
        self._taken.append((new, workout_set.revision))
        self._stored[new.set_id, new.index] = Neighbour(
            new.index, new.start_ms, new.end_ms, new.frames, new.sha256
        )
        return StoredClip(new.index, new.frames, duplicate=False)

    def write(self) -> list[UUID]:
        """Everything that was taken, in as few statements as there are kinds of it.

        Returns the sets that it belongs to.
        """
        if not self._taken:
            return []
        insert(self._taken)
        counts = Counter(new.set_id for new, _ in self._taken)
        count_in(counts, self._abandoned & counts.keys())
        return list(counts)


def _duplicate(there: Neighbour, new: NewClip) -> StoredClip:
    """An older server has kept the bytes of the wire."""
    if there.sha256 not in (new.sha256, new.sha256_of_wire):
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


def _check_between(new: NewClip, before: Neighbour | None, after: Neighbour | None) -> None:
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


def _around(index: int) -> range:
    """Where a clip and its neighbours may be: what is beyond fits no column of a database."""
    return range(max(0, index - 1), min(index + 2, MAX_CLIPS))


def _check_index(index: int) -> None:
    if index < MAX_CLIPS:
        return
    try:
        Clip._meta.get_field("index").run_validators(index)
    except ValidationError as error:
        raise ValidationError({"index": error.error_list}) from error
