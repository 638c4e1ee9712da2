"""Brings the stories of the demo coach's athletes into the database."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from coach import status
from coach.models import AthleteGroup, CoachLink, PlannedWorkout, Programme
from coach.schedule import monday_of
from coach.services.groups import group_change, group_put
from coach.services.links import grant_link
from coach.services.planned import planned_begin
from coach.services.plans import plan_start
from config.demo.filmed import filmed_load
from config.demo.history import Plan, workout_written
from config.demo.stories import STORIES, Story
from models.discriminator import MODEL_VERSION
from sessions import trends
from sessions.models import Finding, Rep, WorkoutSession
from sessions.selectors.trends import local_day
from sessions.services.corrections import correction_put
from sessions.services.workouts import workout_describe

STARTED_WEEKS: Final = 4  # ago, of a plan
PLAN_WEEKDAYS: Final = (0, 2, 4)
FAULTY_DAYS: Final = 21
YESTERDAY: Final = timedelta(days=1)
_ROM_DEG: Final = {"squat": 112.0, "push_up": 80.0, "lunge": 82.0}


def story_load(*, story: Story, athlete: User, coach: User, seed: int) -> None:
    """All of the athlete's past, the link to the coach, and what the coach's roster says then."""
    chance = Random(seed)  # noqa: S311 (a story, not a secret)
    now = timezone.now()
    today = local_day(athlete, now)
    if story.plan:
        _planned(story, athlete, coach, chance, now)
    else:
        _trained(story, athlete, today, chance)
    if story.faulty[1]:
        _faults(athlete, today, story.faulty)
    last = athlete.workouts.order_by("started_at").last()
    if story.filmed:
        filmed = filmed_load(athlete=athlete, sets=story.filmed, ago=YESTERDAY, seed=seed)
        last = athlete.workouts.get(id=filmed)
    if last is not None:
        _said(story, last)
    trends.refresh(athlete.pk)
    link = grant_link(athlete=athlete, coach=coach, scopes=story.scopes)
    since = now - timedelta(days=story.linked)
    CoachLink.objects.filter(pk=link.pk).update(granted_at=since)
    User.objects.filter(pk=athlete.pk).update(joined_at=since)
    status.refresh(athlete.pk, timezone.now())


def groups_load(*, coach: User, athletes: dict[str, User]) -> None:
    """The groups that the stories name."""
    for name in sorted({story.group for story in STORIES} - {""}):
        group = AthleteGroup.objects.filter(coach=coach, name=name).first()
        group = group or group_put(coach=coach, group_id=uuid4(), name=name)
        members = [athletes[story.role].pk for story in STORIES if story.group == name]
        group_change(coach=coach, group_id=group.id, add=members)


def _trained(story: Story, athlete: User, today: date, chance: Random) -> None:
    """The range and whatever else changes does so within the last three weeks."""
    for ago in story.ago:
        progress = max(0.0, 1 - ago / FAULTY_DAYS)
        _written(athlete, today - timedelta(days=ago), story.exercises, progress, chance)


def _planned(story: Story, athlete: User, coach: User, chance: Random, now: datetime) -> None:
    today = local_day(athlete, now)
    plan = plan_start(
        athlete=athlete,
        plan_id=uuid4(),
        programme=Programme.objects.get(slug=story.plan).id,
        starts_on=monday_of(today) - timedelta(weeks=STARTED_WEEKS),
        weekdays=PLAN_WEEKDAYS,
        weeks=2 * STARTED_WEEKS,
        at=None,
        now=now,
        by=coach,
    )
    due = list(plan.planned.filter(day__lt=today).order_by("index"))
    for row in due[: len(due) - story.missed]:
        workout = _written(athlete, row.day, _asked(row), 1, chance)
        planned_begin(athlete=athlete, planned_id=row.id, workout_id=workout.id)


def _asked(row: PlannedWorkout) -> tuple[Plan, ...]:
    """About what is asked."""
    return tuple(
        Plan(
            item.exercise_id,
            (amount := float(item.reps or item.hold_s or 10), amount),
            (_ROM_DEG.get(item.exercise_id, 90.0),) * 2,
            (2.8, 2.8),
            (item.load_kg, item.load_kg) if item.load_kg else None,
            (0.03, 0.03),
            item.sets,
        )
        for item in row.items.order_by("position")
    )


def _written(
    athlete: User, day: date, exercises: Sequence[Plan], progress: float, chance: Random
) -> WorkoutSession:
    zone = ZoneInfo(athlete.time_zone)
    today = local_day(athlete, timezone.now())
    at = time(0, chance.randrange(5)) if day == today else time(7, chance.randrange(60))
    start = datetime.combine(day, at, zone)
    return workout_written(athlete, start, tuple(exercises), progress, chance, corrected=False)


def _faults(athlete: User, today: date, share: tuple[float, float]) -> None:
    """More and more repetitions of squats without depth."""
    since = today - timedelta(days=FAULTY_DAYS)
    reps = Rep.objects.filter(
        set__workout__athlete=athlete, set__workout__day__gt=since, set__exercise="squat"
    )
    rows = reps.select_related("set__workout").order_by("set__started_at", "index")
    Finding.objects.bulk_create(
        _shallow(rep)
        for rep in rows
        if rep.index % 10
        < 10 * _between(share, 1 - (today - rep.set.workout.day).days / FAULTY_DAYS)
    )


def _shallow(rep: Rep) -> Finding:
    return Finding(
        set=rep.set, rep=rep, fault="depth", joint="knee", phase="bottom", measured=104, limit=95,
        unit=Finding.Unit.DEG, severity=0.5, start_ms=rep.start_ms, end_ms=rep.end_ms,
        model_version=MODEL_VERSION,
    )  # fmt: skip


def _said(story: Story, last: WorkoutSession) -> None:
    """What the athlete says of the last workout: repetitions that were none, and pain."""
    athlete = last.athlete
    if story.pain:
        workout_describe(athlete=athlete, workout_id=last.id, **story.pain)
    made = last.sets.order_by("-index")[0]
    for index in story.refused:
        start_ms = made.reps.get(index=index).start_ms
        correction_put(
            athlete=athlete, author=athlete, set_id=made.id, correction_id=uuid4(),
            kind="not_a_rep", start_ms=start_ms,
        )  # fmt: skip


def _between(ends: tuple[float, float], progress: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * progress
