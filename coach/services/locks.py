"""Rows locked until the transaction ends. Anybody else's row does not exist."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Plan, PlannedWorkout

NO_PLAN: Final = _("There is no such plan of yours.")
NO_PLANNED: Final = _("There is no such planned workout of yours.")


def plan_locked(*, athlete: User, plan_id: UUID) -> Plan:
    """Raises NotFound."""
    plan = Plan.objects.filter(id=plan_id, athlete=athlete).select_for_update().first()
    if plan is None:
        raise NotFound(NO_PLAN)
    return plan


def planned_locked(*, athlete: User, planned_id: UUID) -> PlannedWorkout:
    """A workout that stands in its plan; the plan is locked, since others may move with it.

    Raises NotFound.
    """
    own = PlannedWorkout.objects.standing().filter(id=planned_id, plan__athlete=athlete)
    found = own.first()
    if found is None:
        raise NotFound(NO_PLANNED)
    plan_locked(athlete=athlete, plan_id=found.plan_id)
    locked = own.select_related("plan", "workout").select_for_update(of=("self",)).first()
    if locked is None:  # ended in between
        raise NotFound(NO_PLANNED)
    return locked
