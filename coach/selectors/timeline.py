"""An athlete's workouts as their coach goes through them: each with what there is to see in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from coach.models import Message, Scope
from coach.selectors.planned import Planned, judge, planned_of
from coach.selectors.progress import Progress
from sessions.models import Attempt, Correction, Finding, WorkoutSession
from sessions.selectors.trends import local_day
from sessions.selectors.workouts import workouts_page


@dataclass(frozen=True, slots=True)
class Comments:
    messages: int
    unread: int


@dataclass(frozen=True, slots=True)
class Entry:
    """planned, comments: None where it was not granted; planned also where nothing was.

    flagged: repetitions with a finding and movements that did not count.
    """

    workout: WorkoutSession
    planned: Planned | None
    flagged: int
    corrections: int
    comments: Comments | None


@dataclass(frozen=True, slots=True)
class Timeline:
    results: list[Entry]
    next_before: UUID | None


def timeline(
    *,
    coach: User,
    athlete: User,
    scopes: Iterable[str],
    before: UUID | None,
    limit: int,
    now: datetime,
) -> Timeline:
    """At most limit workouts, newest first, in a fixed number of queries. Raises NotFound."""
    page = workouts_page(actor=athlete, before=before, limit=limit)
    ids = [workout.id for workout in page.results]
    granted = set(scopes)
    planned = _planned(athlete, ids, now) if Scope.PLAN in granted else {}
    said = _comments(coach, ids) if Scope.COMMENTS in granted else None
    flagged, corrections = _flagged(ids), _corrections(ids)
    entries = [
        Entry(
            workout=workout,
            planned=planned.get(workout.id),
            flagged=flagged[workout.id],
            corrections=corrections[workout.id],
            comments=None if said is None else said.get(workout.id, Comments(0, 0)),
        )
        for workout in page.results
    ]
    return Timeline(entries, page.next_before)


def _planned(athlete: User, ids: list[UUID], now: datetime) -> dict[UUID, Planned]:
    rows = list(planned_of(actor=athlete).filter(workout__in=ids))
    judged = judge(rows, Progress(), local_day(athlete, now))
    return {one.workout: one for one in judged if one.workout is not None}


def _flagged(ids: list[UUID]) -> Counter[UUID]:
    """A corrected movement is settled, and not flagged any more."""
    live = Q(set__workout__in=ids, set__deleted_at=None)
    findings = Finding.objects.filter(live, rep__isnull=False, rep__correction=None)
    attempts = Attempt.objects.filter(live, correction=None)
    reps = Count("rep", distinct=True)
    return _by_workout(findings, "set__workout", reps) + _by_workout(attempts, "set__workout")


def _corrections(ids: list[UUID]) -> Counter[UUID]:
    live = Correction.objects.live().filter(set__workout__in=ids, set__deleted_at=None)
    return _by_workout(live, "set__workout")


def _comments(coach: User, ids: list[UUID]) -> dict[UUID, Comments]:
    of_both = Message.objects.alive().filter(
        thread__coach=coach, thread__set__workout__in=ids, thread__set__deleted_at=None
    )
    new = Q(thread__coach_read_at=None) | Q(created_at__gt=F("thread__coach_read_at"))
    unread = _by_workout(of_both.exclude(author=coach).filter(new), "thread__set__workout")
    messages = _by_workout(of_both, "thread__set__workout")
    return {workout: Comments(n, unread[workout]) for workout, n in messages.items()}


def _by_workout(rows: QuerySet[Any], workout: str, count: Count | None = None) -> Counter[UUID]:
    found = rows.order_by().values_list(workout).annotate(n=count or Count("pk"))
    return Counter(dict(found))
