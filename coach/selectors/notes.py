from django.db.models import QuerySet

from accounts.models import User
from coach.models import CoachNote


def notes_of(*, coach: User, athlete: User) -> QuerySet[CoachNote]:
    """What the coach has written down about the athlete, newest first. Nobody else reads it."""
    return CoachNote.objects.alive().filter(coach=coach, athlete=athlete)
