"""What coaches have looked at, for the athlete to read."""

from django.conf import settings
from django.db import models


class Access(models.Model):
    """One look of one coach. target: the workout, set, plan or thread that was seen, if one was."""

    class What(models.TextChoices):
        ROSTER = "roster", "The list of athletes"
        OVERVIEW = "overview", "The athlete's page"
        TRENDS = "trends", "Trends, records and calendar"
        WORKOUT = "workout", "A workout"
        SET = "set", "A set"
        REPLAY = "replay", "The skeleton of a set"
        LIVE = "live", "A set as it happened"
        PLAN = "plan", "A plan"
        REPORT = "report", "A report"

    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accesses"
    )
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    target = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "accesses"
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("athlete", "-at", "-id"), name="access_of_athlete"),
            models.Index(fields=("-at", "-id"), name="access_newest"),
        )

    def __str__(self) -> str:
        return f"{self.coach} saw {self.what} of {self.athlete}"
