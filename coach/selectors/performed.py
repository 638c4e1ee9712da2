"""A planned workout as it was done: each set and each repetition beside what was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Self
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from coach.compliance import Bucket, bucket, percent_of, shared_out, tempo_percent
from coach.progression import Target
from coach.selectors.planned import Item, Planned, planned_get
from coach.tempo import Phases, phases_asked, phases_done
from sessions.models import Rep, WorkoutSet


@dataclass(frozen=True, slots=True)
class Mark:
    percent: int
    bucket: Bucket

    @classmethod
    def of(cls, percent: int | None) -> Self | None:
        return None if percent is None else cls(percent, bucket(percent))


@dataclass(frozen=True, slots=True)
class PerformedRep:
    """counted: unless a correction takes it out. Marks: None where nothing was asked for."""

    row: Rep
    counted: bool
    tempo_s: Phases
    range_mark: Mark | None
    tempo_mark: Mark | None


@dataclass(frozen=True, slots=True)
class PerformedSet:
    """amount: of its repetitions or seconds. rest_s: since the set before; None before the first.

    tempo_s: the median of each phase over the repetitions that count.
    """

    row: WorkoutSet
    reps: list[PerformedRep]
    tempo_s: Phases | None
    rest_s: float | None
    amount: Mark | None
    load: Mark | None
    rest: Mark | None
    range_mark: Mark | None
    tempo_mark: Mark | None


@dataclass(frozen=True, slots=True)
class PerformedItem:
    item: Item
    sets: list[PerformedSet]


@dataclass(frozen=True, slots=True)
class Performed:
    """others: sets of exercises that were not asked for."""

    planned: Planned
    items: list[PerformedItem]
    others: list[PerformedSet]


def performed(*, actor: User, planned_id: UUID, now: datetime) -> Performed:
    """Nothing is done while it has no workout. Raises NotFound."""
    planned = planned_get(actor=actor, planned_id=planned_id, now=now)
    sets = [] if planned.workout is None else _sets(planned.workout)
    wanted = [(item.row.exercise_id, item.row.sets) for item in planned.items]
    shares = shared_out(wanted, [(one.final_exercise, one) for one in sets])
    item_of = {one.id: item for item, own in zip(planned.items, shares, strict=True) for one in own}
    before = {one.id: earlier for earlier, one in pairwise(sets)}

    def told(one: WorkoutSet) -> PerformedSet:
        earlier = before.get(one.id)
        rest_asked = item_of[earlier.id].row.rest_s if earlier and earlier.id in item_of else None
        return _set(one, item_of.get(one.id), _rest_s(earlier, one), rest_asked)

    return Performed(
        planned,
        [
            PerformedItem(item, [told(one) for one in own])
            for item, own in zip(planned.items, shares, strict=True)
        ],
        [told(one) for one in sets if one.id not in item_of],
    )


def _sets(workout_id: UUID) -> list[WorkoutSet]:
    finished = WorkoutSet.objects.filter(
        workout=workout_id, deleted_at=None, ended_at__isnull=False
    )
    reps = Rep.objects.order_by("index")
    return list(finished.prefetch_related(Prefetch("reps", reps)).order_by("index"))


def _rest_s(earlier: WorkoutSet | None, one: WorkoutSet) -> float | None:
    """Of the clock; a set that was counted elsewhere, or from a video, tells no rest."""
    camera = WorkoutSet.Source.CAMERA
    if earlier is None or earlier.ended_at is None or {earlier.source, one.source} != {camera}:
        return None
    return max(0.0, round((one.started_at - earlier.ended_at).total_seconds(), 1))


def _set(
    one: WorkoutSet, item: Item | None, rest_s: float | None, rest_asked: int | None
) -> PerformedSet:
    target = item.next.target if item else Target(1)
    tempo_asked = phases_asked(item.row.tempo) if item else None
    # Where the exercise was corrected, another joint was measured.
    rom_asked = item.row.rom_deg if item and one.rom_deg is not None else None
    reps = [_rep(rep, one.final_exercise, rom_asked, tempo_asked) for rep in one.reps.all()]
    tempo_s = _median([rep.tempo_s for rep in reps if rep.counted])
    amount = (
        percent_of(one.hold_s or 0, target.hold_s)
        if target.hold_s
        else percent_of(one.final_rep_count, target.reps)
    )
    return PerformedSet(
        row=one,
        reps=reps,
        tempo_s=tempo_s,
        rest_s=rest_s,
        amount=Mark.of(amount),
        load=Mark.of(percent_of(one.weight_kg, target.load_kg)),
        rest=Mark.of(percent_of(rest_s, rest_asked)),
        range_mark=Mark.of(percent_of(one.rom_deg, rom_asked)),
        tempo_mark=_tempo_mark(tempo_asked, tempo_s),
    )


def _rep(
    rep: Rep, exercise: str, rom_asked: float | None, tempo_asked: Phases | None
) -> PerformedRep:
    tempo_s = phases_done(exercise, rep.down_s, rep.pause_s, rep.up_s)
    return PerformedRep(
        row=rep,
        counted=rep.correction_id is None,
        tempo_s=tempo_s,
        range_mark=Mark.of(percent_of(rep.rom_deg, rom_asked)),
        tempo_mark=_tempo_mark(tempo_asked, tempo_s),
    )


def _tempo_mark(asked: Phases | None, done: Phases | None) -> Mark | None:
    return None if asked is None or done is None else Mark.of(tempo_percent(asked, done))


def _median(tempos: Sequence[Phases]) -> Phases | None:
    if not tempos:
        return None
    down, paused, up = (median(phase) for phase in zip(*tempos, strict=True))
    return down, paused, up
