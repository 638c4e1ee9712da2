"""Keypoints older than their athlete wants them kept are removed; what was counted stays.

Who has withdrawn the consent to storing them wants none kept.

Sets alone know that they had some: `frames_removed_at`.
"""

import time
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.consents.selectors import has_withdrawn, withdrawn_from
from accounts.models import Consent, User
from sessions.models import Clip, WorkoutSet
from sessions.models.sets import HAS_KEYPOINTS

MOVEMENT: Final = Consent.Document.MOVEMENT
SLICE_S: Final = 5.0
_AT_ONCE: Final = 200  # sets


def remove_old_keypoints(first: UUID | None = None) -> UUID | None:
    """Works for a slice of time on this athlete and those after, in the order of their ids.

    Answers with whom the next slice begins, None when nobody is left. A slice is as long however
    many have been looked through before it.
    """
    until = time.monotonic() + SLICE_S
    wanted = Q(keypoints_days__isnull=False) | Q(pk__in=withdrawn_from(MOVEMENT).values("pk"))
    athletes = User.objects.filter(wanted).order_by("pk")
    if first is not None:
        athletes = athletes.filter(pk__gte=first)
    for number, athlete in enumerate(athletes.iterator(chunk_size=_AT_ONCE)):
        if number and time.monotonic() > until:
            return athlete.pk
        while ids := list(_old_sets(athlete).values_list("pk", flat=True)[:_AT_ONCE]):
            _remove(ids)
            if time.monotonic() > until:
                return athlete.pk
    return None


def _old_sets(athlete: User) -> QuerySet[WorkoutSet]:
    """Finished and analysed: a count that is not made yet needs its keypoints."""
    days = 0 if has_withdrawn(athlete, MOVEMENT) else athlete.keypoints_days or 0
    since = timezone.now() - timedelta(days=days)
    return WorkoutSet.objects.filter(
        HAS_KEYPOINTS,
        workout__athlete=athlete,
        started_at__lt=since,
        ended_at__isnull=False,
        analyzed_revision=F("revision"),
    ).order_by()


@transaction.atomic
def _remove(ids: list[UUID]) -> None:
    locked = WorkoutSet.objects.select_for_update().filter(pk__in=ids)
    unchanged = [row.pk for row in locked if row.analyzed_revision == row.revision]
    Clip.objects.filter(set__in=unchanged).delete()
    WorkoutSet.objects.filter(pk__in=unchanged).update(frames_removed_at=timezone.now())
