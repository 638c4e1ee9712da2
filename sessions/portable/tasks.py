"""Doors from the queue. As in `sessions.tasks`, each may run twice, at once, or too late."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from sessions.models import Import, ImportPart
from sessions.models.imports import BUSY
from sessions.portable.run import advance

SILENT_FOR: Final = timedelta(minutes=1)
KEPT_FOR: Final = timedelta(days=1)  # a file that nobody asked to be read


@shared_task
def advance_import(import_id: str) -> None:
    """A slice of an import; calls itself until it is done, so that other work gets its turn."""
    if advance(UUID(import_id)):
        advance_import.delay(import_id)


@shared_task
def sweep_imports() -> None:
    """Called at start and every minute: goes on with imports that a crash has left."""
    _forget_old_files()
    since = timezone.now() - SILENT_FOR
    under_way = Import.objects.filter(state__in=BUSY, changed_at__lt=since)
    for import_id in under_way.values_list("id", flat=True):
        advance_import.delay(str(import_id))


def _forget_old_files() -> None:
    """Files that were sent and never read, and what is left of those that were."""
    old = Import.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    old.filter(state__in=(Import.State.RECEIVING, Import.State.CHECKED)).delete()
    ImportPart.objects.filter(source__in=old.exclude(state__in=BUSY)).delete()
