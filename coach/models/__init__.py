"""Tables of the coaching room. Rows know their limits and their state, nothing else."""

from coach.models.access import Access
from coach.models.changes import PlanChange
from coach.models.feeds import CalendarFeed
from coach.models.invitations import Invitation
from coach.models.links import CoachLink, Scope, validate_scopes
from coach.models.plans import Plan, PlannedItem, PlannedWorkout
from coach.models.programmes import Prescription, Programme, ProgrammeDay, Rule
from coach.models.roster import AthleteGroup, AthleteStatus, CoachNote
from coach.models.threads import Message, Thread

__all__ = [
    "Access",
    "AthleteGroup",
    "AthleteStatus",
    "CalendarFeed",
    "CoachLink",
    "CoachNote",
    "Invitation",
    "Message",
    "Plan",
    "PlanChange",
    "PlannedItem",
    "PlannedWorkout",
    "Prescription",
    "Programme",
    "ProgrammeDay",
    "Rule",
    "Scope",
    "Thread",
    "validate_scopes",
]
