"""The stored keypoints of a set, for showing the movement again."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Max

from accounts.models import User
from models.clip import MAX_SPAN_MS, MAX_START_MS
from models.clip import Clip as ClipData
from models.clip_store import unpack
from models.sequence import Sequence
from sessions.models import Clip, WorkoutSet
from sessions.selectors.sets import own_set

LAST_MS: Final = MAX_START_MS + MAX_SPAN_MS + 1
MOST: Final = 9_000  # frames an answer: ten minutes at 15 a second, 2 MB of JSON


@dataclass(frozen=True, slots=True)
class StoredFrames:
    """first: the first clip read, None without one. next_ms: the time of the first frame that had
    no room, None when all had."""

    sequence: Sequence
    first: Clip | ClipData | None
    next_ms: int | None


@dataclass(frozen=True, slots=True)
class FramesState:
    """version: changes whenever the stored clips do. final: they will not change any more."""

    version: str
    final: bool


def frames_state(*, actor: User, set_id: UUID) -> FramesState:
    """What the clips of the set are, without reading them. Raises NotFound."""
    workout_set = own_set(actor=actor, set_id=set_id)
    known = workout_set.clips.aggregate(count=Count("id"), last=Max("set_revision"))
    final = workout_set.is_complete and known["count"] > 0
    return FramesState(f"{known['count']}-{known['last'] or 0}", final)


def frames_get(*, actor: User, set_id: UUID, from_ms: int) -> StoredFrames:
    """Frames from from_ms on in order of time, at most MOST. Raises NotFound."""
    clips, left_ms = _clips(own_set(actor=actor, set_id=set_id), from_ms)
    sequence = Sequence.join(unpack(bytes(clip.payload)).sequence for clip in clips)
    sequence = sequence.between(from_ms, LAST_MS if left_ms is None else left_ms)
    more = len(sequence) > MOST
    return StoredFrames(
        sequence=Sequence(sequence.t_ms[:MOST], sequence.poses[:MOST], sequence.aspect),
        first=clips[0] if clips else None,
        next_ms=int(sequence.t_ms[MOST]) if more else left_ms,
    )


def _clips(workout_set: WorkoutSet, from_ms: int) -> tuple[list[Clip], int | None]:
    """Those with the first frames from from_ms on, by index, as an analysis reads them; and when
    the first starts that is left, None where none is."""
    later = workout_set.clips.filter(end_ms__gte=from_ms).order_by("start_ms", "index")
    chosen: list[int] = []
    room, left_ms = MOST, None
    for clip_id, start_ms, frames in later.values_list("id", "start_ms", "frames"):
        if room < 0:
            left_ms = start_ms
            break
        chosen.append(clip_id)
        room -= frames if start_ms >= from_ms else 0
    return list(workout_set.clips.filter(id__in=chosen).order_by("index")), left_ms
