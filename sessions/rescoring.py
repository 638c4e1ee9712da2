"""Re-scoring a stretch of history: in slices, one set at a time, and only while nobody waits.

What is left is asked of the rows themselves, so a slice may end anywhere, by time or by a crash,
and the next goes on. Scoring writes beside the results that count; adopting and reverting put the
one in the place of the other.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from sessions import alternatives, trends
from sessions.analysis import LONGEST_ERROR, answer_by
from sessions.models import Rescore, SetResult, WorkoutSet
from sessions.versions import network_of

log: Final = logging.getLogger(__name__)
SLICE_S: Final = 5.0
SILENT_FOR: Final = timedelta(minutes=2)
YIELD_S: Final = 20.0  # at most, for live sets to be counted first
_LOOK_EVERY_S: Final = 0.2
State = Rescore.State
UNDER_WAY: Final = (State.WAITING, State.RUNNING, State.ADOPTING, State.REVERTING)
Days = set[tuple[UUID, date]]


@dataclass(frozen=True, slots=True)
class Step:
    """left: sets of the order that still need it. do: for one of them; whether results changed."""

    left: Callable[[Rescore], QuerySet[WorkoutSet]]
    do: Callable[[Rescore, WorkoutSet], bool]
    ends_as: State


def advance(rescore_id: UUID) -> bool:
    """Works on it for a slice of time; True while there is more to do."""
    rescore = Rescore.objects.select_related("version").filter(pk=rescore_id).first()
    if rescore is None or rescore.state not in UNDER_WAY:
        return False
    if rescore.state == State.WAITING:
        _go(rescore, State.RUNNING)
    try:
        return _slice(rescore, STEPS[State(rescore.state)])
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        rescore.state, rescore.error, rescore.ended_at = State.FAILED, told, timezone.now()
        rescore.save(update_fields=["state", "error", "ended_at"])
        raise


def overdue() -> list[UUID]:
    """Those that a crash or a lost broker has left."""
    silent = Rescore.objects.filter(state__in=UNDER_WAY, touched_at__lt=timezone.now() - SILENT_FOR)
    return list(silent.values_list("pk", flat=True))


def in_scope(rescore: Rescore) -> QuerySet[WorkoutSet]:
    """Finished sets of its days and athletes whose keypoints are here."""
    sets = WorkoutSet.objects.alive().filter(
        workout__day__range=(rescore.since, rescore.until),
        ended_at__isnull=False,
        clips_received__gt=0,
        frames_removed_at=None,
    )
    chosen = list(rescore.athletes.values_list("pk", flat=True))
    return sets.filter(workout__athlete__in=chosen) if chosen else sets


def _slice(rescore: Rescore, step: Step) -> bool:
    until = time.monotonic() + SLICE_S
    state, changed = rescore.state, Days()
    more = True
    while more and time.monotonic() < until:
        _let_live_sets_pass()
        workout_set = step.left(rescore).select_related("workout").order_by("started_at").first()
        if workout_set is None:
            more = False
        elif step.do(rescore, workout_set):
            changed.add((workout_set.workout.athlete_id, workout_set.workout.day))
        if not _still(rescore, state):
            _refresh(changed)
            return False
    _refresh(changed)
    _tell(rescore, step)
    if not more:
        _end(rescore, step.ends_as)
    return more


def _still(rescore: Rescore, state: str) -> bool:
    """Whether nobody has stopped it; says that it is alive."""
    mine = Rescore.objects.filter(pk=rescore.pk, state=state)
    return mine.update(touched_at=timezone.now()) == 1


def _tell(rescore: Rescore, step: Step) -> None:
    done = max(0, rescore.total - step.left(rescore).count())
    failed = _results(rescore).exclude(error="").count()
    Rescore.objects.filter(pk=rescore.pk).update(done=done, failed=failed)


def _go(rescore: Rescore, state: State) -> None:
    rescore.state = state
    rescore.total = STEPS[state].left(rescore).count()
    rescore.save(update_fields=["state", "total"])


def _end(rescore: Rescore, state: State) -> None:
    Rescore.objects.filter(pk=rescore.pk, state=rescore.state).update(
        state=state, ended_at=timezone.now()
    )


def _let_live_sets_pass() -> None:
    """Somebody who trains now is counted first, also where one core does everything."""
    until = time.monotonic() + YIELD_S
    while time.monotonic() < until and WorkoutSet.objects.alive().unanalyzed().exists():
        time.sleep(_LOOK_EVERY_S)


def _refresh(changed: Days) -> None:
    """Trends here and now: a thousand days in the queue would stand before live counts."""
    by_athlete: dict[UUID, list[date]] = {}
    for athlete_id, day in changed:
        by_athlete.setdefault(athlete_id, []).append(day)
    for athlete_id, days in by_athlete.items():
        trends.refresh(athlete_id, days)


def _results(rescore: Rescore) -> QuerySet[SetResult]:
    """By its version, of what is in the sets now."""
    return SetResult.objects.filter(
        model_version=rescore.version.version,
        set__in=in_scope(rescore),
        revision=F("set__revision"),
    )


def _unscored(rescore: Rescore) -> QuerySet[WorkoutSet]:
    scored = SetResult.objects.filter(
        set=OuterRef("pk"), model_version=rescore.version.version, revision=OuterRef("revision")
    )
    return in_scope(rescore).filter(~Exists(scored))


def _score(rescore: Rescore, workout_set: WorkoutSet) -> bool:
    try:
        answer = answer_by(workout_set, network_of(rescore.version))
    except Exception as error:  # one set that cannot be read must not end them all
        log.exception("Set %s cannot be scored by %s", workout_set.pk, rescore.version)
        told = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        alternatives.keep_failure(workout_set, rescore.version.version, told)
    else:
        alternatives.keep(workout_set, answer.found, answer.findings)
    return False


def _unplaced(rescore: Rescore) -> QuerySet[WorkoutSet]:
    """Counted by another version, and this version's result is there and not in place."""
    ready = _results(rescore).filter(error="", in_place_of="").values("set")
    counted = Q(analyzed_revision=F("revision")) & ~Q(model_version="")
    return (
        in_scope(rescore)
        .filter(counted, pk__in=ready)
        .exclude(model_version=rescore.version.version)
    )


def _adopt(rescore: Rescore, workout_set: WorkoutSet) -> bool:
    version = rescore.version.version
    with transaction.atomic():
        locked = WorkoutSet.objects.select_for_update().get(pk=workout_set.pk)
        kept = SetResult.objects.filter(set=locked, model_version=version, error="").first()
        if kept is None or kept.revision != locked.revision or locked.model_version == version:
            return False
        before = alternatives.keep_current(locked)
        before.in_place_of = ""
        before.save(update_fields=["in_place_of"])
        kept.in_place_of = locked.model_version
        kept.save(update_fields=["in_place_of"])
        alternatives.place(locked, kept)
    return True


def _placed(rescore: Rescore) -> QuerySet[WorkoutSet]:
    mine = SetResult.objects.filter(model_version=rescore.version.version).exclude(in_place_of="")
    return in_scope(rescore).filter(pk__in=mine.values("set"))


def _revert(rescore: Rescore, workout_set: WorkoutSet) -> bool:
    """What was analysed anew since then stays: it is not this order's any more."""
    version = rescore.version.version
    with transaction.atomic():
        locked = WorkoutSet.objects.select_for_update().get(pk=workout_set.pk)
        mine = SetResult.objects.get(set=locked, model_version=version)
        before = SetResult.objects.filter(set=locked, model_version=mine.in_place_of).first()
        mine.in_place_of = ""
        mine.save(update_fields=["in_place_of"])
        if before is None or locked.model_version != version or before.revision != locked.revision:
            return False
        alternatives.place(locked, before)
    return True


STEPS: Final = {
    State.RUNNING: Step(_unscored, _score, State.SCORED),
    State.ADOPTING: Step(_unplaced, _adopt, State.ADOPTED),
    State.REVERTING: Step(_placed, _revert, State.SCORED),
}
