"""Plans with how they go, and the weeks of all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.compliance import KEPT_PERCENT, Bucket, Streak, bucket, streak
from coach.models import Plan, PlannedWorkout
from coach.schedule import monday_of
from coach.selectors.planned import Planned, judge, planned_of
from coach.selectors.progress import Progress
from coach.selectors.tallies import Counts, counts_of
from coach.states import PlannedState, PlanState
from sessions.selectors.trends import local_day

STREAK_WEEKS: Final = 53


@dataclass(frozen=True, slots=True)
class Tally:
    """Workouts by state, and the mean percent of those done and missed (None of none)."""

    planned: int
    done: int
    missed: int
    skipped: int
    percent: int | None
    bucket: Bucket | None


@dataclass(frozen=True, slots=True)
class PlanSummary:
    row: Plan
    state: PlanState
    ends_on: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class PlanWeek:
    start: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Compliance:
    streak: Streak
    weeks: list[PlanWeek]


def plans_list(*, actor: User, now: datetime) -> list[PlanSummary]:
    """The actor's plans, newest first."""
    return _summaries(actor, Plan.objects.filter(athlete=actor), now)


def plan_get(*, actor: User, plan_id: UUID, now: datetime) -> PlanSummary:
    """Raises NotFound."""
    found = _summaries(actor, Plan.objects.filter(athlete=actor, id=plan_id), now)
    if not found:
        raise NotFound(_("There is no such plan of yours."))
    return found[0]


def compliance(*, actor: User, weeks: int, now: datetime) -> Compliance:
    """The last weeks up to the running one, and the streak over the last year."""
    today = local_day(actor, now)
    this = monday_of(today)
    starts = [this - timedelta(weeks=back) for back in range(STREAK_WEEKS - 1, -1, -1)]
    rows = list(planned_of(actor=actor).filter(day__range=(starts[0], this + timedelta(days=6))))
    by_week: dict[date, list[Planned]] = defaultdict(list)
    for planned in judge(rows, Progress(), today):
        by_week[monday_of(planned.row.day)].append(planned)
    return Compliance(
        streak=streak(_kept(by_week[start]) for start in starts),
        weeks=[PlanWeek(start, tally_of(by_week[start])) for start in starts[-weeks:]],
    )


def _kept(week: Iterable[Planned]) -> bool | None:
    """None while something is open and nothing missed, or where nothing was planned."""
    due = [one for one in week if one.state is not PlannedState.SKIPPED]
    if any(one.percent is not None and one.percent < KEPT_PERCENT for one in due):
        return False
    return True if due and all(one.percent is not None for one in due) else None


def _summaries(actor: User, plans: QuerySet[Plan], now: datetime) -> list[PlanSummary]:
    today = local_day(actor, now)
    rows = PlannedWorkout.objects.standing().filter(plan__in=plans.order_by().values("id"))
    counts = counts_of(rows, today)
    found = plans.select_related("assigned_by")
    return [_summary(plan, counts.get(plan.id), today) for plan in found]


def _summary(plan: Plan, counts: Counts | None, today: date) -> PlanSummary:
    """counts: None of a plan of which nothing stands."""
    return PlanSummary(
        row=plan,
        state=_state(plan, counts, today),
        ends_on=plan.ended_on or (counts.last_day if counts else plan.starts_on),
        tally=Tally(0, 0, 0, 0, None, None) if counts is None else _counted(counts),
    )


def _state(plan: Plan, counts: Counts | None, today: date) -> PlanState:
    if plan.ended_on is not None:
        return PlanState.ENDED
    if counts is None or not (counts.coming or counts.started):
        return PlanState.FINISHED
    begun = today >= plan.starts_on or counts.done or counts.missed or counts.skipped
    return PlanState.RUNNING if begun else PlanState.COMING


def _counted(counts: Counts) -> Tally:
    # What was missed is 0 %.
    percent = round(sum(counts.percents) / counts.judged) if counts.judged else None
    return Tally(
        planned=counts.planned,
        done=counts.done,
        missed=counts.missed,
        skipped=counts.skipped,
        percent=percent,
        bucket=None if percent is None else bucket(percent),
    )


def tally_of(planned: Sequence[Planned]) -> Tally:
    states = [one.state for one in planned]
    percents = [one.percent for one in planned if one.percent is not None]
    percent = round(sum(percents) / len(percents)) if percents else None
    return Tally(
        planned=len(states),
        done=states.count(PlannedState.DONE),
        missed=states.count(PlannedState.MISSED),
        skipped=states.count(PlannedState.SKIPPED),
        percent=percent,
        bucket=None if percent is None else bucket(percent),
    )
