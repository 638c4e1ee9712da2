"""Open sets counted many at once, as their clips come: seen soon, and provisional.

A worker keeps a follower of each open set in memory. The database is the truth: what a follower
does not have is loaded, and what another worker has found is what it goes on from.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q

from models.clip_store import unpack
from models.follower import LONGEST_S, Follower, extend
from models.following import look
from models.registry import Network
from models.sequence import Sequence
from sessions.finals import is_hold
from sessions.followed import Followed, known_rows, write
from sessions.models import Clip, Correction, WorkoutSet
from sessions.selectors.exercises import OWN

MOST_FRAMES: Final = 200_000  # remembered, some 250 bytes each with the strip: 400 sets
_READ: Final = (
    "workout_id", "revision", "analyzed_revision", "analyzed_to_ms", "exercise", "exercise_chosen",
    "confidence", "rep_count", "attempt_count", "active_s", "ended_at", "frames_removed_at",
)  # fmt: skip

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
    said = Correction.objects.filter(set=OuterRef("pk"))
    rows = WorkoutSet.objects.alive().filter(pk__in=set_ids, analyzed_revision__lt=F("revision"))
    found = list(rows.annotate(is_corrected=Exists(said)).only(*_READ))
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


def _can_follow(one: WorkoutSet) -> bool:
    """Holds and own exercises have no cycles to count; corrections are settled by an analysis."""
    chosen = one.exercise_chosen_id or ""
    other = chosen.startswith(OWN) or is_hold(chosen) or is_hold(one.exercise)
    is_open = not one.is_finished and one.frames_removed_at is None
    return is_open and not other and not one.is_corrected  # type: ignore[attr-defined]


def _new_clips(sets: list[WorkoutSet]) -> dict[UUID, Sequence]:
    """Of each set the frames that its follower does not have; it is made where it is not."""
    wanted = _missed([one for one in sets if one.pk not in _kept])
    steady = []
    for one in sets:
        kept = _kept.setdefault(one.pk, Kept(Follower(one.exercise_chosen_id), 0))
        _kept.move_to_end(one.pk)
        if not kept.revision:
            continue
        if kept.revision == one.analyzed_revision:
            steady.append(one.pk)
        else:
            wanted |= Q(set=one.pk, set_revision__gt=kept.revision)
    if steady:
        wanted |= Q(set__in=steady, set_revision__gt=F("set__analyzed_revision"))
    revisions = {one.pk: one.revision for one in sets}
    clips: dict[UUID, list[Sequence]] = defaultdict(list)
    found = Clip.objects.filter(wanted).order_by("set", "index")
    for set_id, revision, payload in found.values_list("set_id", "set_revision", "payload"):
        if revision <= revisions[set_id]:  # else it has come meanwhile, and is due again
            clips[set_id].append(unpack(bytes(payload)).sequence)
    return {one.pk: Sequence.join(clips[one.pk]) for one in sets}


def _missed(sets: list[WorkoutSet]) -> Q:
    """The last seconds of sets that nobody here has followed yet."""
    found = Q(pk__in=())
    newest = Clip.objects.filter(set__in=[one.pk for one in sets]).order_by().values("set")
    for set_id, end_ms in newest.annotate(at=Max("end_ms")).values_list("set", "at"):
        found |= Q(set=set_id, end_ms__gt=end_ms - round(1000 * LONGEST_S))
    return found


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
