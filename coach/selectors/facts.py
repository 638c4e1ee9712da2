"""What triage needs to know of one athlete, read in a fixed number of queries."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from accounts.models import User
from coach.facts import Facts, PainFact, PlannedFact, RecordFact
from coach.reasons import Target
from coach.schedule import monday_of
from coach.selectors.changes import changes
from coach.selectors.disputes import disputes
from coach.selectors.planned import Planned, planned_list
from coach.triage import RECENT_DAYS, is_news
from sessions.models import TrendDay, WorkoutSession
from sessions.selectors.loads import load_book
from sessions.selectors.records import ExerciseRecords, Record, records
from sessions.selectors.trends import local_day

LOOK_BACK_DAYS = 28
MEASURES = ("best_one_rm_kg", "heaviest_kg", "longest_hold_s", "most_reps", "best_rom_deg")


def planned_around(*, athlete: User, now: datetime) -> list[Planned]:
    """Of the last four weeks and of the running one."""
    today = local_day(athlete, now)
    until = monday_of(today) + timedelta(days=6)
    return planned_list(
        actor=athlete, since=today - timedelta(days=LOOK_BACK_DAYS), until=until, now=now
    )


def facts_of(
    *, athlete: User, now: datetime, planned: Sequence[Planned], last_day: date | None
) -> Facts:
    """planned: of `planned_around`. last_day: on which the athlete last trained."""
    today = local_day(athlete, now)
    changed = changes(athlete=athlete, today=today)
    trend_days = list(TrendDay.objects.filter(athlete=athlete).order_by("day"))
    load = load_book(rows=trend_days, today=today, since=today - timedelta(LOOK_BACK_DAYS))
    return Facts(
        today=today,
        joined=local_day(athlete, athlete.joined_at),
        last_day=last_day,
        planned=[one for one in planned_facts(planned) if one.day <= today],
        pain=_pain(athlete, today),
        disputes=disputes(athlete=athlete, since=today - timedelta(days=RECENT_DAYS)),
        range_falls=changed.range_falls,
        symmetry_falls=changed.symmetry_falls,
        finding_rises=changed.finding_rises,
        load_ratio=load.report(today).now.ratio,
        record=_record(athlete, now, today),
    )


def planned_facts(planned: Sequence[Planned]) -> list[PlannedFact]:
    return [
        PlannedFact(
            id=one.row.id,
            day=one.row.day,
            title=one.row.title or one.row.plan.title,
            slug=one.row.plan.slug,
            state=one.state,
            percent=one.percent,
        )
        for one in planned
    ]


def _pain(athlete: User, today: date) -> PainFact | None:
    said = WorkoutSession.objects.alive().filter(
        athlete=athlete, pain_level__isnull=False, day__gt=today - timedelta(days=RECENT_DAYS + 1)
    )
    last = said.order_by("-started_at", "-id").first()
    if last is None or last.pain_level is None:
        return None
    return PainFact(last.id, last.day, last.pain_level, last.pain_area)


def _record(athlete: User, now: datetime, today: date) -> RecordFact | None:
    """The newest that is news, and of one day the one that is hardest to come by."""
    beaten = [
        RecordFact(one.exercise, measure, best.value, best.previous, best.day, _to_set(best))
        for one in records(actor=athlete, now=now).exercises
        for measure, best in _each(one)
        if best is not None and best.previous is not None
    ]
    news = [one for one in beaten if is_news(one, today)]
    return max(news, key=lambda one: (one.day, -MEASURES.index(one.measure)), default=None)


def _each(one: ExerciseRecords) -> list[tuple[str, Record | None]]:
    return [(measure, getattr(one, measure)) for measure in MEASURES]


def _to_set(found: Record) -> Target:
    return Target("set", workout=found.workout, set=found.set)
