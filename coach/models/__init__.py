"""Tables of the coaching room. Rows know their limits and their state, nothing else."""

from coach.models.feeds import CalendarFeed
from coach.models.links import CoachLink, Scope, validate_scopes
from coach.models.plans import Plan, PlannedItem, PlannedWorkout
from coach.models.programmes import Prescription, Programme, ProgrammeDay, Rule

__all__ = [
    "CalendarFeed",
    "CoachLink",
    "Plan",
    "PlannedItem",
    "PlannedWorkout",
    "Prescription",
    "Programme",
    "ProgrammeDay",
    "Rule",
    "Scope",
    "validate_scopes",
]
