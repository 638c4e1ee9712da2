"""Writes about re-scores: ordered, stopped, made the results, and taken back, each by somebody."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from sessions import tasks
from sessions.models import ModelVersion, Rescore
from sessions.rescoring import STEPS
from sessions.services.queue import enqueue

State = Rescore.State
# From which states an order may go where.
_FROM: Final = {
    State.RUNNING: (State.STOPPED, State.FAILED, State.SCORED),
    State.ADOPTING: (State.SCORED,),
    State.REVERTING: (State.ADOPTED,),
}


@transaction.atomic
def rescore_order(
    *,
    version: ModelVersion,
    since: date,
    until: date,
    athletes: Iterable[User] = (),
    by: User | None,
) -> Rescore:
    """Raises ValidationError for days the wrong way round and for a version that does not fit."""
    if not version.fits:
        raise ValidationError({"version": f"{version} does not fit this code."})
    rescore = Rescore(version=version, since=since, until=until, by=by)
    rescore.full_clean()
    rescore.save()
    rescore.athletes.set(athletes)
    rescore_begin(rescore)
    return rescore


def rescore_begin(rescore: Rescore) -> None:
    """Queues what is stored, its athletes included."""
    enqueue(tasks.advance_rescore, str(rescore.pk))


@transaction.atomic
def rescore_stop(rescore_id: UUID) -> None:
    """After the set that is being read. What was scored stays."""
    Rescore.objects.filter(pk=rescore_id, state__in=(State.WAITING, State.RUNNING)).update(
        state=State.STOPPED, ended_at=timezone.now()
    )


def rescore_go_on(rescore_id: UUID) -> None:
    """Scores what is left, sets that have come since included."""
    _go(rescore_id, State.RUNNING)


def rescore_adopt(rescore_id: UUID) -> None:
    """Makes its results those that count. Raises ValidationError unless all are scored."""
    _go(rescore_id, State.ADOPTING)


def rescore_revert(rescore_id: UUID) -> None:
    """Brings back what counted before. Raises ValidationError unless it was adopted."""
    _go(rescore_id, State.REVERTING)


@transaction.atomic
def _go(rescore_id: UUID, state: State) -> None:
    rescore = Rescore.objects.select_for_update().get(pk=rescore_id)
    if rescore.state == state:
        return
    if rescore.state not in _FROM[state]:
        allowed = " or ".join(_FROM[state])
        raise ValidationError(f"This re-score is {rescore.state}; it has to be {allowed} for that.")
    rescore.state, rescore.error, rescore.ended_at = state, "", None
    rescore.total, rescore.done = STEPS[state].left(rescore).count(), 0
    rescore.touched_at = timezone.now()
    rescore.save()
    enqueue(tasks.advance_rescore, str(rescore.pk))
