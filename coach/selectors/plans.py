"""Plans with how they go, and the weeks of all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.compliance import KEPT_PERCENT, Bucket, Streak, bucket, streak
from coach.models import Plan
from coach.schedule import monday_of
from coach.selectors.planned import Planned, judge, planned_of
from coach.selectors.progress import Progress
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
    today = local_day(actor, now)
    by_plan: dict[UUID, list[Planned]] = defaultdict(list)
    for planned in judge(list(planned_of(actor=actor)), Progress(), today):
        by_plan[planned.row.plan_id].append(planned)
    plans = Plan.objects.filter(athlete=actor)
    return [_summary(plan, by_plan[plan.id], today) for plan in plans]


def plan_get(*, actor: User, plan_id: UUID, now: datetime) -> PlanSummary:
    """Raises NotFound."""
    plan = Plan.objects.filter(athlete=actor, id=plan_id).first()
    if plan is None:
        raise NotFound(_("There is no such plan of yours."))
    today = local_day(actor, now)
    rows = list(planned_of(actor=actor).filter(plan=plan))
    return _summary(plan, judge(rows, Progress(), today), today)


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
        weeks=[PlanWeek(start, _tally(by_week[start])) for start in starts[-weeks:]],
    )


def _kept(week: Iterable[Planned]) -> bool | None:
    """None while something is open and nothing missed, or where nothing was planned."""
    due = [one for one in week if one.state is not PlannedState.SKIPPED]
    if any(one.percent is not None and one.percent < KEPT_PERCENT for one in due):
        return False
    return True if due and all(one.percent is not None for one in due) else None


def _summary(plan: Plan, planned: Sequence[Planned], today: date) -> PlanSummary:
    days = [one.row.day for one in planned]
    return PlanSummary(
        row=plan,
        state=_state(plan, planned, today),
        ends_on=plan.ended_on or max(days, default=plan.starts_on),
        tally=_tally(planned),
    )


def _state(plan: Plan, planned: Sequence[Planned], today: date) -> PlanState:
    if plan.ended_on is not None:
        return PlanState.ENDED
    open_ = {PlannedState.PLANNED, PlannedState.STARTED}
    if not any(one.state in open_ for one in planned):
        return PlanState.FINISHED
    begun = today >= plan.starts_on or any(one.state not in open_ for one in planned)
    return PlanState.RUNNING if begun else PlanState.COMING


def _tally(planned: Sequence[Planned]) -> Tally:
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
