"""What coaches have changed in the plans of an athlete."""

from typing import Final

from django.db.models import QuerySet

from accounts.models import User
from coach.models import PlanChange

NEWEST: Final = 50


def plan_changes_of(*, actor: User) -> QuerySet[PlanChange]:
    """Of the actor's plans, newest first; what was taken back is among them."""
    found = PlanChange.objects.filter(plan__athlete=actor)
    return found.select_related("plan", "author")[:NEWEST]
