"""Work that an admin sends on its way once more. Nothing is done twice: tasks ask what is left."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from sessions.models import WorkoutSet
from sessions.models.sets import GIVE_UP_AFTER
from sessions.services.queue import enqueue_analysis

_AT_ONCE = 1000  # the sweep finds what is left over


def given_up() -> QuerySet[WorkoutSet]:
    """Sets whose analysis has failed too often to be tried by itself."""
    return WorkoutSet.objects.alive().filter(
        failures__gte=GIVE_UP_AFTER, analyzed_revision__lt=F("revision")
    )


def set_again(set_id: UUID) -> None:
    """Raises ValidationError for a set that does not wait."""
    if not _again(
        WorkoutSet.objects.alive().filter(pk=set_id, analyzed_revision__lt=F("revision"))
    ):
        raise ValidationError("This set is analysed already.")


def sets_again() -> int:
    """All that were given up, and how many they are."""
    return _again(given_up())


@transaction.atomic
def _again(chosen: QuerySet[WorkoutSet]) -> int:
    ids = list(chosen.values_list("pk", flat=True))
    WorkoutSet.objects.filter(pk__in=ids).update(failures=0, changed_at=timezone.now())
    enqueue_analysis(*ids[:_AT_ONCE])
    return len(ids)
