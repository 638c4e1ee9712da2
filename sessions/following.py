"""Open sets counted many at once, as their clips come: seen soon, and provisional.

A worker keeps a follower of each open set in memory. The database is the truth: what a follower
does not have is loaded, and what another worker has found is what it goes on from.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from models.clip_store import unpack
from models.follower import LONGEST_S, Follower, extend
from models.following import look
from models.registry import Network
from models.sequence import Sequence
from sessions.finals import is_hold
from sessions.followed import Followed, known_rows, write
from sessions.models import Clip, WorkoutSet
from sessions.selectors.exercises import OWN
from sessions.sql import answer, marks, rows_of_marks, stored, uuid_of

MOST_FRAMES: Final = 200_000  # remembered, some 250 bytes each with the strip: 400 sets
_DUE: Final = """
    SELECT own.id, workout_id, revision, analyzed_revision, analyzed_to_ms, exercise,
        exercise_chosen_id, confidence, rep_count, attempt_count, active_s, own.ended_at,
        frames_removed_at,
        EXISTS (SELECT 1 FROM workouts_correction WHERE set_id = own.id) AS is_corrected
    FROM workouts_workoutset own JOIN workouts_workoutsession workout ON workout.id = workout_id
    WHERE own.id IN ({ids}) AND analyzed_revision < revision
        AND own.deleted_at IS NULL AND workout.deleted_at IS NULL"""
_CLIPS: Final = """
    WITH asked (set_id, since, from_ms) AS (VALUES {rows})
    SELECT clip.set_id, clip.set_revision, clip.payload FROM asked JOIN workouts_clip clip
        ON clip.set_id = asked.set_id AND set_revision > since AND end_ms > from_ms
    ORDER BY clip.set_id, start_ms"""

_kept: "OrderedDict[UUID, Kept]" = OrderedDict()


@dataclass(slots=True)
class Kept:
    """revision: of the set, up to which the follower has its clips."""

    follower: Follower
    revision: int


@dataclass(frozen=True, slots=True)
class Rest:
    """What following cannot do. whole: sets to be read from their clips; tails: open sets that
    were counted, and may be looked at thoroughly."""

    whole: list[UUID]
    tails: list[UUID]


def follow(set_ids: list[UUID], network: Network) -> Rest:
    """Counts the open ones of these as far as their clips have come, and tells their pages."""
    found = _due(set_ids)
    able = [one for one in found if _can_follow(one)]
    clips = _new_clips(able)
    taken = extend([_kept[one.pk].follower for one in able], [clips[one.pk] for one in able])
    followed = [one for one, is_taken in zip(able, taken, strict=True) if _keep(one, is_taken)]
    followers = [_kept[one.pk].follower for one in followed]
    known = known_rows(followed)
    spans = [[(rep.start_ms, rep.end_ms) for rep in known[one.pk].reps] for one in followed]
    looks = look(followers, spans, network)
    write(
        [
            Followed(one, own, known[one.pk], follower.end_ms)
            for one, own, follower in zip(followed, looks, followers, strict=True)
        ],
        network.card.version,
    )
    _forget()
    counted = {one.pk for one in followed}
    return Rest([one.pk for one in found if one.pk not in counted], list(counted))


def _due(set_ids: list[UUID]) -> list[WorkoutSet]:
    """With `is_corrected`; less of them than is asked for where they are gone or have no news."""
    if not set_ids:
        return []
    return list(WorkoutSet.objects.raw(_DUE.format(ids=marks(set_ids)), stored(set_ids)))


def _can_follow(one: WorkoutSet) -> bool:
    """Holds and own exercises have no cycles to count; corrections are settled by an analysis."""
    chosen = one.exercise_chosen_id or ""
    other = chosen.startswith(OWN) or is_hold(chosen) or is_hold(one.exercise)
    is_open = not one.is_finished and one.frames_removed_at is None
    return is_open and not other and not one.is_corrected  # type: ignore[attr-defined]


def _new_clips(sets: list[WorkoutSet]) -> dict[UUID, Sequence]:
    """Of each set the frames that its follower does not have; it is made where it is not."""
    new = [one for one in sets if one.pk not in _kept or not _kept[one.pk].revision]
    from_ms = _missed(new)
    for one in new:
        _kept[one.pk] = Kept(Follower(one.exercise_chosen_id), 0)
    clips: dict[UUID, list[Sequence]] = defaultdict(list)
    asked = []
    for one in sets:
        _kept.move_to_end(one.pk)
        asked.append((*stored([one.pk]), _kept[one.pk].revision, from_ms.get(one.pk, -1)))
    revisions = {one.pk: one.revision for one in sets}
    for stored_id, revision, payload in _stored_clips(asked):
        set_id = uuid_of(stored_id)
        if revision <= revisions[set_id]:  # else it has come meanwhile, and is due again
            clips[set_id].append(unpack(bytes(payload)).sequence)
    return {one.pk: Sequence.join(clips[one.pk]) for one in sets}


def _stored_clips(asked: list[tuple[Any, int, int]]) -> list[tuple[Any, ...]]:
    """Set, its revision and payload of clips. asked: set, after which revision, after which ms."""
    values = list(chain.from_iterable(asked))
    return answer(_CLIPS.format(rows=rows_of_marks(asked)), values) if asked else []


def _missed(sets: list[WorkoutSet]) -> dict[UUID, int]:
    """When the last seconds begin of sets that nobody here has followed yet, in ms."""
    if not sets:
        return {}
    newest = Clip.objects.filter(set__in=[one.pk for one in sets]).order_by().values("set")
    ends = newest.annotate(at=Max("end_ms")).values_list("set", "at")
    return {set_id: end_ms - round(1000 * LONGEST_S) for set_id, end_ms in ends}


def _keep(one: WorkoutSet, is_taken: bool) -> bool:
    """False for a clip from before what is known: the set is to be read again."""
    if is_taken:
        _kept[one.pk].revision = one.revision
    else:
        del _kept[one.pk]
    return is_taken


def _forget() -> None:
    """Those that were counted longest ago, until the rest fits."""
    frames = sum(len(kept.follower) for kept in _kept.values())
    while frames > MOST_FRAMES:
        _, kept = _kept.popitem(last=False)
        frames -= len(kept.follower)
