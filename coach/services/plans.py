"""Writes about plans as a whole: starting one, ending it, taking that back."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Plan, PlannedItem, PlannedWorkout, Programme
from coach.models.prescriptions import FIGURES
from coach.schedule import days_of, laid_out
from coach.selectors.programmes import programme_get
from coach.services.content import check_trainable
from coach.services.locks import NO_PLAN, plan_locked
from coach.services.sharing import exercises_share_asked
from coach.services.status import status_due
from sessions.errors import Conflict
from sessions.selectors.trends import local_day
from sessions.services.checks import check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked

FURTHEST: Final = timedelta(days=366)
MOST_PLANS: Final = 20  # of one athlete at a time


@transaction.atomic
def plan_start(
    *,
    athlete: User,
    plan_id: UUID,
    programme: UUID,
    starts_on: date,
    weekdays: Sequence[int],
    weeks: int,
    at: time | None,
    now: datetime,
    by: User | None = None,
) -> Plan:
    """A plan for the athlete, with the programme's workouts on the days; see `laid_out`.

    by: the coach who gives it, and whose programmes may be chosen; None: the athlete's own doing.
    May be called again with the same values. Raises ValidationError that names the field,
    NotFound for an id that is not the athlete's, Conflict for other values or too many plans.
    """
    athlete_locked(athlete)
    plan = Plan(
        id=plan_id,
        athlete=athlete,
        assigned_by=by,
        programme_id=programme,
        starts_on=starts_on,
        weekdays=sorted(set(weekdays)),
        weeks=weeks,
        at=at,
    )
    if (stored := Plan.objects.filter(id=plan_id).first()) is not None:
        return _same(stored, plan)
    source = _programme(by or athlete, programme)
    used = [item.exercise_id for day in source.days.all() for item in day.items.all()]
    if by is not None:
        exercises_share_asked(coach=by, athlete=athlete, slugs=used)
        check_trainable("programme", used, athlete)
    plan.slug, plan.title = source.slug or "", source.title
    _check_room(athlete, starts_on, local_day(athlete, now), by)
    plan.full_clean(exclude=("athlete", "programme"), validate_unique=False)
    if (stored := insert_or_stored(plan)) is not None:
        return _same(stored, plan)
    _lay_out(plan, source)
    status_due(athlete.pk)
    return plan


def _programme(actor: User, programme_id: UUID) -> Programme:
    try:
        return programme_get(actor=actor, programme_id=programme_id)
    except NotFound as error:
        raise ValidationError({"programme": _("There is no such programme.")}) from error


def _check_room(athlete: User, starts_on: date, today: date, by: User | None) -> None:
    if abs(starts_on - today) > FURTHEST:
        raise ValidationError({"starts_on": _("Choose a day within a year from today.")})
    under_way = Plan.objects.filter(athlete=athlete, ended_on=None, planned__day__gte=today)
    if under_way.distinct().count() >= MOST_PLANS:
        told = (
            _("You have %(n)d plans under way. End one of them first.")
            if by is None
            else _("This athlete has %(n)d plans under way. End one of them first.")
        )
        raise Conflict(told % {"n": MOST_PLANS})


def _same(stored: Plan, asked: Plan) -> Plan:
    if stored.athlete_id != asked.athlete_id:
        raise NotFound(NO_PLAN)
    fields = ("programme_id", "assigned_by_id", "starts_on", "weekdays", "weeks", "at")
    if any(getattr(stored, field) != getattr(asked, field) for field in fields):
        raise Conflict(_("This plan was started with other values."))
    return stored


def _lay_out(plan: Plan, programme: Programme) -> None:
    days = list(programme.days.all())
    if not days:
        raise ValidationError({"programme": _("This programme has no days yet.")})
    a_week = len(plan.weekdays)
    places = laid_out(
        [day.week for day in days],
        cycle_weeks=programme.cycle_weeks,
        a_week=a_week,
        weeks=plan.weeks,
    )
    if not places:
        raise ValidationError({"weeks": _("Nothing is asked for in the first of these weeks.")})
    dates = days_of(plan.starts_on, plan.weekdays, plan.weeks * a_week)
    planned = [
        PlannedWorkout(plan=plan, index=index, day=dates[place], title=days[day].title)
        for index, (place, day) in enumerate(places)
    ]
    PlannedWorkout.objects.bulk_create(planned)
    PlannedItem.objects.bulk_create(
        PlannedItem(planned=row, **{field: getattr(item, field) for field in FIGURES})
        for row, (_place, day) in zip(planned, places, strict=True)
        for item in days[day].items.all()
    )


@transaction.atomic
def plan_end(*, athlete: User, plan_id: UUID, now: datetime) -> None:
    """From today on nothing of it is planned; what was done stays. Raises NotFound."""
    plan = plan_locked(athlete=athlete, plan_id=plan_id)
    if plan.ended_at is None:
        plan.ended_at, plan.ended_on = now, local_day(athlete, now)
        plan.save(update_fields=["ended_at", "ended_on"])
        status_due(athlete.pk)


@transaction.atomic
def plan_restore(*, athlete: User, plan_id: UUID) -> Plan:
    """Raises NotFound, ValidationError when it is too late."""
    plan = plan_locked(athlete=athlete, plan_id=plan_id)
    if plan.ended_at is not None:
        check_undo(plan.ended_at)
        plan.ended_at = plan.ended_on = None
        plan.save(update_fields=["ended_at", "ended_on"])
        status_due(athlete.pk)
    return plan
