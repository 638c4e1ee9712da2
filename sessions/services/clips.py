from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from models.clip import Clip as ClipData
from models.clip import encode
from models.clip_store import pack
from sessions.errors import Conflict
from sessions.models import Clip, WorkoutSet
from sessions.models.sets import FINISH_FIELDS
from sessions.services.locks import set_locked
from sessions.services.queue import enqueue_analysis

CLIP_FIELDS: Final = ("revision", "clips_received", "failures", "changed_at")


@dataclass(frozen=True, slots=True)
class StoredClip:
    index: int
    frames: int
    duplicate: bool


@transaction.atomic
def clip_store(*, athlete: User, set_id: UUID, index: int, clip: ClipData) -> StoredClip:
    """Keeps a clip of the set. The same clip again is a duplicate and changes nothing.

    Raises ValidationError, NotFound, Conflict for another clip under a taken index or for one more
    clip in a set that is finished and complete.
    """
    workout_set = set_locked(athlete=athlete, set_id=set_id)
    row = _row(workout_set, index, clip)
    near = {other.index: other for other in _neighbours(workout_set, index)}
    if index in near:
        return _duplicate(near[index], row, clip)
    workout_set.reopen()
    _check_room(workout_set, index)
    _check_between(row, near.get(index - 1), near.get(index + 1))
    # The locked set makes the foreign key and the uniqueness sure; no query is spent on them.
    row.clean_fields(exclude=("set",))
    row.save(force_insert=True)
    _count_in(workout_set, row)
    enqueue_analysis(set_id)
    return StoredClip(index, row.frames, duplicate=False)


def _row(workout_set: WorkoutSet, index: int, clip: ClipData) -> Clip:
    payload = pack(clip)
    return Clip(
        set=workout_set,
        index=index,
        estimator=clip.estimator,
        width_px=clip.width_px,
        height_px=clip.height_px,
        start_ms=int(clip.t_ms[0]),
        end_ms=int(clip.t_ms[-1]),
        frames=len(clip.t_ms),
        payload=payload,
        sha256=sha256(payload).hexdigest(),
        set_revision=workout_set.revision + 1,
    )


def _neighbours(workout_set: WorkoutSet, index: int) -> list[Clip]:
    return list(workout_set.clips.filter(index__in=(index - 1, index, index + 1)).defer("payload"))


def _duplicate(stored: Clip, sent: Clip, clip: ClipData) -> StoredClip:
    """An older server has kept the bytes of the wire."""
    if stored.sha256 not in (sent.sha256, sha256(encode(clip)).hexdigest()):
        raise Conflict(f"Another clip is already stored as number {stored.index}.")
    return StoredClip(stored.index, stored.frames, duplicate=True)


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


def _check_between(row: Clip, before: Clip | None, after: Clip | None) -> None:
    if before is not None and row.start_ms < before.end_ms:
        raise ValidationError(
            {
                "start_ms": f"Expected {before.end_ms} or later, where clip {before.index} ends; "
                f"got {row.start_ms}."
            }
        )
    if after is not None and row.end_ms > after.start_ms:
        raise ValidationError(
            {
                "start_ms": f"Clip {after.index} starts at {after.start_ms}; "
                f"this one has to end by then and ends at {row.end_ms}."
            }
        )


def _count_in(workout_set: WorkoutSet, row: Clip) -> None:
    workout_set.revision = row.set_revision
    workout_set.clips_received += 1
    workout_set.failures = 0
    workout_set.changed_at = timezone.now()
    workout_set.save(update_fields=[*FINISH_FIELDS, *CLIP_FIELDS])
