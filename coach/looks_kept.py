"""Looks of coaches are kept for a while: long enough to ask about one, not for good."""

import time
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from coach.models import Access

SLICE_S: Final = 5.0
_AT_ONCE: Final = 5_000  # a page of a roster makes fifty


def remove_old_looks() -> bool:
    """Works for a slice of time; True while there is more to do."""
    until = time.monotonic() + SLICE_S
    since = timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS)
    old = Access.objects.filter(at__lt=since).order_by()
    while ids := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        Access.objects.filter(pk__in=ids).delete()
        if time.monotonic() > until:
            return True
    return False
