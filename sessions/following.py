"""Open sets counted many at once, as their clips come: seen soon, and provisional.

A worker keeps a follower of each open set in memory. The database is the truth: what a follower
does not have is loaded, and what another worker has found is what it goes on from.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from models.clip_store import unpack
from models.follower import LONGEST_S, Follower
from models.following import look
from models.registry import Network
from models.sequence import Sequence
from sessions.finals import is_hold
from sessions.followed import Followed, known_rows, write
from sessions.models import Clip, Correction, WorkoutSet
from sessions.selectors.exercises import OWN

MOST_FRAMES: Final = 250_000  # remembered, some 180 bytes each

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
    newest = Clip.objects.filter(set=OuterRef("pk")).order_by("-end_ms").values("end_ms")[:1]
    said = Correction.objects.filter(set=OuterRef("pk"))
    rows = WorkoutSet.objects.alive().filter(pk__in=set_ids, analyzed_revision__lt=F("revision"))
    found = list(rows.annotate(newest_ms=Subquery(newest), is_corrected=Exists(said)))
    able = [one for one in found if _can_follow(one)]
    clips = _new_clips(able)
    followed = [one for one in able if _extend(one, clips[one.pk])]
    kept = [_kept[one.pk] for one in followed]
    known = known_rows(followed)
    spans = [[(rep.start_ms, rep.end_ms) for rep in known[one.pk].reps] for one in followed]
    looks = look([one.follower for one in kept], spans, network)
    version = network.card.version
    write(
        [
            Followed(one, own, known[one.pk], own_kept.follower.end_ms)
            for one, own, own_kept in zip(followed, looks, kept, strict=True)
        ],
        version,
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


def _new_clips(sets: list[WorkoutSet]) -> dict[UUID, list[Sequence]]:
    """Of each set those that its follower does not have, in order; it is made where it is not."""
    wanted = Q(pk__in=())
    steady = []
    for one in sets:
        kept = _kept.get(one.pk)
        if kept is None:
            _kept[one.pk] = kept = Kept(Follower(one.exercise_chosen_id), 0)
            since_ms = one.newest_ms - round(1000 * LONGEST_S)  # type: ignore[attr-defined]
            wanted |= Q(set=one.pk, end_ms__gt=since_ms)
        elif kept.revision == one.analyzed_revision:
            steady.append(one.pk)
        else:
            wanted |= Q(set=one.pk, set_revision__gt=kept.revision)
        _kept.move_to_end(one.pk)
    if steady:
        wanted |= Q(set__in=steady, set_revision__gt=F("set__analyzed_revision"))
    revisions = {one.pk: one.revision for one in sets}
    clips: dict[UUID, list[Sequence]] = defaultdict(list)
    found = Clip.objects.filter(wanted).order_by("set", "index")
    for set_id, revision, payload in found.values_list("set_id", "set_revision", "payload"):
        if revision <= revisions[set_id]:  # else it has come meanwhile, and is due again
            clips[set_id].append(unpack(bytes(payload)).sequence)
    return clips


def _extend(one: WorkoutSet, clips: list[Sequence]) -> bool:
    """False for a clip from before what is known: the set is to be read again."""
    kept = _kept[one.pk]
    try:
        kept.follower.extend(Sequence.join(clips))
    except ValueError:
        del _kept[one.pk]
        return False
    kept.revision = one.revision
    return True


def _forget() -> None:
    """Those that were counted longest ago, until the rest fits."""
    frames = sum(len(kept.follower) for kept in _kept.values())
    while frames > MOST_FRAMES:
        _, kept = _kept.popitem(last=False)
        frames -= len(kept.follower)
