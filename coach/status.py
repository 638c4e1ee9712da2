"""Brings the status of one athlete up to date: read, judge, write."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from coach.models import AthleteStatus, CoachLink
from coach.selectors.facts import LOOK_BACK_DAYS, facts_of, planned_around, planned_facts
from coach.triage import reasons
from coach.week import mean_percent, week_of
from sessions.models import WorkoutSet
from sessions.selectors.trends import local_day

AT_ONCE: Final = 1000


def refresh(athlete_id: UUID, now: datetime) -> None:
    """Makes the athlete's row new, whatever stands in it."""
    athlete = User.objects.filter(id=athlete_id, is_active=True).first()
    if athlete is None:
        return
    with transaction.atomic():
        # Cleared before anything is read: what lands in between is due again.
        AthleteStatus.objects.filter(athlete=athlete, due=True).update(due=False)
        AthleteStatus.objects.update_or_create(
            athlete=athlete, defaults={**_columns(athlete, now), "computed_at": now}
        )


def overdue(now: datetime, after: UUID | None = None) -> list[UUID]:
    """Coached athletes whom something has happened to, for whom a new day has begun, or who have
    no status yet: AT_ONCE of those behind `after`, in the order of their ids. A day begins where
    the athlete is: one condition a time zone."""
    links = CoachLink.objects.current(now).values("athlete_id")
    coached = User.objects.filter(id__in=links, is_active=True)
    old = Q(status__isnull=True) | Q(status__due=True)
    for name in coached.order_by().values_list("time_zone", flat=True).distinct():
        today = local_day(User(time_zone=name), now)
        old |= Q(time_zone=name) & ~Q(status__day=today)
    rest = coached if after is None else coached.filter(id__gt=after)
    return list(rest.filter(old).order_by("id").values_list("id", flat=True)[:AT_ONCE])


def _columns(athlete: User, now: datetime) -> dict[str, Any]:
    today = local_day(athlete, now)
    planned = planned_around(athlete=athlete, now=now)
    trained = _trained(athlete, since=today - timedelta(days=LOOK_BACK_DAYS))
    last_day = max(trained, default=None) or _last_day(athlete)
    facts = facts_of(athlete=athlete, now=now, planned=planned, last_day=last_day)
    return {
        "day": today,
        "reasons": [reason.told() for reason in reasons(facts)],
        "week": [day.told() for day in week_of(today, planned_facts(planned), trained)],
        "last_day": last_day,
        "workouts_28d": sum(
            count for day, count in trained.items() if day > today - timedelta(days=LOOK_BACK_DAYS)
        ),
        "percent": mean_percent(facts.planned),
    }


def _trained(athlete: User, since: date) -> Counter[date]:
    """Workouts by day; one without a set does not count."""
    own = WorkoutSet.objects.alive().filter(workout__athlete=athlete, workout__day__gte=since)
    rows = own.order_by().values_list("workout_id", "workout__day").distinct()
    return Counter(day for _, day in rows)


def _last_day(athlete: User) -> date | None:
    own = WorkoutSet.objects.alive().filter(workout__athlete=athlete)
    return own.order_by("-workout__day").values_list("workout__day", flat=True).first()
