"""What ends by itself: links whose time is over, invitations that nobody needs to remember."""

from datetime import datetime

from django.db import transaction

from coach.channel import revoked
from coach.models import CoachLink, Invitation
from coach.selectors.invitations import SHOWN_FOR


@transaction.atomic
def links_run_out(now: datetime) -> int:
    """Marks them as ended, so that open pages of their coaches hear of it. Answers how many.

    Nothing waits for this: `CoachLink.objects.current` knows the time.
    """
    over = CoachLink.objects.filter(ends_at__lte=now, ended_at=None).select_for_update()
    for link in (links := list(over)):
        link.ended_at = link.ends_at
        link.save(update_fields=["ended_at"])
        revoked(coach_id=link.coach_id, athlete_id=link.athlete_id)
    return len(links)


@transaction.atomic
def invitations_forget(now: datetime) -> int:
    """Deletes what is long over, with the addresses in it. Answers how many."""
    gone, _ = Invitation.objects.filter(created_at__lte=now - SHOWN_FOR).delete()
    return gone
