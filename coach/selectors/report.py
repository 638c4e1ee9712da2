"""A period of one athlete on paper: how much, how it goes, what to look at, what was said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from accounts.models import User
from coach.models import Message, Scope
from coach.schedule import monday_of
from coach.selectors.planned import Planned, judge, planned_of
from coach.selectors.plans import PlanWeek, Tally, tally_of
from coach.selectors.progress import Progress
from coach.worth import MOST_SETS, Fault, Flag, flags_of
from sessions.models import WorkoutSession, WorkoutSet
from sessions.selectors.records import Record, records
from sessions.selectors.sets import sets_with_words
from sessions.selectors.trends import TrendSeries, local_day, trends_between
from sessions.selectors.workouts import workouts_of
from sessions.words import set_message

MOST_MESSAGES: Final = 30
RECORD_KINDS: Final = (
    "most_reps", "best_rom_deg", "longest_hold_s", "heaviest_kg", "best_one_rm_kg",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    workouts: int
    days: int
    sets: int
    reps: int
    active_s: float


@dataclass(frozen=True, slots=True)
class PeriodCompliance:
    tally: Tally
    weeks: list[PlanWeek]


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    exercise: str
    kind: str
    record: Record


@dataclass(frozen=True, slots=True)
class WorthALook:
    set: WorkoutSet
    flags: list[Flag]


@dataclass(frozen=True, slots=True)
class Report:
    """compliance, messages: None where they were not granted. before: the period of the same
    length before this one. pain: workouts with pain, worst first."""

    athlete: User
    since: date
    until: date
    totals: Totals
    before: Totals
    compliance: PeriodCompliance | None
    trends: list[TrendSeries]
    records: list[PeriodRecord]
    worth_a_look: list[WorthALook]
    pain: list[WorkoutSession]
    messages: list[Message] | None


def report(
    *,
    athlete: User,
    reader: User,
    scopes: Iterable[str],
    since: date,
    until: date,
    now: datetime,
) -> Report:
    """Of the athlete's local days from since to until, as far as the reader was granted them."""
    granted = set(scopes)
    workouts = _workouts(athlete, since, until)
    length = until - since + timedelta(days=1)
    pain = [workout for workout in workouts if workout.pain_level]
    return Report(
        athlete=athlete,
        since=since,
        until=until,
        totals=_totals(workouts),
        before=_totals(_workouts(athlete, since - length, since - timedelta(days=1))),
        compliance=_compliance(athlete, since, until, now) if Scope.PLAN in granted else None,
        trends=trends_between(actor=athlete, since=since, until=until),
        records=_records(athlete, since, until, now),
        worth_a_look=_worth_a_look(workouts),
        pain=sorted(pain, key=lambda workout: -(workout.pain_level or 0)),
        messages=_messages(athlete, reader, workouts) if Scope.COMMENTS in granted else None,
    )


def _workouts(athlete: User, since: date, until: date) -> list[WorkoutSession]:
    """With their sets and what was found in them, the oldest first."""
    found = workouts_of(actor=athlete, sets=sets_with_words())
    return list(found.filter(day__range=(since, until)).order_by("started_at", "id"))


def _sets(workouts: Iterable[WorkoutSession]) -> list[WorkoutSet]:
    return [one for workout in workouts for one in workout.live_sets]  # type: ignore[attr-defined]


def _totals(workouts: Sequence[WorkoutSession]) -> Totals:
    sets = _sets(workouts)
    return Totals(
        workouts=len(workouts),
        days=len({workout.day for workout in workouts}),
        sets=len(sets),
        reps=sum(one.final_rep_count for one in sets),
        active_s=sum(one.active_s for one in sets),
    )


def _compliance(athlete: User, since: date, until: date, now: datetime) -> PeriodCompliance:
    rows = list(planned_of(actor=athlete).filter(day__range=(since, until)))
    planned = judge(rows, Progress(), local_day(athlete, now))
    by_week: dict[date, list[Planned]] = defaultdict(list)
    for one in planned:
        by_week[monday_of(one.row.day)].append(one)
    first, last = monday_of(since), monday_of(until)
    starts = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    return PeriodCompliance(
        tally_of(planned), [PlanWeek(start, tally_of(by_week[start])) for start in starts]
    )


def _records(athlete: User, since: date, until: date, now: datetime) -> list[PeriodRecord]:
    found = [
        PeriodRecord(of.exercise, kind, record)
        for of in records(actor=athlete, now=now).exercises
        for kind in RECORD_KINDS
        if (record := getattr(of, kind)) is not None and since <= record.day <= until
    ]
    return sorted(found, key=lambda one: (one.exercise, RECORD_KINDS.index(one.kind)))


def _worth_a_look(workouts: Sequence[WorkoutSession]) -> list[WorthALook]:
    """The weightiest, in order of time."""
    looked = [WorthALook(one, _flags(one)) for one in _sets(workouts) if one.is_finished]
    flagged = [one for one in looked if one.flags]
    flagged.sort(key=lambda one: -sum(flag.weight for flag in one.flags))
    return sorted(flagged[:MOST_SETS], key=lambda one: one.set.started_at)


def _flags(one: WorkoutSet) -> list[Flag]:
    return flags_of(
        reps=one.final_rep_count,
        counted=one.rep_count,
        attempts=one.attempt_count,
        unseen=set_message(one) is not None,
        faults=[
            Fault(found.fault, found.rep.index if found.rep else None, found.severity)
            for found in one.findings.all()
        ],
    )


def _messages(athlete: User, reader: User, workouts: Sequence[WorkoutSession]) -> list[Message]:
    """What the reader has said or was told about sets of the period; the newest, oldest first."""
    ids: list[UUID] = [workout.id for workout in workouts]
    said = Message.objects.alive().filter(thread__athlete=athlete, thread__set__workout__in=ids)
    if reader.pk != athlete.pk:
        said = said.filter(thread__coach=reader)
    newest = said.select_related("author", "thread__set").order_by("-created_at", "-id")
    return list(reversed(newest[:MOST_MESSAGES]))
