"""Sets that nobody finished: a closed page, an empty battery. Their work is not lost."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sessions.models import WorkoutSet
from sessions.models.sets import FINISH_FIELDS

AFTER: Final = timedelta(hours=6)  # longer than any set
_AT_ONCE: Final = 200  # the next sweep goes on


def finish_abandoned() -> list[UUID]:
    """Finishes open sets to which nothing has come for six hours, with the clips they have."""
    silent = WorkoutSet.objects.alive().filter(ended_at=None, changed_at__lt=timezone.now() - AFTER)
    oldest = silent.order_by("changed_at").values_list("id", flat=True)[:_AT_ONCE]
    return [set_id for set_id in oldest if _finish(set_id)]


@transaction.atomic
def _finish(set_id: UUID) -> bool:
    row = WorkoutSet.objects.select_for_update().get(id=set_id)
    if row.ended_at is not None or row.changed_at > timezone.now() - AFTER:
        return False
    last = row.clips.aggregate(index=Max("index"), end_ms=Max("end_ms"))
    row.clip_count = 0 if last["index"] is None else last["index"] + 1
    row.ended_at = row.started_at + timedelta(milliseconds=last["end_ms"] or 0)
    row.abandoned = True
    row.revision += 1
    row.changed_at = timezone.now()
    row.save(update_fields=[*FINISH_FIELDS, "revision", "changed_at"])
    return True
