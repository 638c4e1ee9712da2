"""What coaches have changed in the plans of an athlete."""

from typing import Final

from django.db.models import Q, QuerySet

from accounts.models import User
from coach.models import PlanChange

NEWEST: Final = 50


def plan_changes_of(*, actor: User) -> QuerySet[PlanChange]:
    """Of the actor's plans, newest first; what was taken back is among them.

    Without those that changed nothing, as an edit that left all as it was.
    """
    some = Q(kind=PlanChange.Kind.END) | ~Q(rows={})
    found = PlanChange.objects.filter(some, plan__athlete=actor)
    return found.select_related("plan", "author")[:NEWEST]
