"""A coach changes the plan of one athlete, and may take each change back."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import Notification, User
from accounts.notifications import Kind as Notice
from accounts.notifications import notify
from coach.models import Plan, PlanChange
from coach.services.locks import plan_locked
from coach.services.plan_edits import EDITS, Edit
from coach.services.plan_rows import difference, open_rows, put_back
from coach.services.plans import plan_start
from coach.services.status import status_due
from sessions.errors import Conflict
from sessions.selectors.trends import local_day
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked

AT_ONCE: Final = timedelta(minutes=10)  # changes that are told as one
PAGE: Final = "/plan"
NO_CHANGE: Final = _("There is no such change.")
Kind = PlanChange.Kind


@transaction.atomic
def plan_assign(*, coach: User, athlete: User, plan_id: UUID, **given: Any) -> None:
    """Starts a plan for the athlete, as `plan_start` does, and tells them once."""
    athlete_locked(athlete)
    is_new = not Plan.objects.filter(id=plan_id).exists()
    plan = plan_start(athlete=athlete, plan_id=plan_id, by=coach, **given)
    if is_new:
        data = {"title": plan.title, "slug": plan.slug or None}
        notify(user=athlete, kind=Notice.PLAN_ASSIGNED, data=data, url=_page(plan.id), by=coach)


@transaction.atomic
def plan_change(
    *,
    coach: User,
    athlete: User,
    change_id: UUID,
    plan_id: UUID,
    kind: str,
    given: Mapping[str, Any],
    now: datetime,
) -> PlanChange:
    """Makes the change of that kind; may be sent again, also after it was taken back.

    given: what the edit needs, see `coach.services.plan_edits`.
    Raises NotFound, ValidationError that names the field, Conflict for what has begun or ended,
    and for other values under a known id.
    """
    plan = plan_locked(athlete=athlete, plan_id=plan_id)
    said = json.loads(json.dumps(given, cls=DjangoJSONEncoder))
    change = PlanChange(id=change_id, plan=plan, author=coach, kind=kind, given=said, at=now)
    if (stored := insert_or_stored(change)) is not None:
        return _same(stored, change)
    if plan.ended_at is not None:
        raise Conflict(_("This plan has ended."))
    was = open_rows(plan)
    edit = Edit(coach, plan, given, local_day(athlete, now), now)
    change.told = EDITS[Kind(kind)](edit)
    change.rows = difference(was, open_rows(plan))
    change.save(update_fields=["told", "rows"])
    if change.rows or change.kind == Kind.END:
        _tell(plan, athlete, by=coach, now=now)
    status_due(athlete.pk)
    return change


@transaction.atomic
def plan_change_undo(*, coach: User, athlete: User, change_id: UUID, now: datetime) -> None:
    """Takes it back, once for all.

    Raises NotFound, Conflict where something of it has begun or has changed since.
    """
    change = PlanChange.objects.filter(id=change_id, plan__athlete=athlete).first()
    if change is None:
        raise NotFound(NO_CHANGE)
    plan = plan_locked(athlete=athlete, plan_id=change.plan_id)
    change.refresh_from_db()
    if change.undone_at is not None:
        return
    if change.kind == Kind.END and plan.ended_at == change.at:
        plan.ended_at = plan.ended_on = None
        plan.save(update_fields=["ended_at", "ended_on"])
    elif plan.ended_at is not None:
        raise Conflict(_("This plan has ended."))
    put_back(plan, change.rows, now=now)
    change.undone_at = now
    change.save(update_fields=["undone_at"])
    status_due(athlete.pk)
    if change.author_id != coach.pk:
        _tell(plan, athlete, by=coach, now=now)


def _tell(plan: Plan, athlete: User, *, by: User, now: datetime) -> None:
    """Several changes within some minutes are told once, unless the first was read already."""
    url = _page(plan.id)
    waiting = Notification.objects.filter(
        user=athlete,
        kind__in=(Notice.PLAN_CHANGED, Notice.PLAN_ASSIGNED),
        url=url,
        read_at=None,
        created_at__gt=now - AT_ONCE,
    )
    if not waiting.exists():
        data = {"title": plan.title, "slug": plan.slug or None}
        notify(user=athlete, kind=Notice.PLAN_CHANGED, data=data, url=url, by=by)


def _page(plan_id: UUID) -> str:
    return f"{PAGE}?of={plan_id}"


def _same(stored: PlanChange, asked: PlanChange) -> PlanChange:
    if stored.plan_id != asked.plan_id:
        raise NotFound(NO_CHANGE)
    if (stored.kind, stored.given) != (asked.kind, asked.given):
        raise Conflict(_("This change was made with other values."))
    return stored
