import uuid

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """The address under which an athlete's planned workouts can be read without a sign-in.

    Renewing makes a new row: the old address leads nowhere from then on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    athlete = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"calendar of {self.athlete}"
