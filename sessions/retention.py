"""Keypoints older than their athlete wants them kept are removed; what was counted stays.

Who has withdrawn the consent to storing them wants none kept, those of an own exercise included:
what was made of these stays, and changing it takes another recording.

Sets alone know that they had some: `frames_removed_at`.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.utils import timezone

from accounts.consents.selectors import withdrawal
from accounts.models import Consent, User
from sessions.models import Clip, OwnExercise, WorkoutSet
from sessions.models.sets import HAS_KEYPOINTS

MOVEMENT: Final = Consent.Document.MOVEMENT
SLICE_S: Final = 5.0
ALL: Final = -1  # days to keep: also what a clock that is ahead calls tomorrow
_AT_ONCE: Final = 200  # sets


def remove_old_keypoints(first: UUID | None = None) -> UUID | None:
    """Works for a slice of time on this athlete and those after, in the order of their ids.

    Answers with whom the next slice begins, None when nobody is left. A slice is as long however
    many have been looked through before it.
    """
    until = time.monotonic() + SLICE_S
    for number, (athlete_id, days) in enumerate(_who_want_some_gone(first)):
        if number and time.monotonic() > until:
            return athlete_id
        if days == ALL:
            _remove_references(athlete_id)
        while ids := list(_old_sets(athlete_id, days).values_list("pk", flat=True)[:_AT_ONCE]):
            _remove(ids)
            if time.monotonic() > until:
                return athlete_id
    return None


def _who_want_some_gone(first: UUID | None) -> Iterator[tuple[UUID, int]]:
    """Ids from the first on, and for how many days keypoints are kept."""
    wants_none = When(withdrawal(MOVEMENT, of="pk"), then=ALL)
    days = Case(wants_none, default=F("keypoints_days"), output_field=IntegerField())
    rest = User.objects.all() if first is None else User.objects.filter(pk__gte=first)
    rows = rest.annotate(days=days).filter(days__isnull=False).order_by("pk")
    return rows.values_list("pk", "days").iterator(chunk_size=_AT_ONCE)


def _remove_references(author_id: UUID) -> None:
    OwnExercise.objects.filter(author=author_id).exclude(reference=b"").update(reference=b"")


def _old_sets(athlete_id: UUID, days: int) -> QuerySet[WorkoutSet]:
    """Finished and analysed: a count that is not made yet needs its keypoints."""
    since = timezone.now() - timedelta(days=days)
    return WorkoutSet.objects.filter(
        HAS_KEYPOINTS,
        workout__athlete=athlete_id,
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
